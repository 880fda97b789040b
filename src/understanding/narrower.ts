import { type AssetMention, bothExcepted, type SizeRange } from '../domain/asset-mentions.ts';
import { foldName } from '../domain/name-folding.ts';
import type { DateRange, Slots } from './intents.ts';

/** What can be said of a selection beside what it has. */
export type FurtherLimits = Pick<
  Slots,
  | 'kind'
  | 'filter'
  | 'dates'
  | 'size'
  | 'pick'
  | 'unused'
  | 'owner'
  | 'exceptOwner'
  | 'status'
  | 'exceptKinds'
  | 'except'
>;

/**
 * The selection that holds what both allow: ranges are intersected, exceptions are united, and any other limit is added
 * where the selection has none. Null where that is no selection: two owners, two parts of a name, or a further limit on
 * a number of the biggest, which would let others take their place. Pure.
 */
export function narrower(selection: Slots, further: FurtherLimits): Slots | null {
  const { dates, size, exceptOwner, exceptKinds = [], except = [], ...others } = further;
  if (selection.pick !== undefined && selection.pick.rest !== true && Object.keys(further).length > 0) return null;
  for (const [slot, limit] of Object.entries(others)) {
    const own = selection[slot as keyof Slots];
    if (own !== undefined && JSON.stringify(own) !== JSON.stringify(limit)) return null;
  }
  const kinds = [...new Set([...(selection.exceptKinds ?? []), ...exceptKinds])];
  const names = bothNamed(selection.except ?? [], except);
  return {
    ...selection,
    ...others,
    ...(dates === undefined ? {} : { dates: bothDates(selection.dates, dates) }),
    ...(size === undefined ? {} : { size: bothSizes(selection.size, size) }),
    ...bothExcepted(selection.exceptOwner, exceptOwner),
    ...(kinds.length === 0 ? {} : { exceptKinds: kinds }),
    ...(names.length === 0 ? {} : { except: names }),
  };
}

function bothNamed(first: readonly AssetMention[], second: readonly AssetMention[]): readonly AssetMention[] {
  const known = new Set(first.map(({ name }) => foldName(name)));
  return [...first, ...second.filter(({ name }) => !known.has(foldName(name)))];
}

function bothDates(first: DateRange = {}, second: DateRange): DateRange {
  // ISO dates compare as texts.
  const after = [first.after, second.after]
    .filter((day) => day !== undefined)
    .sort()
    .at(-1);
  const before = [first.before, second.before].filter((day) => day !== undefined).sort()[0];
  return { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
}

function bothSizes(first: SizeRange = {}, second: SizeRange): SizeRange {
  const over = Math.max(first.over ?? 0, second.over ?? 0);
  const under = Math.min(first.under ?? Number.POSITIVE_INFINITY, second.under ?? Number.POSITIVE_INFINITY);
  return { ...(over === 0 ? {} : { over }), ...(under === Number.POSITIVE_INFINITY ? {} : { under }) };
}
