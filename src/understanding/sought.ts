import { distance } from 'fastest-levenshtein';
import { numberOf } from './free-words.ts';
import { isCommand, type Reading, type Slots } from './intents.ts';
import { actOf } from './lexicon/acts.ts';
import { noNames } from './lexicon/no-names.ts';
import { beforeObject, determiners, kindModifiers } from './lexicon/object-phrase-words.ts';
import type { Utterance } from './utterance.ts';

const lead =
  "^\\W{0,3}(?:(?:please|pls|hi|hey|hello|ok|so|and|steward|can you|could you|would you|help me|i want to|i need to|i(?:['’]d| would) like to|let me)[ ,]{1,2}){0,4}";
const seeking =
  "(?:find|look(?:ing)? for|search(?:ing)?(?: for)?|i(?:['’]?m| am) (?:looking|searching) for|where(?:['’]?s| is| are)|show|list|do (?:we|you|i) have|have (?:we|you) got|got|is there|are there)";
const whose = '(?:me )?(?:all )?(?:of )?(?:the |my |our |any |some |that |those |these )?';
const words = '([\\p{L}\\d][\\p{L}\\d_.-]{1,30}(?: [\\p{L}\\d][\\p{L}\\d_.-]{1,30}){0,2}?)';
const general = '(?:stuff|things?|bits|files?|material)';
const end = '(?: (?:please|pls|again|somewhere|anywhere|here|thanks|we have|i have|there is)){0,2}[ ?!.]{0,4}$';
const ofStuff = new RegExp(`${lead}${seeking} ${whose}${words} ${general}${end}`, 'iu');
const about = new RegExp(
  `${lead}${seeking} (?:me )?(?:anything|something|everything|all|stuff|things|what we have) (?:about|on|for|with|named|called|to do with|related to) (?:the |our )?${words}${end}`,
  'iu',
);
const looked = new RegExp(
  `${lead}(?:find|look(?:ing)? for|search(?:ing)? for|i(?:['’]?m| am) (?:looking|searching) for) ${whose}${words}${end}`,
  'iu',
);

/**
 * What somebody looks for by a word of its name: “find me the survey stuff”, “anything about churn”, “I'm looking for
 * survey results”. Null where the message says more, or the words have a meaning of their own. Pure; linear in the text.
 */
function soughtIn(text: string): { readonly filter: string; readonly isPlain: boolean } | null {
  const said = text.slice(0, 160).replaceAll(/\s+/gu, ' ').trim();
  const stuff = ofStuff.exec(said)?.[1];
  // “Megans stuff” is whose it is.
  const marked = stuff !== undefined && /^\S+s$/u.test(stuff) ? undefined : (stuff ?? about.exec(said)?.[1]);
  const filter = marked ?? looked.exec(said)?.[1];
  if (filter === undefined || filter.split(/[ -]/u).some(isNoName)) return null;
  return { filter, isPlain: marked !== undefined && filter === filter.toLowerCase() };
}

function isNoName(word: string): boolean {
  return noNames.has(word.toLowerCase()) || /['’]s$/u.test(word);
}

const ofWorkspaces = new RegExp(
  [
    '\\b(?:which|what)(?: one)?(?: of (?:my|the|our|these|those))? workspaces? (?:is|are|has|have|holds?|takes?|uses?|contains?)\\b',
    '\\bhow (?:big|large|full) (?:is|are) (?:each|every|all|my|the|our)(?: of)?(?: my| the| our)? workspaces?\\b',
  ].join('|'),
  'iu',
);

/** "Which workspace is the biggest": the sums of all of them, and not the biggest thing in any. */
export function ofEachWorkspace(reading: Reading, text: string): Reading {
  const { intent, slots } = reading;
  const isAny = slots.workspace === undefined && slots.workspaces === undefined;
  const isCompared = intent === 'list.assets' && isAny && slots.pick !== undefined && ofWorkspaces.test(text);
  if (!isCompared) return reading;
  const { pick: _pick, ...rest } = slots;
  return { ...reading, slots: rest, why: 'compares workspaces' };
}

/** A list of what is looked for by a word of its name, where it would be a list of everything or only be offered. */
export function withSought(reading: Reading, text: string): Reading {
  const { intent, slots, offers } = reading;
  const isList = intent === 'list.assets' && Object.keys(slots).length === 0;
  const isOffered = intent === 'none' && offers?.every((offer) => !isCommand(offer.intent)) !== false;
  if (!isList && !isOffered) return reading;
  const sought = soughtIn(text);
  if (sought === null || !(isList || sought.isPlain)) return reading;
  const { filter } = sought;
  return { intent: 'list.assets', slots: { filter }, confidence: 0.8, why: 'looks for a word of a name' };
}

/** What narrows a list already, and may explain a word in front of its noun. */
const narrowing = [
  'filter',
  'assets',
  'dates',
  'pick',
  'size',
  'owner',
  'exceptOwner',
  'status',
  'unused',
  'except',
] as const;

/** Words of a question or an order in front of a noun, and articles of other languages. */
const asking =
  `which what how many much any are there more other another list lists listing overview view display look am me ones past count
  des du dei degli delle dos das viele für comme quoi welche welcher wieviele welke welk quels quelles quali quale qué cuántos quantos quais ile jakie które enumerate browse
  zwei drei vier fünf deux trois quatre cinq dos tres cuatro cinco due tre quattro cinque dwa trzy cztery pięć`.split(
    /\s+/u,
  );
const askingWords = new Set(asking);

const mostModifiers = 2;

/**
 * The words directly in front of the noun of a list that nothing explains, as typed: “the churn datasets”. Null where
 * there are none, where they begin the message, or where something narrows the list already. Linear in the tokens.
 */
function modifierOf(slots: Slots, { tokens, kinds, text }: Utterance): string | null {
  if (narrowing.some((slot) => slots[slot] !== undefined)) return null;
  const head = kinds.find(({ kind, plural }) => kind === slots.kind && plural);
  if (head === undefined) return null;
  const places = [slots.workspace, ...(slots.workspaces ?? [])].map((name) => name?.toLowerCase() ?? '');
  const isModifier = (at: number) => {
    const { lower, type, quotation } = tokens[at] ?? { lower: '', type: 'mark', quotation: 0 };
    const isPlain = type === 'word' && quotation === 0 && lower.length > 2 && !/^\d+$|^\p{L}*['’]/u.test(lower);
    const isKnown = determiners.has(lower) || beforeObject.has(lower) || kindModifiers.has(lower) || isAsking(lower);
    const isKind = kinds.some(({ start, end }) => at >= start && at < end);
    const isPlace = places.some((name) => name.includes(lower));
    return isPlain && !isKnown && !isKind && !isPlace && actOf(lower) === null && numberOf(lower) === null;
  };
  let start = head.start;
  while (start > 0 && isModifier(start - 1)) start -= 1;
  const [first, last] = [tokens[start], tokens[head.start - 1]];
  if (start === head.start || start === 0 || first === undefined || last === undefined) return null;
  return tokens[start - 1]?.type === 'word' ? text.slice(first.start, last.end) : null;
}

/** “How manny”: also with a letter too many. */
function isAsking(word: string): boolean {
  return askingWords.has(word) || asking.some((each) => each.length > 3 && distance(each, word) === 1);
}

/** “Darrens datasets” is whose they are. */
function isNoModifier(word: string): boolean {
  return (noNames.has(word.toLowerCase()) && !/^[ct]sv$/iu.test(word)) || /^\p{Lu}\p{Ll}+s$/u.test(word);
}

/** A list narrowed by the words in front of its noun, where they can be words of a name. */
export function narrowedByNoun(
  slots: Slots,
  utterance: Utterance,
): { readonly slots: Slots; readonly lost: string | null } {
  const said = modifierOf(slots, utterance);
  if (said === null) return { slots, lost: null };
  const words = said.split(/[ -]/u);
  const isName = words.length <= mostModifiers && !words.some(isNoModifier);
  return isName ? { slots: { ...slots, filter: said }, lost: null } : { slots, lost: said };
}
