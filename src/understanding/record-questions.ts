import type { DateRange } from './intents.ts';
import {
  acting,
  deciding,
  decisionNouns,
  fileWords,
  noPeople,
  recordNouns,
  refusing,
  whoWords,
  whyWords,
} from './lexicon/record-question-words.ts';
import { normalise } from './normalise.ts';
import { pastDays } from './record-days.ts';
import { tokenise } from './utterance.ts';

/** What of the record a message asks for. */
type RecordQuestionKind = 'who-approved' | 'why-refused' | 'who-did' | 'decisions' | 'all' | 'export';

/** A question about the record. */
export interface RecordQuestion {
  readonly question: RecordQuestionKind;
  /** Whose decisions or actions: `me`, or a name or address as typed. */
  readonly owner?: string;
  /** Days, in UTC. */
  readonly dates?: DateRange;
  /** The format of a file. */
  readonly format?: 'csv' | 'json';
}

/** Longer questions are pasted texts. */
const longest = 600;

const of = (...sources: readonly string[]) => new RegExp(`(?:${sources.join('|')})`, 'u');
const [who, why, decides, refuses, acts] = [of(whoWords), of(whyWords), of(deciding), of(refusing), of(acting)];
const [files, records, decisions] = [of(fileWords), of(`\\b(?:${recordNouns})\\b`), of(`\\b(?:${decisionNouns})\\b`)];
const exportsRecord =
  /^(?:\W|please|pls|can|could|you|i|we|need|to|now|just|hi|hey|steward){0,8}(?:export|save|send|extract)\b/u;
const verbs = new RegExp(`^(?:${deciding}|${refusing}|${acting})$`, 'u');
const requestIds =
  /\b[a-z]{2,5}[ -]?#?\d{1,12}\b|\b(?:request|ticket|req|no|number|nr)\.? ?#?\d{1,12}\b|#\d{1,12}\b/giu;

/**
 * What a message that asks for the record wants of it: by word lists, the first that fits of a file, a reason, who
 * decided, what somebody decided, who did something, and otherwise the whole record. Pure.
 */
export function recordQuestion(message: string, today: string): RecordQuestion {
  const text = normalise(message).plain.slice(0, longest);
  const lower = text.toLowerCase();
  const owner = ownerIn(text);
  const dates = pastDays(text.replace(requestIds, ' '), today);
  const question = kindOf(lower, owner, dates !== undefined);
  const format = /\bjson\b/u.test(lower) ? 'json' : 'csv';
  return {
    question,
    ...(owner === undefined ? {} : { owner }),
    ...(dates === undefined ? {} : { dates }),
    ...(question === 'export' ? { format } : {}),
  };
}

function kindOf(lower: string, owner: string | undefined, isDated: boolean): RecordQuestionKind {
  const asksWho = who.test(lower);
  const asksWhy = why.test(lower);
  if (!asksWhy && (files.test(lower) || exportsRecord.test(lower)) && (!asksWho || records.test(lower)))
    return 'export';
  if (asksWhy && (refuses.test(lower) || !decides.test(lower))) return 'why-refused';
  const isDecision = decides.test(lower) || refuses.test(lower);
  if (isDecision && owner !== undefined) return 'decisions';
  if (isDecision && asksWho) return 'who-approved';
  if ((isDecision && isDated) || decisions.test(lower)) return 'decisions';
  if ((asksWho || owner !== undefined) && acts.test(lower)) return 'who-did';
  return 'all';
}

/** Words between the person and what they did. */
const between = new Set('has have had did was really actually already just ever also all'.split(' '));
const auxiliaries = new Set('did has have had does'.split(' '));

/** Whose decisions or actions are asked for; undefined where nobody is named. */
function ownerIn(text: string): string | undefined {
  const words = tokenise(text).tokens.filter(({ type }) => type !== 'break');
  const lower = words.map((token) => token.lower);
  if (
    /\b(?:my (?:own )?(?:decisions?|approvals|rejections|votes|sign-?offs)|by (?:me|myself))\b/u.test(lower.join(' '))
  )
    return 'me';
  const isVerb = (at: number) =>
    verbs.test(lower[at] ?? '') || (/^(?:sign|turn|knock|sa(?:y|id))/u.test(lower[at] ?? '') && at > 0);
  for (const at of words.keys()) {
    if (!isVerb(at)) continue;
    let end = at;
    while (between.has(lower[end - 1] ?? '')) end -= 1;
    if (lower[end - 1] === 'i') return 'me';
    const name = nameBefore(words, end, auxiliaries);
    if (name !== undefined) return name;
  }
  for (const at of words.keys()) {
    if (
      !/^(?:decisions?|approvals|rejections|votes|sign-?offs|actions|activity|doings|verdicts)$/u.test(lower[at] ?? '')
    )
      continue;
    if (lower[at - 1] === "'s") return nameBefore(words, at - 1, new Set(['show', 'list', 'of', 'all']));
    const link = words.findIndex(
      (_, index) => index > at && index < at + 4 && /^(?:of|by|from)$/u.test(lower[index] ?? ''),
    );
    const found = link < 0 ? undefined : nameAfter(words, link + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Words = ReturnType<typeof tokenise>['tokens'];

function isNameWord(
  { lower, text, type }: Words[number] | { lower: ''; text: ''; type: 'mark' },
  first: boolean,
): boolean {
  if (type === 'address') return true;
  return (
    type === 'word' &&
    !noPeople.has(lower) &&
    !verbs.test(lower) &&
    !/\d|[._]\p{L}/u.test(text) &&
    (first || /^\p{Lu}/u.test(text))
  );
}

/** A name that ends before a token: capitalised words, or one word behind an auxiliary. */
function nameBefore(words: Words, end: number, behind: ReadonlySet<string>): string | undefined {
  let from = end;
  while (from > 0 && end - from < 3) {
    const word = words[from - 1];
    if (word === undefined || !isNameWord(word, false)) break;
    from -= 1;
  }
  const last = words[end - 1];
  if (from === end && last !== undefined && isNameWord(last, true) && behind.has(words[end - 2]?.lower ?? ''))
    from = end - 1;
  return from === end
    ? undefined
    : words
        .slice(from, end)
        .map(({ text }) => text)
        .join(' ');
}

function nameAfter(words: Words, start: number): string | undefined {
  let end = start;
  while (end - start < 3 && words[end] !== undefined && isNameWord(words[end] as Words[number], end === start))
    end += 1;
  if (words[start]?.lower === 'me' || words[start]?.lower === 'mine') return 'me';
  return end === start
    ? undefined
    : words
        .slice(start, end)
        .map(({ text }) => text)
        .join(' ');
}
