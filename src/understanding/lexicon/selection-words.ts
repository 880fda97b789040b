import type { PickOrder } from '../../domain/asset-mentions.ts';
import type { AssetStatus } from '../../domain/assets.ts';

// Words that limit a selection, for `selection-limits.ts`.

export const superlatives: ReadonlyMap<string, PickOrder> = new Map(
  Object.entries({
    oldest: `oldest|earliest|eldest|least recent|very first|älteste|ältesten|ältestes|ältester|plus ancien|plus ancienne|plus anciens|plus anciennes|plus
      vieux|más antiguo|más antigua|más antiguos|más antiguas|più vecchio|più vecchia|oudste|najstarszy|najstarsze`,
    newest: `newest|latest|youngest|most recent|freshest|neueste|neuesten|neuestes|neuester|plus récent|plus récente|plus récents|plus récentes|más
      reciente|más recientes|más nuevo|más nueva|più recente|più nuovo|nieuwste|najnowszy|najnowsze`,
    biggest: `biggest|largest|heaviest|hugest|bulkiest|bigest|most room|most space|most storage|größte|größten|größtes|größter|grösste|grössten|plus
      gros|plus grosse|plus grand|plus grande|más grande|más grandes|más pesado|più grande|più grandi|grootste|największy|największe`,
    smallest: `smallest|tiniest|lightest|kleinste|kleinsten|kleinstes|plus petit|plus petite|más pequeño|más pequeña|più piccolo|najmniejszy`,
  }).flatMap(([by, words]) =>
    words.split('|').map((word) => [word.replaceAll(/\s+/gu, ' '), by as PickOrder] as const),
  ),
);

/** "Top 5 by size": the order that a column gives. */
export const orderedBy: ReadonlyMap<string, PickOrder> = new Map([
  ['size', 'biggest'],
  ['date', 'newest'],
  ['age', 'oldest'],
]);

export const numberWords: ReadonlyMap<string, number> = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

export const unusedWords: ReadonlyMap<string, true> = new Map(
  `unused orphaned orphan unreferenced ungenutzte ungenutzten unbenutzte unbenutzten inutilisés inutilisées inutilizzati ongebruikte
  nieużywane`
    .split(/\s+/u)
    .map((word) => [word, true] as const),
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
    failed: `failed|errored|failing|fehlgeschlagene|fehlgeschlagenen|fehlgeschlagen|gescheiterte|gescheiterten|échoués|échouées|échoué|échouée|fallidos|
      fallido|fallidas|falliti|mislukte|nieudane`,
    draft: 'draft|drafts|drafted',
    finished: 'finished|completed|succeeded|successful',
    running: 'running',
    cancelled: 'cancelled|canceled|aborted',
  }).flatMap(([status, list]) => list.split('|').map((word) => [word.trim(), status as AssetStatus] as const)),
);

/** What stands in front of a size that limits. */
export const sizeBounds: ReadonlyMap<string, 'over' | 'under'> = new Map(
  Object.entries({
    over: `over|above|exceeding|beyond|>|> =|>=|more than|bigger than|larger than|greater than|heavier than|at least|not less than|no less than|bigger then|larger
      then|more then|minimum|über|mehr als|größer als|grösser als|mindestens|plus de|de plus de|au moins|más de|mayores de|de más de|al menos`,
    under: `under|below|<|< =|<=|less than|smaller than|lighter than|at most|up to|no more than|not more than|smaller then|less then|maximum|unter|weniger
      als|kleiner als|höchstens|bis zu|moins de|de moins de|au plus|menos de|menores de|de menos de`,
  }).flatMap(([bound, list]) =>
    list.split('|').map((phrase) => [phrase.replaceAll(/\s+/gu, ' '), bound as 'over' | 'under'] as const),
  ),
);

/** Bytes of a unit, in steps of 1,024 as cards show sizes. */
export const sizeUnits: ReadonlyMap<string, number> = new Map(
  [
    'b|byte|bytes|octets',
    'kb|kib|kilobyte|kilobytes|ko|k',
    'mb|mib|megabyte|megabytes|meg|megs|mo',
    'gb|gib|gigabyte|gigabytes|gig|gigs|go',
    'tb|tib|terabyte|terabytes|to',
  ].flatMap((list, step) => list.split('|').map((unit) => [unit, 1024 ** step] as const)),
);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
