import type { AssetMention } from '../domain/asset-mentions.ts';
import type { Offer, Reading, Slots } from './intents.ts';
import { type NameIndex, ofAsset, ofWorkspace } from './learned/name-index.ts';
import { actOf } from './lexicon/acts.ts';
import { StemIndex } from './name-stems.ts';
import { normalise } from './normalise.ts';
import { textOf, tokenise, type Utterance } from './utterance.ts';

/** Longer messages, in tokens, do more than name objects with one verb. */
const mostTokens = 24;
/** The most buttons of one question. */
const mostOffered = 3;

/**
 * "Delete churn and the old survey results", where there are churn.csv and “survey results 2019.csv”: a command of one
 * verb and a list of names, of which some are said without their endings or by their first words only. What they may
 * mean is asked about by whole names and never acted on, also where only a part of them was offered. A part that names
 * nothing is told. Any other reading, and one that does something, stays as it is. Pure; linear in the number of tokens.
 */
export function withProposedNames(reading: Reading, text: string, names: NameIndex | undefined): Reading {
  const { intent, offers, incomplete, laterKind, whoseWorkspace } = reading;
  const isRead = intent !== 'none' || [incomplete, laterKind, whoseWorkspace].some((each) => each !== undefined);
  if (isRead || !(names instanceof StemIndex)) return reading;
  const utterance = tokenise(normalise(text).text);
  const command = utterance.tokens.length > mostTokens ? null : commandIn(utterance, names);
  if (command === null) return reading;
  const { act, objects, workspace } = command;
  const found = objects.map((object) => ({ ...object, names: namesOf(object, names) }));
  if (found.every(({ isWhole, names }) => isWhole || names.length === 0)) return reading;
  const unknown = found.find((object) => object.names.length === 0);
  const why = 'names without their endings';
  const nothing = { intent: 'none', slots: {}, confidence: 0.5, why } as const;
  if (unknown !== undefined && offers !== undefined) return reading;
  if (unknown !== undefined) return { ...nothing, lost: unknown.said };
  const possible = found.reduce<AssetMention[][]>(
    (sofar, { kind, names }) =>
      sofar
        .flatMap((some) => names.map((name) => [...some, kind === undefined ? { name } : { kind, name }]))
        .slice(0, mostOffered + 1),
    [[]],
  );
  const several = found.find((object) => object.names.length > 1);
  if (possible.length > mostOffered) return { ...nothing, lost: several?.said ?? text.trim() };
  const place = workspace === null ? {} : { workspace };
  return {
    ...nothing,
    offers: possible.map(
      (assets): Offer => ({ intent: `${act}.assets`, slots: { assets, ...place }, confidence: 0.5 }),
    ),
  };
}

interface Named {
  readonly said: string;
  readonly kind: Exclude<Slots['kind'], undefined> | undefined;
  /** True for a name as it exists. */
  readonly isWhole: boolean;
}

interface NamingCommand {
  readonly act: 'delete' | 'export';
  readonly objects: readonly Named[];
  readonly workspace: string | null;
}

function namesOf({ said, isWhole }: Named, names: StemIndex): readonly string[] {
  return isWhole ? [said] : names.meantBy(said);
}

const polite = new Set(
  'please pls can could you would just now then also ok okay hi hey steward i want need to like , lets let us'.split(
    ' ',
  ),
);
const behind = new Set(['please', 'pls', 'thanks', 'thx', 'now', 'too', '.', '!', ',']);
const joints = new Set([',', 'and', '&', '+', 'plus']);
const before = new Set(['the', 'my', 'our', 'that', 'this', 'those', 'old', 'outdated', 'obsolete']);
const ofPlace = new Set(['in', 'from', 'inside']);

/** One verb, a list of objects and perhaps a workspace, and nothing else; null for anything more. */
function commandIn(utterance: Utterance, names: StemIndex): NamingCommand | null {
  const { tokens } = utterance;
  const words = tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : '"'));
  let at = 0;
  while (polite.has(words[at] ?? '')) at += 1;
  const isRid = words[at] === 'get' && words[at + 1] === 'rid';
  const act = isRid ? 'delete' : words[at] === 'get' ? null : actOf(words[at] ?? '');
  if (act !== 'delete' && act !== 'export') return null;
  at += isRid ? 2 : 1;
  while (['up', 'of'].includes(words[at] ?? '')) at += 1;
  let end = words.length;
  while (end > at && behind.has(words[end - 1] ?? '')) end -= 1;
  const where = placeAt(utterance, names, at, end);
  const objects: Named[] = [];
  for (let from = at; from < (where?.start ?? end); ) {
    let to = from;
    while (to < (where?.start ?? end) && !(joints.has(words[to] ?? '') && !isInside(utterance, names, from, to)))
      to += 1;
    if (to > from) {
      const object = objectIn(utterance, names, from, to);
      if (object === null) return null;
      objects.push(object);
    }
    from = to + 1;
  }
  return objects.length === 0 ? null : { act, objects, workspace: where?.name ?? null };
}

/** The known workspace behind "in" at the end of the message. */
function placeAt(utterance: Utterance, names: StemIndex, from: number, end: number) {
  const { tokens } = utterance;
  for (let start = from + 1; start < end; start += 1) {
    if (!ofPlace.has(tokens[start]?.lower ?? '')) continue;
    const name = textOf(utterance, start + 1, end);
    if ((names.named(name) & ofWorkspace) !== 0) return { name, start };
  }
  return null;
}

/** A joint inside of a name that exists whole: "R and D.csv". */
function isInside(utterance: Utterance, names: StemIndex, from: number, at: number): boolean {
  return names
    .in(utterance)
    .some((ends, start) => start >= from && start < at && [...ends.keys()].some((end) => end > at));
}

/** "The old survey results", "dataset churn", "the churn dataset". */
function objectIn(utterance: Utterance, names: StemIndex, start: number, end: number): Named | null {
  const { tokens, kinds } = utterance;
  let [from, to] = [start, end];
  const whole = () => (names.named(textOf(utterance, from, to)) & ofAsset) !== 0;
  let kind: Named['kind'];
  const takeKind = (found: Utterance['kinds'][number] | undefined) => {
    if (found === undefined || found.kind === 'workspace') return false;
    if (found.kind !== 'asset') kind = found.kind as Named['kind'];
    return true;
  };
  while (from < to && !whole() && before.has(tokens[from]?.lower ?? '')) from += 1;
  const head = kinds.find((each) => each.start === from && each.end < to);
  if (!whole() && takeKind(head)) from = head?.end ?? from;
  const tail = kinds.find((each) => each.end === to && each.start > from);
  if (!whole() && names.meantBy(textOf(utterance, from, to)).length === 0 && takeKind(tail)) to = tail?.start ?? to;
  if (from >= to) return null;
  return { said: textOf(utterance, from, to), kind, isWhole: whole() };
}
