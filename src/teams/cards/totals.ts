import { z } from 'zod';
import type { KindTotal } from '../../domain/request.ts';
import { kindWords } from '../../sources/registry.ts';
import { count } from './shapes.ts';
import { capitalised, countWords, kindWord, numberWords, sizeWords } from './words.ts';

/** Rows of the table "kind, number, size", with a sum when there is more than one kind. */
export function totalRows(totals: readonly KindTotal[]): {
  hasTotals: boolean;
  totals: { kind: string; count: string; size: string }[];
  hasSum: boolean;
  sumCount: string;
  sumSize: string;
} {
  const sum = sumTotals(totals);
  return {
    hasTotals: totals.length > 0,
    totals: totals.map((total) => ({
      kind: capitalised(kindWord(total.kind, total.count)),
      count: numberWords(total.count),
      size: totalSize(total),
    })),
    hasSum: totals.length > 1,
    sumCount: numberWords(sum.count),
    sumSize: totalSize(sum),
  };
}

/** All kinds together; `words` as in "13 assets, 46 MB". */
export function sumTotals(
  totals: readonly KindTotal[],
): Omit<KindTotal, 'kind' | 'used'> & { words: string; size: string } {
  const sum = {
    count: totals.reduce((count, total) => count + total.count, 0),
    sizeBytes: totals.reduce((bytes, total) => bytes + total.sizeBytes, 0),
    sizeIncomplete: totals.some((total) => total.sizeIncomplete),
  };
  const [only, ...others] = totals;
  const counted = countWords(sum.count, only !== undefined && others.length === 0 ? only.kind : null);
  const size = totalSize(sum);
  return { ...sum, size, words: sum.sizeIncomplete && sum.sizeBytes === 0 ? counted : `${counted}, ${size}` };
}

/** Known sizes together, in bytes, and whether the size of some is not known. */
export const sizeSum = z.strictObject({ sizeBytes: count, sizeIncomplete: z.boolean() });

/** "Together 46 MB. "; empty when no size is known. */
export function togetherWords(size: z.output<typeof sizeSum>): string {
  return size.sizeBytes === 0 ? '' : `Together ${totalSize(size)}. `;
}

/** "46 MB", "over 46 MB", "unknown". */
export function totalSize({ sizeBytes, sizeIncomplete }: Pick<KindTotal, 'sizeBytes' | 'sizeIncomplete'>): string {
  if (!sizeIncomplete) return sizeWords(sizeBytes);
  return sizeBytes === 0 ? 'unknown' : `over ${sizeWords(sizeBytes)}`;
}

/** Warnings about changes to some of these kinds that the check before the deletion cannot detect. */
export function unseenWords(totals: readonly KindTotal[]): readonly string[] {
  return totals.flatMap(({ kind }) => kindWords[kind].unreportedEdits ?? []);
}

/** What the archive cannot hold of these kinds, one sentence each. */
export function notInArchives(totals: readonly Pick<KindTotal, 'kind'>[]): readonly string[] {
  return totals.flatMap(({ kind }) => kindWords[kind].notInArchives ?? []);
}
