import type { AssetKind } from '../domain/assets.ts';
import { assetKinds } from '../domain/assets.ts';
import type { Slots } from './intents.ts';
import type { Span } from './learned/tags.ts';
import { type FoundLimits, limitsIn } from './selection-limits.ts';
import type { Utterance } from './utterance.ts';

const between = new Set(
  ', and & + or plus und oder et ou y o e en of i oraz lub as well the all my our every any both also die alle meine les mes los las i le gli de'.split(
    ' ',
  ),
);

/** The token of the second kind, and the kinds. */
interface Conjoined {
  readonly second: number;
  readonly kinds: ReadonlySet<AssetKind>;
}

/**
 * "All experiments and notebooks", "datasets, models and experiments": the kinds that a selection names beside each
 * other; null for one kind. Kinds that are left out are none. Pure; linear in the number of tokens.
 */
function conjoinedKinds(
  { kinds, tokens }: Utterance,
  spans: readonly Span[],
  { covered }: Pick<FoundLimits, 'covered'>,
): Conjoined | null {
  const isFree = ({ start, plural, kind }: Utterance['kinds'][number]) =>
    plural &&
    kind !== 'workspace' &&
    kind !== 'asset' &&
    tokens[start]?.quotation === 0 &&
    !covered.has(start) &&
    !spans.some((span) => span.label !== 'kind' && start >= span.start && start < span.end);
  const free = kinds.filter(isFree);
  for (const [index, first] of free.entries()) {
    const chain = [first];
    for (const next of free.slice(index + 1)) {
      const from = chain.at(-1)?.end ?? 0;
      const words = tokens.slice(from, next.start).map(({ lower }) => lower);
      if (words.length === 0 || !words.every((word) => between.has(word))) break;
      chain.push(next);
    }
    const found = new Set(chain.map(({ kind }) => kind as AssetKind));
    const second = chain[1]?.start;
    if (second !== undefined && found.size > 1 && [...found].every((kind) => assetKinds.includes(kind)))
      return { second, kinds: found };
  }
  return null;
}

/** Several kinds as a selection holds them: all but the others. Null for one kind, or where kinds are left out. */
export function severalKinds(utterance: Utterance, spans: readonly Span[]): Pick<Slots, 'exceptKinds'> | null {
  const found = limitsIn(utterance, spans);
  if (found.limits.exceptKinds !== undefined) return null;
  const conjoined = conjoinedKinds(utterance, spans, found);
  return conjoined === null ? null : { exceptKinds: assetKinds.filter((kind) => !conjoined.kinds.has(kind)) };
}

/**
 * Where a second kind stands that a selection does not hold, or whose limits could be those of the first alone: "the
 * failed experiments and the models"; null when there is none.
 */
export function lostKind(slots: Slots, utterance: Utterance, spans: readonly Span[]): number | null {
  const found = limitsIn(utterance, spans);
  const conjoined = found.limits.exceptKinds === undefined ? conjoinedKinds(utterance, spans, found) : null;
  if (conjoined === null) return null;
  const held = assetKinds.filter((kind) => !(slots.exceptKinds ?? []).includes(kind));
  const isHeld =
    slots.kind === undefined && held.length === conjoined.kinds.size && held.every((kind) => conjoined.kinds.has(kind));
  const isLimited = found.limits.pick !== undefined || found.limits.status !== undefined;
  return isHeld && !isLimited ? null : conjoined.second;
}
