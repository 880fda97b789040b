import type { AssetKind } from '../domain/assets.ts';
import { kinds } from '../sources/registry.ts';

/** Owner of files in an archive: an asset of some kind, or the workspace itself. */
export type OwnerKind = AssetKind | 'workspace';

/** The folder of each kind inside an archive. */
export const kindFolders: Readonly<Record<OwnerKind, string>> = {
  workspace: 'workspace',
  ...(Object.fromEntries(kinds.map(({ id, folder }) => [id, folder])) as Record<AssetKind, string>),
};

/**
 * The longest file name, in bytes of UTF-8. File systems allow 255; staying below leaves room, under Windows'
 * 260 characters for a whole path, for the folder that somebody extracts into.
 */
const maxNameBytes = 200;
/** A longer "extension" counts as part of the name. */
const maxExtensionBytes = 24;

// Windows forbids these in names; the slashes separate folders elsewhere, too.
const forbidden = /[<>:"/\\|?*]/gu;
// Control characters, and invisible ones or ones that change the direction: they can make a name look like another.
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
// Device names that Windows reserves in every folder, whatever extension follows.
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/iu;

/**
 * A file name that Windows, macOS and Linux all accept, as close as possible to the name a person gave:
 * unicode is kept (composed, NFC), what some system forbids becomes `_`, and a long name loses its middle rather
 * than its extension.
 */
export function safeName(name: string): string {
  const cleaned = tidy(name.toWellFormed().normalize('NFC').replace(invisible, '').replace(forbidden, '_'));
  const { stem, extension } = split(cleaned === '' ? 'unnamed' : cleaned);
  return compose(stem, '', extension);
}

/** Gives every file of one folder its own name. */
export interface FolderNames {
  /** A safe name that no other file of this folder has, on any system; remembers it as taken. */
  take(name: string): string;
  /** Marks a name of an earlier run as taken. */
  recall(name: string): void;
}

/**
 * Names for one folder. Two names count as the same when they differ only in case or in Unicode normalization, since
 * Windows and macOS then keep only one of the files. Deterministic: the same sequence of calls gives the same names,
 * and a run that recalls an interrupted run's names continues with the names that that run would have given.
 */
export function createFolderNames(): FolderNames {
  const taken = new Set<string>();
  const lastNumber = new Map<string, number>();
  return {
    take(name) {
      const safe = safeName(name);
      let candidate = safe;
      if (taken.has(collisionKey(safe))) {
        const { stem, extension } = split(safe);
        let number = lastNumber.get(collisionKey(safe)) ?? 1;
        do {
          number += 1;
          candidate = compose(stem, ` (${number})`, extension);
        } while (taken.has(collisionKey(candidate)));
        lastNumber.set(collisionKey(safe), number);
      }
      taken.add(collisionKey(candidate));
      return candidate;
    },
    recall: (name) => {
      taken.add(collisionKey(name));
    },
  };
}

/** The paths used in a whole archive, over all its parts, so that these can be unpacked into one folder. */
export interface ArchivePaths {
  /** A path for a file of an asset of this kind, or of the workspace. */
  take(kind: OwnerKind, fileName: string): string;
  /** Marks a path of an earlier run as taken. */
  recall(path: string): void;
}

export function createArchivePaths(): ArchivePaths {
  const folders = new Map<string, FolderNames>();
  const namesIn = (folder: string) => {
    const names = folders.get(folder) ?? createFolderNames();
    folders.set(folder, names);
    return names;
  };
  return {
    take: (kind, fileName) => `${kindFolders[kind]}/${namesIn(kindFolders[kind]).take(fileName)}`,
    recall(path) {
      const slash = path.indexOf('/');
      namesIn(path.slice(0, slash)).recall(path.slice(slash + 1));
    },
  };
}

function collisionKey(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Windows drops dots and spaces at the end of a name; spaces in front are only confusing. */
function tidy(name: string): string {
  return name.replace(/^\p{Zs}+/u, '').replace(/(?<![\p{Zs}.])[\p{Zs}.]+$/u, '');
}

function split(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  const keep = extension !== '' && Buffer.byteLength(extension) <= maxExtensionBytes;
  return keep ? { stem: name.slice(0, dot), extension } : { stem: name, extension: '' };
}

/** Joins a name within the length limit, and avoids device names. */
function compose(stem: string, suffix: string, extension: string): string {
  const room = maxNameBytes - Buffer.byteLength(suffix) - Buffer.byteLength(extension);
  const short = Buffer.byteLength(stem) <= room ? stem : tidy(cut(stem, room)) || '_';
  // Windows looks at everything before the first dot.
  const beforeDot = /^[^.]*/u.exec(short)?.[0]?.trimEnd() ?? '';
  const guarded = reserved.test(beforeDot) ? `_${cut(short, room - 1)}` : short;
  return `${guarded}${suffix}${extension}`;
}

/** The longest prefix of a text that fits into `bytes` without splitting a character. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let size = 0;
  let end = 0;
  for (const { segment, index } of segments.segment(text)) {
    size += Buffer.byteLength(segment);
    if (size > bytes) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
