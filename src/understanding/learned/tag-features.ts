import { actOf } from '../lexicon/acts.ts';
import type { Token } from '../token.ts';
import type { Utterance } from '../utterance.ts';
import { hashOf } from './hash.ts';

/** The shape of a word: "Aa9.a" for "Churn2019.csv". Runs of one character class count once; at most eight classes. */
export function shapeOf(word: string): string {
  let shape = '';
  for (const character of word) {
    const lower = character.toLowerCase();
    const isLetter = lower !== character.toUpperCase();
    const next = isLetter ? (lower === character ? 'a' : 'A') : character >= '0' && character <= '9' ? '9' : character;
    if (shape.at(-1) !== next) shape += next;
    if (shape.length >= 8) break;
  }
  return shape;
}

/** Words that introduce an exception. */
export const exceptWords = new Set(
  `except excepting excluding exclude but besides without apart bar save sparing keep not minus leave leaving other barring aside
  außer ausser ausgenommen ohne sauf excepté hormis sans salvo excepto menos sin exceto sem tranne eccetto senza behalve zonder uitgezonderd
  oprócz oprocz poza bez`.split(/\s+/u),
);
/** Words that introduce a filter on names. */
export const filterWords = new Set(
  'contain contains containing starting start starts begin begins beginning ending ends match matching matches named title titles prefix prefixed called includes including'.split(
    ' ',
  ),
);
/** Values computed once for all tokens before their features. */
interface Context {
  readonly lower: readonly string[];
  readonly shape: readonly string[];
  /** Distance to the nearest kind phrase on each side and its kind; 9 for none within six tokens. */
  readonly kindBefore: readonly string[];
  readonly kindAfter: readonly string[];
  readonly act: string;
  readonly actBefore: readonly string[];
  readonly exceptBefore: readonly boolean[];
  readonly filterBefore: readonly boolean[];
  readonly kindAt: readonly string[];
}

function contextOf({ tokens, kinds }: Utterance): Context {
  const lower = tokens.map((token) => (token.type === 'address' ? '<address>' : token.lower));
  const shape = tokens.map(({ text }) => shapeOf(text));
  const kindAt: string[] = new Array(tokens.length).fill('');
  for (const { kind, plural, start, end } of kinds) {
    for (let index = start; index < end; index += 1)
      kindAt[index] = `${kind === 'workspace' || kind === 'asset' ? kind : 'kind'}${plural ? 's' : ''}`;
  }
  const kindBefore: string[] = [];
  const kindAfter: string[] = new Array(tokens.length).fill('9');
  let last = -1;
  for (let index = 0; index < tokens.length; index += 1) {
    kindBefore.push(last >= 0 && index - last <= 6 ? `${index - last}${kindAt[last]}` : '9');
    if (kindAt[index] !== '') last = index;
  }
  last = -1;
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    if (last >= 0 && last - index <= 6) kindAfter[index] = `${last - index}${kindAt[last]}`;
    if (kindAt[index] !== '') last = index;
  }
  const actBefore: string[] = [];
  const exceptBefore: boolean[] = [];
  const filterBefore: boolean[] = [];
  let act = '';
  let first = '';
  let excepted = false;
  let filtered = 99;
  for (const [index, word] of lower.entries()) {
    actBefore.push(act);
    exceptBefore.push(excepted);
    filterBefore.push(filtered < 5);
    filtered += 1;
    if (tokens[index]?.quotation !== 0) continue;
    const found = actOf(word);
    if (found !== null) {
      act = found;
      if (first === '') first = found;
    }
    if (exceptWords.has(word)) excepted = true;
    if (word === '.' || word === '\n') excepted = false;
    if (filterWords.has(word)) filtered = 0;
  }
  return { lower, shape, kindBefore, kindAfter, act: first, actBefore, exceptBefore, filterBefore, kindAt };
}

/**
 * The hashed features of every token for the tagger. `intent`, if given, adds the assumed class of the message, alone
 * and in conjunction with the most informative features.
 */
export function tagFeatures(utterance: Utterance, intent: string | null): Uint32Array[] {
  const context = contextOf(utterance);
  return utterance.tokens.map((token, index) => featuresOf(utterance.tokens, token, index, context, intent));
}

function featuresOf(
  tokens: readonly Token[],
  token: Token,
  index: number,
  context: Context,
  intent: string | null,
): Uint32Array {
  const { lower, shape, kindBefore, kindAfter, act, actBefore, exceptBefore, filterBefore, kindAt } = context;
  const word = (at: number) => lower[at] ?? (at < 0 ? '^' : '$');
  const appearance = (at: number) => shape[at] ?? (at < 0 ? '^' : '$');
  const kind = (at: number) => kindAt[at] ?? '';
  const w = word(index);
  const s = appearance(index);
  const quoted = token.quotation !== 0;
  const quoteStart = quoted && tokens[index - 1]?.quotation !== token.quotation;
  const q = quoted ? (quoteStart ? 'b' : 'i') : token.glued ? 'g' : 'o';
  const glue = `${token.glued ? 1 : 0}${tokens[index + 1]?.glued ? 1 : 0}`;
  const features = [
    `w=${w}`,
    `p1=${word(index - 1)}`,
    `n1=${word(index + 1)}`,
    `p2=${word(index - 2)}`,
    `n2=${word(index + 2)}`,
    `p3=${word(index - 3)}`,
    `n3=${word(index + 3)}`,
    `pp=${word(index - 2)}|${word(index - 1)}`,
    `nn=${word(index + 1)}|${word(index + 2)}`,
    `pw=${word(index - 1)}|${w}`,
    `wn=${w}|${word(index + 1)}`,
    `pn=${word(index - 1)}|${word(index + 1)}`,
    `s=${s}`,
    `ps=${appearance(index - 1)}|${s}`,
    `sn=${s}|${appearance(index + 1)}`,
    `psn=${appearance(index - 1)}|${s}|${appearance(index + 1)}`,
    `p1s=${word(index - 1)}|${s}`,
    `n1s=${word(index + 1)}|${s}`,
    `q=${q}`,
    `qp=${q}|${word(index - 1)}|${word(index - 2)}`,
    `suf=${w.slice(-3)}`,
    `pre=${w.slice(0, 3)}`,
    `g=${glue}|${s}`,
    `kb=${kindBefore[index]}`,
    `ka=${kindAfter[index]}`,
    `kba=${kindBefore[index]}|${kindAfter[index]}`,
    `kbs=${kindBefore[index]}|${s}`,
    `kas=${kindAfter[index]}|${s}`,
    `kbp=${kindBefore[index]}|${word(index - 1)}`,
    `k=${kind(index)}|${kind(index - 1)}|${kind(index + 1)}`,
    `kw=${kind(index)}|${word(index + 1)}`,
    `kp=${kind(index)}|${word(index - 1)}`,
    `a=${act}`,
    `as=${act}|${s}`,
    `ab=${actBefore[index]}|${kindBefore[index]}`,
    `x=${exceptBefore[index] ? 1 : 0}${filterBefore[index] ? 1 : 0}`,
    `xs=${exceptBefore[index] ? 1 : 0}${filterBefore[index] ? 1 : 0}|${s}|${q}`,
    `i=${Math.min(index, 3)}|${s}`,
  ];
  if (intent !== null) {
    features.push(
      `I=${intent}`,
      `Is=${intent}|${s}`,
      `Iq=${intent}|${q}`,
      `Ip=${intent}|${word(index - 1)}`,
      `Iw=${intent}|${w}`,
      `Ikb=${intent}|${kindBefore[index]}`,
      `Ika=${intent}|${kindAfter[index]}`,
      `Ik=${intent}|${kind(index)}`,
      `Ix=${intent}|${exceptBefore[index] ? 1 : 0}${filterBefore[index] ? 1 : 0}`,
    );
  }
  return Uint32Array.from(features, (feature) => hashOf(feature));
}
