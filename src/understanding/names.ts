import { adjuncts, dataEndings, otherEndings, stops } from './lexicon/boundaries.ts';
import { kindAt } from './lexicon/kind-words.ts';
import { type Sentence, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

const marks = new Set([',', ';', ':', '?', '!', '.', '...', '+', '&', '=', ')', ']', '>', '<', '|', '"', '→']);
const conjunctions = new Set(['and', '&', '+', 'plus', ',', 'or', 'und']);
const commentStarts = new Set(
  `copied scratch cancel wait hold stop actually forget ignore oops haha undo keep leave nope hmm better rather
  maybe thinking without with asap now today thank need needed done but so and from please i we it they see as
  because said thanks quote joking just kidding or no the that this if you he she sorry lol yes ok personal
  customer both only whole all every with`.split(/\s+/),
);

/**
 * Where a name that begins at `from` ends: the index after its last token. A name includes ordinary words, digits and
 * short brackets; it ends at punctuation, "and", or words that belong to the rest of the sentence.
 */
export function nameEnd(sentence: Sentence, from: number, to: number): number {
  const at = (index: number) => (index < to ? wordAt(sentence, index) : '');
  const first = sentence.tokens[from];
  if (first === undefined || from >= to) return from;
  if (first.quoted !== undefined || first.word === 'E') return from + 1;
  let index = startsLikeName(sentence, from, to) ? from + 1 : from;
  const asks = /^(?:how|what|why|where|which|who|when|is|are|do|does|can|should|would|will|shall)$/.test(at(from));
  while (index < to) {
    const word = at(index);
    if (asks && questionPart.test(word)) {
      index += 1;
      continue;
    }
    if (index > from && isDataFile(sentence, index - 1) && !continuesFile(sentence, index)) break;
    if (word === '(' || word === '[') {
      const close = bracketEnd(sentence, index, to, word === '(' ? ')' : ']');
      if (close === null) break;
      index = close;
      continue;
    }
    if (word === '-') {
      if (
        index === from ||
        endsNameAt(sentence, index + 1, to) ||
        commentStarts.has(at(index + 1)) ||
        /^(?:do|never|not|is|for|all|in)$/.test(at(index + 1))
      )
        break;
      index += 1;
      continue;
    }
    if (endsNameAt(sentence, index, to)) break;
    index += 1;
  }
  // "Churn Lab from before 2019": the name ended before the word that leads to the date.
  return index > from + 1 && at(index - 1) === 'from' && /^(?:before|after)$/.test(at(index)) ? index - 1 : index;
}

const questionPart =
  /^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|it|i|we|you|they|that|this|not|there|to|be)$/;

/** Words that go on with the sentence even when they are written with a capital. */
const sentenceWord = new RegExp(wrapped`
  ^(?:
    which|who|when|where|is|are|can|should|will|may|must|do|does|would|not|never|no|without|after|before|today|
    tomorrow|later|now|again|only|all|once|if|what|could|might|has|have|was|instead|also|new|wait|stop|deleted|
    removed|archived|exported|copied|saved|packed|collected|wiped|cleared|dropped|lost|gone|maybe|rather|
    actually|yet|per|in|on|at|for|to|from|with|as|via|until|using|forever|urgent|final|ideally|right|ok|fully|
    soon|quick|fast|complete
  )$
`);

/**
 * True when a word that usually ends a name begins one: "the model Which one is best", "datasets May and June",
 * "dataset how many users". A capital shows it, or a question word that cannot begin a relative clause.
 */
export function startsLikeName(sentence: Sentence, index: number, to: number): boolean {
  const token = sentence.tokens[index];
  if (token === undefined || index >= to || index === 0 || token.quoted !== undefined) return false;
  if (/^(?:how|what|why)$/.test(token.word)) return !sentence.canon.endsWith('?');
  return (
    /^\p{Lu}\p{Ll}/u.test(sentence.text.slice(token.start, token.end)) &&
    !/^(?:please|thanks|thank|i|pls|and|cheers|asap|so|because)$/.test(token.word) &&
    token.guessed !== true &&
    sentenceWord.test(token.word)
  );
}

/** True when the token at `index` cannot belong to a name. */
export function endsNameAt(sentence: Sentence, index: number, to: number): boolean {
  const at = (position: number) => (position < to ? wordAt(sentence, position) : '');
  const token = sentence.tokens[index];
  if (token === undefined || index >= to) return true;
  const word = token.word;
  if (marks.has(word) || conjunctions.has(word) || token.quoted !== undefined || word === 'E') return true;
  if (/^(?!\d)\p{Extended_Pictographic}/u.test(word)) return true;
  if (word === "'s") return /^(?:data|contents?|assets|personal|information|stuff|everything)$/.test(at(index + 1));
  if (adjuncts.longest(at, index) > 0 || stops.longest(at, index) > 0) return true;
  if (word === 'first' && comesFirst(sentence, index)) return true;
  if (word === 'from' || word === 'in' || word === 'of' || word === 'inside') {
    for (let ahead = index + 1; ahead < Math.min(index + 6, to) && !marks.has(at(ahead)); ahead += 1) {
      const kind = kindAt(at, ahead);
      if (kind !== null && (kind.kind === 'workspace' || (word === 'from' && ahead <= index + 2))) return true;
    }
  }
  return false;
}

/** "first, then delete it": the order of two actions, and no part of the name before it. */
function comesFirst(sentence: Sentence, index: number): boolean {
  const words = [1, 2, 3].map((offset) => wordAt(sentence, index + offset)).join(' ');
  return /^(?:[,;.] )?(?:(?:and|but) )?(?:then|afterwards|delete|remove|erase|wipe|purge|destroy)\b/.test(words);
}

/** True for the name of a file in a format that Studio stores. */
function isDataFile(sentence: Sentence, index: number): boolean {
  return dataEndings.test(wordAt(sentence, index));
}

/** True for names in a form that only data has: `sales_2020`, `churn.csv`, `marketing-lab`. */
export function looksLikeIdentifier(name: string): boolean {
  if (
    /\s/.test(name) &&
    /\b(?:from|of|in|on|to|for|with|between|within|inside|datasets?|experiments?|models?|notebooks?|projects?|workspaces?)\b/i.test(
      name,
    )
  )
    return false;
  if (otherEndings.test(name) || /^\W*\d+\W*$/.test(name) || /https?:|[\\/]/.test(name)) return false;
  return dataEndings.test(name) || (/^[\p{L}\p{N}._-]+$/u.test(name) && /[_\d-]/.test(name) && /\p{L}{2}/u.test(name));
}

function continuesFile(sentence: Sentence, index: number): boolean {
  const word = wordAt(sentence, index);
  if (word === '-') return wordAt(sentence, index + 1) === 'copy';
  return word === '(' && /^\d+$|^copy$/.test(wordAt(sentence, index + 1));
}

/**
 * The index after a short bracket that is part of a name, "(2)" or "[prod]"; null for a kind or a remark in brackets.
 */
function bracketEnd(sentence: Sentence, open: number, to: number, closing: string): number | null {
  for (let index = open + 1; index < Math.min(open + 6, to); index += 1) {
    if (wordAt(sentence, index) === closing) {
      return bracketedKind(sentence, open) === null && !commentStarts.has(wordAt(sentence, open + 1))
        ? index + 1
        : null;
    }
  }
  return null;
}

/** "(dataset)", "(both datasets)", "(all models)" after names: the kind and the index after the bracket. */
export function bracketedKind(
  sentence: Sentence,
  open: number,
): { kind: NonNullable<ReturnType<typeof kindAt>>; end: number } | null {
  if (wordAt(sentence, open) !== '(') return null;
  let index = open + 1;
  while (/^(?:both|all|the|a|an|three|two|four|it|they|is|are|these|of|them)$/.test(wordAt(sentence, index)))
    index += 1;
  const kind = kindAt((position) => wordAt(sentence, position), index);
  if (kind === null || wordAt(sentence, index + kind.length) !== ')') return null;
  return { kind, end: index + kind.length + 1 };
}
