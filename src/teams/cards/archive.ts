import { z } from 'zod';
import { type Pages, pageOf, requestPageTurner } from './pages.ts';
import { archivePart, count, moment } from './shapes.ts';
import { momentWords, plural, sizeWords } from './words.ts';

/** The archive from the export before a deletion; without parts where others can see the card. */
export const archiveShape = z
  .strictObject({
    parts: pageOf(archivePart),
    /** Bytes of all parts on all pages. */
    sizeBytes: count,
    linkExpiresAt: moment.nullable(),
    /** True once it has been removed from storage. */
    removed: z.boolean().default(false),
    /** Links from before work no longer, which was checked; null when none were revoked. */
    linksRevokedAt: moment.nullable().default(null),
  })
  .nullable();

type Archive = z.output<typeof archiveShape>;

/** A part of an archive as a row with a download button. */
export function partRow(part: z.output<typeof archivePart>, total: number) {
  return {
    label: total === 1 ? 'Archive' : `Part ${part.part} of ${total}`,
    detail:
      part.url === null
        ? '  It is no longer in storage. Ask for a new export.'
        : `  ${sizeWords(part.sizeBytes)} · SHA-256 ${part.sha256.slice(0, 12)}…`,
    button: total === 1 ? 'Download' : `Download part ${part.part}`,
    url: part.url ?? '',
    hasUrl: part.url !== null,
  };
}

/** "1 zip file, 42 MB". */
export function archiveWords(parts: number, sizeBytes: number): string {
  return `${plural(parts, 'zip file')}, ${sizeWords(sizeBytes)}`;
}

/** The full checksums of all parts as one text, one paragraph per part. */
export function sumsWords(parts: readonly z.output<typeof archivePart>[]): string {
  return parts.map(({ part, sha256 }) => `Part ${part}: ${sha256}`).join('\n\n');
}

/** What is true of old links once they are revoked. */
export function revokedWords(at: Date): string {
  return `Links that were handed out before ${momentWords(at)} no longer work: I deleted what they opened, and checked that it is gone.`;
}

/** Which page of an archive's parts is shown. */
export function archivePages(archive: Archive): Pages {
  return archive === null ? {} : { parts: archive.parts.page };
}

/**
 * The archive from the export before a deletion, as rows with download buttons. `shown` is the current page of each
 * list on the card.
 */
export function archiveView(archive: Archive, request: string, shown: Pages) {
  const parts = archive?.parts ?? { rows: [], page: 0, total: 0 };
  const hasLinks = parts.rows.length > 0;
  const links = parts.total === 1 ? 'The link works' : 'The links work';
  const until = archive?.linkExpiresAt ? ` ${links} until ${momentWords(archive.linkExpiresAt)}.` : '';
  return {
    hasArchive: archive !== null,
    archiveTitle: hasLinks ? `Exported first: ${archiveWords(parts.total, archive?.sizeBytes ?? 0)}` : 'Exported first',
    parts: parts.rows.map((part) => partRow(part, parts.total)),
    partsTurn: hasLinks ? requestPageTurner('parts', parts, shown) : [],
    archiveNote: hasLinks
      ? `${until} ${archive?.linksRevokedAt ? revokedWords(archive.linksRevokedAt) : ''}`.trim()
      : archive?.removed
        ? 'The archive has been removed from storage.'
        : `The download link goes to the requester’s personal chat. For a new link, the requester writes “new link for ${request}”.`,
  };
}
