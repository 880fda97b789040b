import type { AssetMention } from '../domain/asset-mentions.ts';
import { foldName } from '../domain/name-folding.ts';
import type { ConversationContext, Turn } from './conversation.ts';
import type { Reading, Slots } from './intents.ts';
import { type FurtherLimits, narrower } from './narrower.ts';
import { normalise } from './normalise.ts';
import { peopleAt } from './several-owners.ts';
import { tokenise } from './utterance.ts';

/** Longer messages are commands of their own. */
const mostCharacters = 120;

const lead =
  '(?:(?:ok|okay|no|nope|nah|well|so|and|then|now|please|pls|actually|oh|sorry|wait|rather|but|make it|make that|limit (?:it|that|this) to|[,.!–-])\\s{0,2}){0,6}';
const only = '(?:only|just|solely)';
const out =
  '(?:without|except(?: for)?|excluding|not|leave out|leaving out|skip|(?:everything|all|anything) (?:but|except))';
const said = new RegExp(`^\\W{0,2}(?<what>${lead}(?:(?<only>${only})|(?<out>${out}))\\s(?<rest>\\S.{0,80}))$`, 'iu');

const polite = '\\s{0,2}(?:please|pls|then|thanks|too|either|as well|of (?:them|those|these)|[.!,]|\\s){0,4}$';
const files = new RegExp(
  `^(?:the |all |those |my ){0,2}\\.?(?<ending>csv|tsv|txt|zip|arff|xlsx|json|parquet)(?:s| files?| ones| datasets?)${polite}`,
  'iu',
);
const named = new RegExp(
  `^(?:the |all |those |ones |datasets |experiments |models |files ){0,3}(?:with|containing) ["“'‘]?(?<text>[\\p{L}\\p{N}_.-]{2,40})["”'’]? in (?:the|their) names?${polite}`,
  'iu',
);

/**
 * A message that narrows the command before it, whose preview waits: "only the csvs", "without Megan's", "not mine",
 * "just those with churn in the name". The command is made anew with the narrower selection; where that cannot be said
 * as one, the words are named and nothing is done. Null when the message is none of these. Pure; linear in the text.
 */
export function narrowedIn(text: string, context: ConversationContext | undefined): Reading | null {
  const last = openCommand(context);
  if (last === null || text.length > mostCharacters) return null;
  const { only: isOnly, rest = '', what = '' } = said.exec(text.trim())?.groups ?? {};
  if (rest === '') return null;
  const ending = files.exec(rest)?.groups?.ending;
  const part = named.exec(rest)?.groups?.text;
  const people = ending === undefined && part === undefined ? peopleIn(rest) : null;
  if (ending === undefined && part === undefined && people === null) return null;
  const slots =
    people !== null
      ? ofPeople(last.referent, people, isOnly !== undefined)
      : ofNames(last.referent, ending === undefined ? { part } : { ending }, isOnly !== undefined);
  if (slots === null)
    return { intent: 'none', slots: {}, confidence: 0.5, why: 'no narrower command', lost: what.trim() };
  const intent = last.intent === 'export.workspace' ? 'export.assets' : last.intent;
  return { intent, slots, confidence: 0.8, why: 'narrows the command before', corrects: true };
}

/** The newest command, when no list came after it. */
function openCommand(context: ConversationContext | undefined): (Turn & { readonly referent: Slots }) | null {
  const [last] = context?.turns ?? [];
  if (last === undefined || last.repeats === true || (context?.listed?.at ?? 0) > last.at) return null;
  if (last.intent === 'export.workspace') return { ...last, referent: { ...last.referent, all: true } };
  return last.intent === 'delete.assets' || last.intent === 'export.assets' ? last : null;
}

/** The people behind the cue, when nothing else stands there. */
function peopleIn(rest: string): readonly string[] | null {
  const utterance = tokenise(normalise(rest).text);
  const words = utterance.tokens.map(({ lower, quotation }) => (quotation === 0 ? lower : '"'));
  const start = words.findIndex((word) => !['the', 'those', 'ones', 'by', 'of', 'from', 'what', 'made'].includes(word));
  const found = peopleAt(words, utterance, Math.max(0, start));
  const isEnd = found !== null && words.slice(found.to).every((word) => behind.has(word));
  return isEnd && found.people.length > 0 ? found.people : null;
}

const behind = new Set(['please', 'pls', 'then', 'thanks', 'too', 'either', '.', '!', ',', 'made', 'ones']);

/** By whose things they are; null for named things, of which that is not known here, and for a second owner. */
function ofPeople(referent: Slots, people: readonly string[], isOnly: boolean): Slots | null {
  if (referent.all !== true) return null;
  if (!isOnly) return narrower(referent, { exceptOwner: people });
  const [owner, ...others] = people;
  return owner === undefined || others.length > 0 ? null : narrower(referent, { owner });
}

interface NamePart {
  readonly ending?: string;
  readonly part?: string | undefined;
}

/** By a part of the name: a filter of a selection; of named things those that have it, which is known. */
function ofNames(referent: Slots, { ending, part = '' }: NamePart, isOnly: boolean): Slots | null {
  const { assets } = referent;
  if (assets === undefined) {
    const filter = ending === undefined ? part : `.${ending.toLowerCase()}`;
    const further: FurtherLimits = { ...(ending === undefined ? {} : { kind: 'dataset' as const }), filter };
    return isOnly ? narrower(referent, further) : null;
  }
  const has = ({ name }: AssetMention) =>
    ending === undefined
      ? foldName(name).includes(foldName(part))
      : foldName(name).endsWith(`.${ending.toLowerCase()}`);
  const kept = assets.filter((asset) => has(asset) === isOnly).map(({ joinedBy: _joint, ...mention }) => mention);
  return kept.length === 0 || kept.length === assets.length ? null : { ...referent, assets: kept };
}
