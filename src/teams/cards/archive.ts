import type { z } from 'zod';
import type { archivePart } from './shapes.ts';
import { numberWords, plural, sizeWords } from './words.ts';

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
