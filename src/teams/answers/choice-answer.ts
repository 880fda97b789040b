import { distance } from 'fastest-levenshtein';
import { foldName } from '../../domain/name-folding.ts';
import { type PendingChoice, requestId } from '../../domain/request.ts';
import { press } from '../../requests/press.ts';
import { openChoice } from '../../requests/report.ts';
import type { IntentName } from '../../understanding/intents.ts';
import { placeNumbers } from '../../understanding/offered-readings.ts';
import { renderCard } from '../cards/render.ts';
import { sizeWords } from '../cards/words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** Readings of a few words that may answer a question instead: “Churn Lab then” is no command. */
const mayAnswer: ReadonlySet<IntentName> = new Set(['none', 'list.workspaces', 'list.assets', 'asset.show', 'ask']);

const mostWords = 12;
/** Behind a question so few words that name an option answer it, whatever they would mean alone. */
const fewWords = 4;
const fillers = new Set(
  `the a of then please pls ok okay yes no well um hm hmm course as i said say it is its it's one my in from take use choose mean meant obviously obv
  actually really duh rather better lol omg ugh argh obvious clearly honestly thanks thank you thx want would like go with
  workspace workspaces called named dataset experiment model that this just only thanks in by owned owner of two both created made dated day on for from option whose`.split(
    /\s+/u,
  ),
);

/**
 * “Churn Lab then”, “the guest one”, “the older one”, “Megan Bowen’s”: answers the open question of a request with the option that the words name, as a
 * press on its button would. Whether it did; it does nothing where no option or several fit. The press checks the person
 * and the version; what follows is a preview, never an action.
 */
export async function answersChoice(services: TeamsServices, turn: Turn): Promise<boolean> {
  const { actor, reading } = turn;
  const [text, question] = withoutQuestion(turn.text);
  const { length } = text.trim().split(/\s+/u);
  // What names a request is about that one.
  const isPlace = /^\W{0,2}\d\W{0,2}$/u.test(text);
  const isOther = length > fewWords || (reading.slots.request !== undefined && !isPlace);
  if ((!mayAnswer.has(reading.intent) && isOther) || length > mostWords) return false;
  if (allOfThem.test(text)) return answerAllOfThem(services, turn);
  const words = wordsOf(text)
    .filter((word) => !fillers.has(word))
    .map(plainOrder);
  if (words.length === 0) return false;
  const open = await openChoice(services, actor.person, actor.conversation.id);
  const option = open === null ? null : optionFor(open, words, text);
  if (open === null || option === null) return false;
  const { number, version } = open.request;
  const outcome = await press(services, actor.person, { request: number, version, choice: option.id });
  if (outcome.result === 'refused') return false;
  const id = requestId(number);
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: `I go on with “${option.name}” for ${id}. Its card shows in a moment what comes next.${
        question === null ? '' : ` I did not answer “${question}”. Please ask that by itself.`
      }`,
      examples: [`status of ${id}`],
    }),
  );
  return true;
}

/** “The one of 15 January, but will she hear of it?”: the answer, and a question behind it, which stays one. */
function withoutQuestion(text: string): readonly [answer: string, question: string | null] {
  const [, answer, question] =
    /^([^?!]{2,80})[,;.]\s+(?:(?:but|and|also|or)\s+)?([^?!.]{5,120}\?)\s*$/u.exec(text) ?? [];
  return answer === undefined || question === undefined ? [text, null] : [answer, question];
}

const allOfThem =
  /^\W{0,3}(?:all|both|each|every one|all (?:of )?(?:them|three|two|those)|both of them)(?: please| of course)?\W{0,3}$/iu;

/** “All of them” to the question which workspace: one request is about one, so there is a sentence for each. */
async function answerAllOfThem(services: TeamsServices, turn: Turn): Promise<boolean> {
  const open = await openChoice(services, turn.actor.person, turn.actor.conversation.id);
  if (open?.choice.question === 'which-asset') {
    const sentence = 'I can take one of them at a time here. Choose one; then ask again for the other.';
    await turn.say(renderCard('notice', { severity: 'info', sentence, next: null, examples: [] }));
    return true;
  }
  if (open?.choice.question !== 'which-workspace') return false;
  const { action, target, data } = open.request.ask;
  if (action !== 'export' || target !== 'workspace') return false;
  const what = data === 'personal' ? 'my personal data from workspace' : 'workspace';
  const examples = open.choice.options.slice(0, 5).map(({ name }) => `export ${what} "${name}"`);
  const sentence = 'One request is about one workspace. Here is a sentence for each of them.';
  await turn.say(renderCard('notice', { severity: 'info', sentence, next: null, examples }));
  return true;
}

interface Option {
  readonly id: string;
  readonly name: string;
  /** What else tells it apart: its owner, the day it was made, the type of the account. */
  readonly marks: string;
  readonly createdAt: string | null;
  readonly sizeBytes: number | null;
}

/** The one option that the words name, or pick among all by age or size; null for none or several. */
function optionFor({ request, choice }: OpenChoice, said: readonly string[], text: string): Option | null {
  const options = optionsOf(choice);
  // “The guest one, everything in it” behind “export my workspace” says no more than “the guest one”.
  const isWhole = choice.question === 'which-workspace' && request.ask.target === 'workspace';
  const words = isWhole ? said.filter((word) => !wholes.has(word)) : said;
  if (words.length === 0) return null;
  const ordering = words.filter((word) => orders.has(word));
  const order = ordering.length === 1 ? orders.get(ordering[0] ?? '') : undefined;
  if (order !== undefined) {
    const others = words.filter((word) => !orders.has(word));
    const option = extreme(options, order);
    return option !== null && others.every((word) => fits(option, word)) ? option : null;
  }
  const [superlative, ...more] = words;
  const at = placeNumbers.get(superlative ?? '');
  const isDay = more.length > 0 && /^\d/u.test(superlative ?? '');
  // “1 August 2018” begins with a day, and not with the first of them.
  if (at !== undefined && !isDay) return inPlace(options, at, more);
  const all = new Set(wordsOf(text));
  const fitting = options.filter((option) => words.every((word) => fits(option, word)));
  const whole = fitting.filter(({ name }) => wordsOf(name).every((word) => all.has(word)));
  const [only, ...others] = whole.length > 0 ? whole : fitting;
  return only !== undefined && others.length === 0 ? only : null;
}

type OpenChoice = NonNullable<Awaited<ReturnType<typeof openChoice>>>;

const wholes = new Set(['everything', 'all', 'whole', 'entire', 'complete', 'inside', 'there']);

/** Whether a word is one of those by which an option is told apart. */
function fits({ name, marks }: Option, word: string): boolean {
  const own = wordsOf(`${name} ${marks}`);
  return own.includes(plainWord(word)) || own.includes(word.replace(/s$/u, ''));
}

type Order = readonly [by: 'createdAt' | 'sizeBytes', end: 'least' | 'most'];

const orders: ReadonlyMap<string, Order> = new Map([
  ...['older', 'oldest', 'earlier', 'earliest'].map((word) => [word, ['createdAt', 'least'] as Order] as const),
  ...['newer', 'newest', 'later', 'latest', 'younger'].map((word) => [word, ['createdAt', 'most'] as Order] as const),
  ...['smaller', 'smallest'].map((word) => [word, ['sizeBytes', 'least'] as Order] as const),
  ...['bigger', 'biggest', 'larger', 'largest'].map((word) => [word, ['sizeBytes', 'most'] as Order] as const),
]);

/** “The second one”, “the second one, Megan’s”: where further words are said they fit that option, too. */
function inPlace(options: readonly Option[], at: number, more: readonly string[]): Option | null {
  const option = options.at(at) ?? null;
  return option !== null && more.every((word) => fits(option, word)) ? option : null;
}

/** “Smaler” is smaller: a word of an order in which one letter is missing, doubled or wrong. */
function plainOrder(word: string): string {
  if (word.length < 5 || orders.has(word)) return word;
  return [...orders.keys()].find((order) => distance(word, order) === 1) ?? word;
}

/** The option at one end of an order; null where a value is missing or two share it. */
function extreme(options: readonly Option[], [by, end]: Order): Option | null {
  const values = options.map((option) => (by === 'createdAt' ? Date.parse(option.createdAt ?? '') : option.sizeBytes));
  if (values.some((value) => value === null || Number.isNaN(value))) return null;
  const wanted = end === 'least' ? Math.min(...(values as number[])) : Math.max(...(values as number[]));
  const found = options.filter((_, index) => values[index] === wanted);
  return found.length === 1 ? (found[0] ?? null) : null;
}

function optionsOf(choice: PendingChoice): readonly Option[] {
  switch (choice.question) {
    case 'which-workspace':
    case 'did-you-mean-workspace':
      return choice.options.map(({ id, name, accountType }) => ({
        id,
        name,
        marks: accountType,
        createdAt: null,
        sizeBytes: null,
      }));
    case 'did-you-mean-asset':
    case 'which-asset':
      return choice.options.map(({ id, name, owner, createdAt, sizeBytes }) => ({
        id,
        name,
        marks: `${owner} ${createdAt === null ? '' : dateMarks(createdAt)} ${sizeBytes === null ? '' : sizeWords(sizeBytes)}`,
        createdAt,
        sizeBytes,
      }));
    case 'which-person':
      return choice.options.map(({ id, name, address }) => ({
        id,
        name,
        marks: address,
        createdAt: null,
        sizeBytes: null,
      }));
  }
}

/** The words in which people say a day: "15 january jan 2019". */
function dateMarks(createdAt: string): string {
  const day = new Date(createdAt);
  const month = (style: 'long' | 'short') =>
    new Intl.DateTimeFormat('en', { month: style, timeZone: 'UTC' }).format(day);
  return `${day.getUTCDate()} ${month('long')} ${month('short')} ${day.getUTCFullYear()}`;
}

/** "Megan's" is Megan's, "15th" is 15. */
function plainWord(word: string): string {
  return word.replace(/^(\d{1,2})(?:st|nd|rd|th)$/u, '$1').replace(/'s$/u, '');
}

function wordsOf(text: string): string[] {
  return foldName(text)
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '');
}
