import { distance } from 'fastest-levenshtein';
import type { Slots } from './intents.ts';
import { exceptWords, filterWords } from './learned/tag-features.ts';
import type { Span } from './learned/tags.ts';
import { actOf, deletionCues, exportCues } from './lexicon/acts.ts';
import {
  afterObject,
  beforeObject,
  determiners,
  kindModifiers,
  limiting,
  linking,
  places,
  pronouns,
  quantifiers,
  relatives,
  wholes,
} from './lexicon/object-phrase-words.ts';
import { corrected } from './spelling.ts';
import type { Utterance } from './utterance.ts';

/**
 * The first word of the noun phrase that says what is selected which no slot explains: "all purple datasets", "the
 * datasets behind the dashboard"; null when there is none. Such a word limits the selection in a way that is not
 * understood, so that the command would apply to more than was said. A scan to both sides of each head noun, up to the
 * end of its phrase. Returns the index of a token.
 */
export function unexplainedWord(
  slots: Slots,
  utterance: Utterance,
  spans: readonly Span[],
  covered: ReadonlySet<number>,
  isDeletion: boolean,
): number | null {
  const phrase = new ObjectPhrase(slots, utterance, spans, covered, isDeletion);
  const head = utterance.kinds.find(
    ({ kind, start }) => kind === slots.kind && !covered.has(start) && !phrase.isNamed(start) && !phrase.isKept(start),
  );
  if (head !== undefined) return phrase.unknownBefore(head.start) ?? phrase.unknownBehind(head.end);
  const whole = utterance.tokens.findIndex(({ lower }, index) => isWhole(lower) && !phrase.isNamed(index));
  // "All web servcies": a noun that is no word for any kind.
  if (whole >= 0) return phrase.unknownBehind(whole + 1);
  const quantifier = utterance.tokens.findIndex(({ lower }) => quantifiers.has(lower));
  if (quantifier >= 0) return phrase.unknownNoun(quantifier + 1);
  // "Delete the csvs from 2018": no word for a kind, and none for everything.
  const verb = utterance.tokens.findIndex(({ lower }) => isAct(lower));
  return verb < 0 ? null : phrase.unknownNoun(verb + 1);
}

class ObjectPhrase {
  readonly #words: readonly string[];
  readonly #explained: readonly boolean[];
  readonly #named: readonly boolean[];
  readonly #slots: Slots;
  readonly #ofWorkspace: readonly boolean[];
  readonly #isDeletion: boolean;

  constructor(
    slots: Slots,
    { tokens, kinds }: Utterance,
    spans: readonly Span[],
    covered: ReadonlySet<number>,
    isDeletion: boolean,
  ) {
    this.#isDeletion = isDeletion;
    const inSpan = (index: number, labels: readonly string[]) =>
      spans.some(({ label, start, end }) => index >= start && index < end && labels.includes(label));
    // A span that marks a kind may hold more than the words of the kind: "European datasets".
    const ofKind = (index: number) => kinds.some(({ start, end }) => index >= start && index < end);
    this.#slots = slots;
    this.#words = tokens.map(({ lower }) => lower);
    this.#named = tokens.map(
      ({ quotation }, index) => quotation !== 0 || inSpan(index, ['name', 'except', 'filter', 'workspace']),
    );
    this.#explained = tokens.map((_, index) => covered.has(index) || this.#named[index] === true || ofKind(index));
    this.#ofWorkspace = tokens.map(
      (_, index) =>
        inSpan(index, ['workspace']) ||
        kinds.some(({ kind, start, end }) => kind === 'workspace' && index >= start && index < end),
    );
  }

  isNamed(index: number): boolean {
    return this.#named[index] === true;
  }

  /** "Keep dataset X, delete every other dataset": this noun is not what is selected. */
  isKept(start: number): boolean {
    const before = this.#words.slice(Math.max(0, start - 2), start);
    return before.some((word) => exceptWords.has(word) && word !== 'other');
  }

  /** "All purple datasets": a word between the determiner and the head noun. */
  unknownBefore(start: number): number | null {
    for (let index = start - 1; index >= 0; index -= 1) {
      const word = this.#words[index] ?? '';
      if (this.#explained[index] === true || kindModifiers.has(word)) continue;
      if (this.#slots.dates !== undefined && /^\d{4}$/u.test(word)) return null;
      // A verb begins its clause; behind another word of the phrase it is an attribute: "all tidy datasets".
      const isVerb = isAct(word) && this.#isClauseEdge(index - 1);
      return isMark(word) || determiners.has(word) || beforeObject.has(word) || isVerb ? null : index;
    }
    return null;
  }

  #isClauseEdge(index: number): boolean {
    const word = this.#words[index] ?? '';
    if (word === '' || isMark(word) || beforeObject.has(word) || this.#explained[index] === true) return true;
    // "Find and delete": a verb in front is an edge only where it is one itself, unlike in "all tidy tidy datasets".
    return isAct(word) && this.#isClauseEdge(index - 1);
  }

  /** "Datasets behind the dashboard": what follows the head noun and is neither a slot nor the end of its phrase. */
  unknownBehind(end: number): number | null {
    const { dates, filter, except, exceptKinds, owner } = this.#slots;
    const loosely = this.#isDeletion ? [] : [exceptKinds, owner];
    const isNarrowed = [dates, filter, except, ...loosely].some((slot) => slot !== undefined);
    for (let index = end; index < this.#words.length; index += 1) {
      const word = this.#words[index] ?? '';
      if (this.#explained[index] === true || this.#ofWorkspace[index] === true || determiners.has(word)) continue;
      if (index === end && !isNarrowed && pronouns.has(word)) return index;
      if (isMark(word) || afterObject.has(word)) return null;
      if (limiting.has(word)) return word !== 'between' || dates === undefined ? index : null;
      if (isNarrowed) return null;
      if (relatives.has(word)) return index;
      // What an export is for, and as what, narrows nothing.
      if (!this.#isDeletion) return null;
      if (word === 'for' || word === 'if' || word === 'at') return this.#isPolite(index + 1) ? null : index;
      if (places.has(word) && this.#isPlace(index + 1)) continue;
      return isAct(word) ? null : index;
    }
    return null;
  }

  /** "All web servcies": behind "all" stands neither a kind nor what begins a limit, a place or another phrase. */
  unknownNoun(from: number): number | null {
    let start = from;
    while (determiners.has(this.#words[start] ?? '')) start += 1;
    const word = this.#words[start] ?? '';
    if (linking.has(word) || filterWords.has(word) || exceptWords.has(word)) return this.unknownBehind(start + 1);
    const isKnown = this.#explained[start] === true || this.#ofWorkspace[start] === true || pronouns.has(word);
    return start >= this.#words.length ||
      isKnown ||
      isMark(word) ||
      afterObject.has(word) ||
      places.has(word) ||
      isAct(word)
      ? null
      : start;
  }

  /** "In Churn Lab", "in the workspace", "from there". */
  #isPlace(from: number): boolean {
    for (let index = from; index < from + 5 && index < this.#words.length; index += 1) {
      const word = this.#words[index] ?? '';
      if (this.#ofWorkspace[index] === true || ['here', 'there', 'it', 'studio', 'them', 'both'].includes(word))
        return true;
      if (!determiners.has(word) && !isMark(word)) return false;
    }
    return false;
  }

  /** "If possible", "for me", "for good". */
  #isPolite(index: number): boolean {
    const polite = [
      'possible',
      'you',
      'me',
      'us',
      'good',
      'ever',
      'now',
      'that',
      'it',
      'him',
      'her',
      'them',
      'i',
      'once',
      'last',
      'all',
      'your',
    ];
    return polite.includes(this.#words[index] ?? '');
  }
}

function isWhole(word: string): boolean {
  return wholes.has(word) || (word.length >= 8 && distance(word, 'everything') <= 2);
}

function isAct(word: string): boolean {
  const act = actOf(word) ?? actOf(corrected(word));
  return act === 'delete' || act === 'export' || act === 'look' || deletionCues.has(word) || exportCues.has(word);
}

function isMark(word: string): boolean {
  return !/[\p{L}\p{N}]/u.test(word);
}
