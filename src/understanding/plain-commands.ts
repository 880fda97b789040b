import type { Reading } from './intents.ts';
import { type NameIndex, ofAsset, ofWorkspace } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import { StemIndex } from './name-stems.ts';
import { type NamedPlace, namedPlaces } from './named-places.ts';
import { textOf, type Utterance } from './utterance.ts';
import { deletionSigns } from './vetoes.ts';

/** Words that belong to a plain command on things with known names, and change nothing. */
const fillers = new Set(
  `please pls plz can could you would just now then also and the my our both too from in of workspace ok okay steward hi hey thanks thx for me them all
  only just older newer oldest newest smaller bigger larger smallest biggest largest one two of cool fine right alright so first
  dataset datasets experiment experiments model models notebook notebooks file files & + i want need`.split(/\s+/u),
);

/** Longer messages say more than a verb and names. */
const mostTokens = 24;

/**
 * "Remove Churn predictor 2018 and Old churn attempt": one verb and existing names, with nothing else but words that
 * change nothing. Null for anything more, and for a question. Pure.
 */
export function plainCommand(utterance: Utterance, names: NameIndex): Reading | null {
  const { tokens } = utterance;
  if (tokens.length > mostTokens || tokens.at(-1)?.lower === '?') return null;
  const full = namedPlaces(utterance, names, []).filter(({ name }) => (names.named(name) & ofAsset) !== 0);
  const places = [...full, ...stemsBeside(utterance, names, full)].sort((a, b) => a.start - b.start);
  const where = workspaceIn(utterance, names, places);
  if (places.length === 0 || where === undefined) return null;
  const isNamed = (at: number) =>
    [...places, ...(where === null ? [] : [where])].some(({ start, end }) => at >= start && at < end);
  const outside = tokens.filter((_, at) => !isNamed(at));
  const acts = new Set(outside.flatMap(({ lower }) => actOf(lower) ?? []));
  const [act, ...others] = acts;
  if ((act !== 'delete' && act !== 'export') || others.length > 0) return null;
  const isKnown = outside.every(({ lower, type }) => type !== 'word' || fillers.has(lower) || actOf(lower) === act);
  if (!isKnown || (act === 'delete' && isVetoed(utterance))) return null;
  const assets = places.map(({ name, start }) => {
    const kind = utterance.kinds.find(
      (each) => each.end === start && each.kind !== 'workspace' && each.kind !== 'asset',
    );
    return kind === undefined ? { name } : { kind: kind.kind, name };
  });
  const place = where === null ? {} : { workspace: textOf(utterance, where.start, where.end) };
  const slots = { assets, ...place } as Reading['slots'];
  return { intent: `${act}.assets`, slots, confidence: 0.8, why: 'a verb and existing names' };
}

/** Names of several words without their file endings: “transactions 2018”. One plain word may be anything. */
function stemsBeside(utterance: Utterance, names: NameIndex, full: readonly NamedPlace[]): readonly NamedPlace[] {
  const found = names instanceof StemIndex ? names.stemsIn(utterance) : [];
  const isFree = ({ start, end }: NamedPlace) => !full.some((place) => place.start < end && place.end > start);
  return found.filter((place) => place.end - place.start > 1 && isFree(place));
}

/** A dataset may be called “do not”; words of a name that are no asset, as in “survey results”, veto nothing. */
function isVetoed(utterance: Utterance): boolean {
  return deletionSigns(utterance, []).vetoes.some(({ reason }) => reason !== noAsset);
}

/** The reason of the table for words such as "results". */
const noAsset = 'a part of something, or no asset';

/** The one workspace that is named; null for none, undefined for several. */
function workspaceIn(
  utterance: Utterance,
  names: NameIndex,
  assets: readonly { readonly start: number; readonly end: number }[],
): { readonly start: number; readonly end: number } | null | undefined {
  const found = names
    .in(utterance)
    .flatMap((ends, start) => [...ends].flatMap(([end, named]) => (named === ofWorkspace ? [{ start, end }] : [])));
  const free = found.filter(({ start, end }) => !assets.some((asset) => asset.start < end && asset.end > start));
  const widest = free.filter(
    (one) => !free.some((other) => other !== one && other.start <= one.start && other.end >= one.end),
  );
  return widest.length > 1 ? undefined : (widest[0] ?? null);
}
