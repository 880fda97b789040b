import { z } from 'zod';
import { archivePart, moment } from './shapes.ts';
import { momentWords, numberWords, plural, sizeWords } from './words.ts';

/** An archive that was made before a deletion; without parts where others can see the card. */
export const archiveShape = z
  .strictObject({ parts: z.array(archivePart).readonly(), linkExpiresAt: moment.nullable() })
  .nullable();

/** A part of an archive as a row with a download button. */
export function partRow(part: z.output<typeof archivePart>, total: number) {
  return {
    label: total === 1 ? 'Archive' : `Part ${part.part} of ${total}`,
    detail: `  ${sizeWords(part.sizeBytes)} · SHA-256 ${part.sha256.slice(0, 12)}…`,
    button: total === 1 ? 'Download' : `Download part ${part.part}`,
    url: part.url,
  };
}

/** "1 zip file, 42 MB". */
export function archiveWords(parts: number, sizeBytes: number): string {
  return `${plural(parts, 'zip file')}, ${sizeWords(sizeBytes)}`;
}

/** What is said for parts that did not fit onto the card. */
export function morePartsWords(missing: number): string {
  return `${numberWords(missing)} more ${missing === 1 ? 'part is' : 'parts are'} ready, but their links do not fit on this card.`;
}

/** The full checksums of all parts as one text: a paragraph each. */
export function sumsWords(parts: readonly z.output<typeof archivePart>[]): string {
  return parts.map(({ part, sha256 }) => `Part ${part}: ${sha256}`).join('\n\n');
}

/** The archive that was made before a deletion, as rows with download buttons. */
export function archiveView(archive: z.output<typeof archiveShape>, request: string, rows: number) {
  const parts = archive?.parts ?? [];
  const shown = parts.slice(0, rows);
  const sizeBytes = parts.reduce((bytes, part) => bytes + part.sizeBytes, 0);
  const links = parts.length === 1 ? 'The link works' : 'The links work';
  const until = archive?.linkExpiresAt ? ` ${links} until ${momentWords(archive.linkExpiresAt)}.` : '';
  return {
    hasArchive: archive !== null,
    archiveTitle: parts.length === 0 ? 'Exported before' : `Exported before: ${archiveWords(parts.length, sizeBytes)}`,
    parts: shown.map((part) => partRow(part, parts.length)),
    archiveNote:
      parts.length === 0
        ? `The requester gets the archive’s link in a personal chat, and a new one by “new link for ${request}”.`
        : shown.length < parts.length
          ? `${morePartsWords(parts.length - shown.length)}${until}`
          : until.trim(),
  };
}
