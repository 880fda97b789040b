import { exceptedOwners } from '../domain/asset-mentions.ts';
import { slotOf } from './excepted-owner.ts';
import type { Reading, Slots } from './intents.ts';
import { superlatives } from './lexicon/selection-words.ts';
import { mostInOrder } from './slots.ts';
import { narrowedByNoun } from './sought.ts';
import type { Utterance } from './utterance.ts';

/** A word that limits a selection or asks for a property, and whether a slot holds what it says. */
interface Cue {
  readonly words: RegExp;
  readonly isHeld: (slots: Slots) => boolean;
}

const isPicked = ({ pick, size, dates }: Slots) => [pick, size, dates].some((slot) => slot !== undefined);
const isOwned = ({ owner, exceptOwner }: Slots) => owner !== undefined || exceptOwner !== undefined;
const isDated = ({ dates, filter, assets }: Slots) => [dates, filter, assets].some((slot) => slot !== undefined);
const never = () => false;

const month = 'january|february|march|april|may|june|july|august|september|october|november|december';
const dated = new RegExp(
  `\\b(?:(?:older|newer|earlier|later) than|(?:before|after|since|until) (?:\\d|(?:19|20)\\d\\d|last|${month})` +
    '|last (?:week|month|year)|this (?:week|month|year)|yesterday)\\b',
  'iu',
);

const kindsOfThings = 'stuff|things?|ones?|files?|data|datasets|experiments|models|assets|notebooks';
const vague = new RegExp(
  `\\b(?:old|ancient|stale|outdated|big|large|huge|small|tiny|heavy|recent)(?: and (?:old|big|large|small))? (?:${kindsOfThings})\\b` +
    '|\\b(?:super|really|very|quite) (?:old|big|large|small|new)\\b',
  'iu',
);

const cues: readonly Cue[] = [
  {
    words:
      /\b(?:not|\p{L}{2,6}n['’]t) (?:mine|my own|ours)\b|\bother people\b|\b(?:someone|somebody) else\b|\bcolleagues?\b/iu,
    isHeld: ({ exceptOwner }) => exceptOwner !== undefined,
  },
  {
    words:
      /(?:\b(?:over|under|above|below|bigger|larger|smaller|more|less|at least|at most)\b[^.;!?\n]{0,20})?\b\d+(?:[.,]\d+)?\s{0,2}(?:[kmgt]i?b|megs?|gigs?|megabytes?|gigabytes?|kilobytes?)\b/iu,
    isHeld: ({ size }) => size !== undefined,
  },
  {
    words:
      /\b(?:failed|failing|failures?|crashed|(?:never|not) (?:finished|completed|run)|unfinished|drafts?|running)\b/iu,
    isHeld: ({ status, filter }) => status !== undefined || filter !== undefined,
  },
  {
    words:
      /\b(?:unused|nobody|nothing uses|no one|in use|(?:still )?(?:being )?used by|depend(?:s|ing)? on|what uses|uses (?:it|them|these|those))\b/iu,
    isHeld: ({ unused }) => unused === true,
  },
  {
    words: /\b(?:biggest|largest|smallest|oldest|newest|latest|most recent|heaviest)\b/iu,
    isHeld: isPicked,
  },
  {
    words:
      /\b(?:(?:made|created|uploaded|owned|built|written) by|belong(?:s|ing)? to|responsible for|(?:she|he|they) (?:owns?|made|created|uploaded|has|have))\b/iu,
    isHeld: isOwned,
  },
  {
    words:
      /\bby (?!any\b|anything\b|anybody\b|nothing\b|some\b|every\b|each\b|no\b|anyone|anybody|nobody|size|date|age|name|kind|type|owner|day|mistake|far|default|the way|me\b)\p{L}{2,30}\b/iu,
    isHeld: isOwned,
  },
  {
    words: dated,
    isHeld: isDated,
  },
  {
    words:
      /\b(?:not|\p{L}{2,6}n['’]t) been (?:touched|changed|used|modified|run|opened)\b|\bin (?:years|ages|months)\b|\b(?:recently|lately)\b/iu,
    isHeld: isDated,
  },
  {
    words: /\bwith (?:the )?(?:ids?|owners?|paths?|links?|hash(?:es)?|checksums?|bytes|descriptions?)\b/iu,
    isHeld: never,
  },
  { words: /(?<=\p{L}[,;.]? )(?:no|sorry|rather|wait),? (?:no,? )?(?:i|we) mea(?:n|nt)\b/iu, isHeld: never },
  {
    words: vague,
    isHeld: (slots) => isPicked(slots) || slots.filter !== undefined,
  },
  { words: /\bsort(?:ed)? by (?:size|date|age|name|owner|kind)\b/iu, isHeld: ({ pick }) => pick !== undefined },
  {
    words:
      /\b(?:what|which) (?:did|has|does) (?!i\b|we\b|you\b|it\b)\p{L}{3,20} (?:make|made|create|own|upload|build|have)/iu,
    isHeld: isOwned,
  },
  { words: /\b(?:in the name,? )?or [\p{L}]{3,30}\b/iu, isHeld: ({ filter }) => filter === undefined },
  {
    words:
      /\b(?:and which|(?:and|,) (?:when|why|how (?:long|often|do|can)|what happens|can you|could you|will|does|is it))\b/iu,
    isHeld: never,
  },
];

/** The most characters of each part that is told to the person, and the most parts. */
const longestShown = 60;
const mostShown = 3;

/**
 * The first words of a question about a list that no slot holds: "by megan", "over 5 megs", "and when does it shut
 * down". A list is shown all the same, since it changes nothing, but it says what it is not. Null when there is
 * nothing of the kind. What stands in quotes or is named by a slot says nothing of its own. Pure; linear in the text.
 */
function overlookedIn(slots: Slots, text: string): string | null {
  const plain = withoutNames(slots, text);
  const found = cues.flatMap(({ words, isHeld }) => {
    const at = isHeld(slots) ? null : words.exec(plain);
    return at === null || isWishItself(at, plain) ? [] : [at.index];
  });
  const clauses = [...new Set(found)]
    .sort((a, b) => a - b)
    .map((from) => /^[^.;!?\n]*/u.exec(text.slice(from))?.[0] ?? '')
    .map((clause) => clause.replace(/^(?:and|,)\s/iu, '').trim());
  // Of two that overlap the longer one says it all.
  const isNew = (clause: string, at: number) => !clauses.slice(0, at).some((other) => other.includes(clause));
  const said = clauses.filter((clause, at) => clause !== '' && isNew(clause, at));
  return said.length === 0 ? null : said.slice(0, mostShown).map(briefly).join('” and “');
}

const joined = /^(?:and|,)/iu;
const listed =
  /\b(?:list|show|see|which|what|how|datasets?|experiments?|models?|notebooks?|projects?|services?|assets?|everything|stuff|things|files)\b/iu;

/** "It's me again, can you show my datasets", "and which did she make": nothing stands in front that is listed. */
function isWishItself({ index, 0: words }: RegExpExecArray, plain: string): boolean {
  return joined.test(words) && !listed.test(plain.slice(0, index));
}

/** Cut behind a word. */
function briefly(clause: string): string {
  if (clause.length <= longestShown) return clause;
  return `${clause.slice(0, longestShown).replace(/\s\S*$/u, '')} …`;
}

/** The text with blanks for what is in quotes and for the names in the slots. */
function withoutNames(
  { workspace, workspaces = [], assets = [], except = [], filter, owner, exceptOwner }: Slots,
  text: string,
): string {
  let plain = text.replace(/["“”][^"“”]{0,300}["“”]/gu, (quoted) => ' '.repeat(quoted.length));
  const names = [
    workspace,
    filter,
    owner,
    ...exceptedOwners(exceptOwner),
    ...workspaces,
    ...[...assets, ...except].map(({ name }) => name),
  ];
  for (const name of names) {
    if (name === undefined || name === '') continue;
    const at = plain.toLowerCase().indexOf(name.toLowerCase());
    if (at >= 0) plain = `${plain.slice(0, at)}${' '.repeat(name.length)}${plain.slice(at + name.length)}`;
  }
  return plain;
}

/** "Which are the biggest datasets": an order, where nobody said how many; null when one is not said once. */
function orderOfPlural({ tokens, kinds }: Utterance): NonNullable<Slots['pick']>['by'] | null {
  const said = tokens.flatMap(({ lower, quotation }, at) => {
    const by = quotation === 0 ? superlatives.get(lower) : undefined;
    const isOfMany = kinds.some(
      ({ kind, plural, start }) => kind !== 'workspace' && plural && start > at && start <= at + 2,
    );
    return by !== undefined && (isOfMany || tokens[at + 1]?.lower === 'ones') ? [by] : [];
  });
  const [by, ...others] = new Set(said);
  return by !== undefined && others.length === 0 ? by : null;
}

/** "My old stuff": unlike "my datasets", which is said of a shared workspace. */
const ownThings = /\bmy (?:own|old|older|oldest|unused|stale|ancient) (?!workspaces?\b|requests?\b)\p{L}/iu;

/** "Datasets by megan", "megans stuff": an owner in small letters, which only a list takes from where it stands. */
function ownerSaid(text: string): Pick<Slots, 'owner' | 'exceptOwner'> {
  const did = /\bwhat (?:did|has|does) (\p{Ll}{3,20}) (?:make|made|create|own|upload|build|have)\b/iu.exec(text);
  const by =
    /\b(?:datasets?|experiments?|models?|notebooks?|projects?|services?|stuff|things|assets|files|ones|everything) (?:made |created |owned |uploaded )?by (\p{Ll}{3,20})\W*$/u.exec(
      text,
    );
  const of = /\b(\p{L}{3,20})['’]?s (?:own )?(?:stuff|things)\b/u.exec(text);
  const owner = by?.[1] ?? of?.[1] ?? did?.[1] ?? null;
  return owner === null || noOwners.has(owner.toLowerCase()) ? {} : { [slotOf(owner, text)]: owner };
}

const noOwners = new Set(
  `size date age name kind type owner day mistake default far the all other others today yesterday thi that it what let her hi some
  these those team everybody someone somebody nobody studio workspace me us them him you`.split(/\s+/u),
);

/** A list with what else its message says of it, and with the words that it does not answer. */
export function honestList(reading: Reading, text: string, utterance: Utterance): Reading {
  if (reading.intent !== 'list.assets') return reading;
  const { owner, exceptOwner } = reading.slots;
  const isOpen = owner === undefined && exceptOwner === undefined;
  const whose = !isOpen ? {} : ownThings.test(text) ? { owner: 'me' } : ownerSaid(text);
  const by = reading.slots.pick === undefined ? orderOfPlural(utterance) : null;
  const picked = by === null ? {} : { pick: { by, count: mostInOrder } };
  const { slots, lost } = narrowedByNoun({ ...reading.slots, ...whose, ...picked } as Slots, utterance);
  const overlooked = overlookedIn(slots, text) ?? lost;
  return { ...reading, slots, ...(overlooked === null ? {} : { overlooked }) };
}
