import { assetKinds } from '../domain/assets.ts';
import { holdWords } from './hold-phrases.ts';
import { type IntentName, isDestructive, type Reading } from './intents.ts';
import { liftPhrases, listPhrases, nameEnds, noThings, placePhrases } from './lexicon/hold-words.ts';
import { normalise } from './normalise.ts';
import { type Capture, matchPhrase, type Phrase, phrase } from './phrase-pattern.ts';
import { tokensOf, withoutCourtesies } from './phrase-tokens.ts';
import { tokenise } from './utterance.ts';

const compiled = (sources: readonly string[]): readonly Phrase[] => sources.map(phrase);
const places = compiled(placePhrases);
const lifts = compiled(liftPhrases);
const lists = compiled(listPhrases);

/** A longer text says more than one command. */
const longestText = 400;

/** What begins as a name does, or with a word for a kind: “put a hold on the front page” says no legal hold. */
const thingAt: Capture = (tokens, from) =>
  namesThing(tokens, from)
    ? Array.from({ length: tokens.length - from }, (_, index) => tokens.length - from - index)
    : [];

/** The same, and nothing but a name. */
const nameAt: Capture = (tokens, from) => {
  if (!namesThing(tokens, from)) return [];
  const end = tokens.findIndex(
    (token, at) => at > from && (nameEnds.has(token.toLowerCase()) || /^[.?]$/u.test(token)),
  );
  const most = Math.min(longestName, (end < 0 ? tokens.length : end) - from);
  return Array.from({ length: most }, (_, index) => most - index);
};

function namesThing(tokens: readonly string[], from: number): boolean {
  const start = articles.has(tokens[from]?.toLowerCase() ?? '') ? from + 1 : from;
  const first = tokens[start] ?? '';
  if (first === '' || noThings.has(first.toLowerCase()) || /^(?:dsr-?\d|i['’])/iu.test(first)) return false;
  const { kinds } = tokenise(tokens.slice(start, start + 5).join(' '));
  const isKind = kinds.some(({ kind }) => kind === 'workspace' || assetKinds.some((each) => each === kind));
  return isKind || (start === from && /^\p{Lu}|[\d._@-]/u.test(first));
}

/** Another command in the same message, which is not dropped. */
const otherCommands = /^(?:delet|eras|export|wipe|download)/iu;

const articles = new Set(['the', 'my', 'our', 'this', 'a']);
const longestName = 8;

/** Words behind the hold: the matter, the reason, the end. */
const moreAt: Capture = (tokens, from) => (from < tokens.length ? [tokens.length - from] : []);
const numberAt: Capture = (tokens, from) => (/^#?\d{1,9}$/u.test(tokens[from] ?? '') ? [1] : []);
const captures = { T: thingAt, S: nameAt, M: moreAt, N: numberAt };

/**
 * Reads a command or a question about legal holds that one of the known phrases begins or is, apart from courtesies; null
 * for every other message. Placing and lifting always show a card first. Pure.
 */
export function holdReading(text: string): Reading | null {
  const { plain, tooLong } = normalise(text);
  if (tooLong || plain.length > longestText || !/\bh(?:old|eld)|\bfreeze|\bpreserve/iu.test(plain)) return null;
  const said = withoutCourtesies(tokensOf(plain));
  if (said === null || said.tokens.slice(0, -1).some((token) => token === '?')) return null;
  const { tokens, isAsked, isPolite } = said;
  const isCommand = !isAsked || isPolite;
  if (tokens.some((token) => otherCommands.test(token))) return null;
  const matches = (phrases: readonly Phrase[]) => phrases.some((each) => matchPhrase(each, tokens, captures) !== null);
  if (isCommand && matches(lifts)) return reading('hold.lift', text);
  if (isCommand && matches(places)) return reading('hold.place', text);
  return matches(lists) ? reading('hold.list', text) : null;
}

/** The slots are for the log and for whoever reads along: whoever answers reads the text again. */
function reading(intent: Extract<IntentName, `hold.${string}`>, text: string): Reading {
  const { hold, workspace, subject, assets, reason } = holdWords(text, {}, '2000-01-01');
  const slots = {
    ...(hold === undefined ? {} : { request: String(hold) }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(subject === undefined ? {} : { subject }),
    ...(assets === undefined ? {} : { assets }),
    ...(reason === undefined ? {} : { reason }),
  };
  return { intent, slots, confidence: 1, why: 'a phrase about legal holds' };
}

const endsHold = new RegExp(
  [
    '\\b(?:off|from|under|lift\\w*|releas\\w*|remov\\w*|end\\w*|cancel\\w*|take|come)\\b[^.;!?]{0,40}\\b(?:legal |litigation )?(?:hold|freeze)\\b(?![-_.]\\w)',
    '\\b(?:retenci[oó]n|conservation légale|gel juridique|aufbewahrungssperre|legal hold)\\b',
  ].join('|'),
  'iu',
);

/** “Dataset Oaths is to come off hold” deletes nothing: what would be read as a deletion is offered as the end of a hold. */
export function withMeantHold(reading: Reading, text: string): Reading {
  const { offers = [] } = reading;
  const deletes = isDestructive(reading.intent) || offers.some(({ intent }) => isDestructive(intent));
  if (!deletes || text.length > longestText || !endsHold.test(text.replace(/["“][^"”]{0,200}["”]/gu, ' ')))
    return reading;
  const offer = { intent: 'hold.lift', slots: {}, confidence: 0.5 } as const;
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'about a hold, and no deletion', offers: [offer] };
}
