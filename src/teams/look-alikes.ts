import unhomoglyph from 'unhomoglyph';
import type { Asset } from '../domain/assets.ts';
import { foldName } from '../domain/name-folding.ts';
import { visible } from './cards/literal.ts';

/** How many characters of an id are shown; enough to distinguish two within a workspace. */
const shownOfId = 8;

/**
 * The skeleton of a name (Unicode Technical Standard 39, section 4): without case, blanks and combining differences,
 * with each letter replaced by the one it can be confused with. Two names with the same skeleton may look the same.
 */
function skeleton(name: string): string {
  return foldName(unhomoglyph(foldName(name).normalize('NFD')).normalize('NFD'));
}

/** True for a word with letters that look like Latin ones, alone or mixed with Latin letters. */
function passesForLatin(word: string): boolean {
  const letters = [...word];
  const foreign = letters.filter((letter) => letter > '\x7f' && /^[\x21-\x7e]+$/u.test(unhomoglyph(letter)));
  return foreign.length > 0 && letters.every((letter) => letter <= '\x7f' || foreign.includes(letter));
}

/** True for a name that can be confused with another spelling: with invisible characters, or letters that look like Latin ones. */
function canMislead(name: string): boolean {
  if (/^[\x20-\x7e]*$/u.test(name)) return name !== name.trim() || name.includes('  ');
  if (visible(name) !== name || name.normalize('NFC') !== name) return true;
  return name.split(/[^\p{L}\p{N}]/u).some(passesForLatin);
}

/**
 * The assets of a list with ambiguous names, each with the end of its id: those that look like another one in the list,
 * and those whose name could be confused with one that is not in it.
 */
export function distinguishingIds(assets: readonly Asset[]): ReadonlyMap<Asset, string> {
  const alike = Map.groupBy(assets, ({ kind, name }) => `${kind} ${skeleton(name)}`);
  const ambiguous = [...alike.values()].flatMap((group) =>
    group.length > 1 ? group : group.filter(({ name }) => canMislead(name)),
  );
  return new Map(ambiguous.map((asset) => [asset, visible(asset.familyId).slice(-shownOfId)]));
}
