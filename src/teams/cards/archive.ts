import type { z } from 'zod';
import type { archivePart } from './shapes.ts';
import { numberWords, plural, sizeWords } from './words.ts';

/** A part of an archive as a row with a download button. */
export function partRow(part: z.output<typeof archivePart>, total: number) {
  return {
    label: total === 1 ? 'Archive' : `Part ${part.part} of ${total}`,
    size: sizeWords(part.sizeBytes),
    url: part.url,
    shortSum: `${part.sha256.slice(0, 12)}…`,
    sum: part.sha256,
  };
}

/** "1 zip file, 42 MB". */
export function archiveWords(parts: number, sizeBytes: number): string {
  return `${plural(parts, 'zip file')}, ${sizeWords(sizeBytes)}`;
}

/** What is said for parts that did not fit onto the card. */
export function morePartsWords(missing: number): string {
  return `${numberWords(missing)} more ${missing === 1 ? 'part is' : 'parts are'} ready, but not shown here. Ask your administrator for them.`;
}
