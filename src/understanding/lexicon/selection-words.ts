import type { PickOrder } from '../../domain/asset-mentions.ts';
import type { AssetStatus } from '../../domain/assets.ts';

// Words that limit a selection, for `selection-limits.ts`.

export const superlatives: ReadonlyMap<string, PickOrder> = new Map(
  Object.entries({
    oldest: 'oldest|earliest|eldest|least recent',
    newest: 'newest|latest|youngest|most recent|freshest',
    biggest: 'biggest|largest|heaviest|hugest|bulkiest|bigest|bigget',
    smallest: 'smallest|tiniest|lightest',
  }).flatMap(([by, words]) => words.split('|').map((word) => [word, by as PickOrder] as const)),
);

export const numberWords: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

export const unusedWords: ReadonlyMap<string, true> = new Map(
  'unused orphaned orphan unreferenced'.split(' ').map((word) => [word, true] as const),
);
export const nobodyWords = words('nobody nothing noone none');
export const useVerbs = words('uses use using used useing references depends depend relies points point');
/** "Made by Megan": participles before "by". */
export const makerVerbs = words('made created uploaded owned built trained written authored added');
/** "That I made": verbs behind their subject. */
export const ownVerbs = words(
  'made created uploaded own owns built trained wrote authored added put started ran owned published registered',
);

export const statusWords: ReadonlyMap<string, AssetStatus> = new Map(
  Object.entries({
    failed: 'failed|errored|failing',
    draft: 'draft|drafts|drafted',
    finished: 'finished|completed|succeeded|successful',
    running: 'running',
    cancelled: 'cancelled|canceled|aborted',
  }).flatMap(([status, list]) => list.split('|').map((word) => [word, status as AssetStatus] as const)),
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
