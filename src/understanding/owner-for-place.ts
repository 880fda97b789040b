import type { Reading, Slots } from './intents.ts';
import { type NameIndex, ofWorkspace } from './learned/name-index.ts';

/** Words that end or make up names of workspaces rather than of people. */
const noPerson =
  /\b(?:labs?|team|project|research|analytics|data|group|ml|ai|sandbox|test|demo|prod|dev|workspace|detection|scoring|platform|pilot|studio|sales|finance|marketing|churn|fraud|models?)\b/iu;
const personName = /^\p{Lu}[\p{L}'’.-]{1,30}(?: \p{Lu}[\p{L}'’.-]{0,30}){1,2}$/u;
const ofAssets: ReadonlySet<string> = new Set(['list.assets', 'export.assets', 'delete.assets', 'schedule.create']);

/**
 * "Delete every dataset of Megan Bowen in Churn Lab", "show me the datasets of Megan Bowen": a name that is no workspace
 * and stands where an owner stands is the owner. Of two places of which one is none that the person sees, what is not
 * the owner is not dropped either: nothing is read then. Pure; linear in the text.
 */
export function withOwnerForPlace(reading: Reading, text: string, names: NameIndex | undefined): Reading {
  const { workspace, workspaces = workspace === undefined ? [] : [workspace], owner, ...others } = reading.slots;
  if (!ofAssets.has(reading.intent) || names === undefined || owner !== undefined) return reading;
  if (workspaces.length === 0 || workspaces.length > 2) return reading;
  const isSeen = (name: string) => (names.named(name) & ofWorkspace) !== 0;
  const [person, ...unseen] = workspaces.filter((name) => !isSeen(name));
  if (person === undefined || unseen.length > 0) return reading;
  const place = workspaces.find(isSeen);
  const isOwner = new RegExp(
    `\\b(?:from|by|of|are|is) (?:the )?${RegExp.escape(person)}(?:['’]s)?(?![\\p{L}\\p{N}])`,
    'iu',
  ).test(text);
  const isSaidSo = new RegExp(`\\b(?:by|owner) ${RegExp.escape(person)}(?![\\p{L}\\p{N}])`, 'iu').test(text);
  const looksSo = isSaidSo || place !== undefined || (personName.test(person) && !noPerson.test(person));
  if (isOwner && looksSo) {
    const { workspaceLonger: _longer, ...rest } = others;
    return {
      ...reading,
      slots: { ...rest, ...(place === undefined ? {} : { workspace: place }), owner: person } as Slots,
    };
  }
  return place === undefined
    ? reading
    : { intent: 'none', slots: {}, confidence: 0.5, why: 'a place that is none', lost: person };
}
