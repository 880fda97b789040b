import { exceptedOwners } from '../domain/asset-mentions.ts';
import { isCommand, isDestructive, type Offer } from './intents.ts';

type Wish = Pick<Offer, 'intent' | 'slots'>;
/** The words of a message that an object does not hold, or holds the wrong way round; null when there are none. */
export type Doubt = (wish: Wish, text: string) => string | null;

/** Words of a clause of its own, or of an exception: what stands behind them is no further object. */
const otherWords = [
  'instead|favou?r|because|since|cause|cos|which|who|whose|(?:is|are|was|were)(?! called| named)|be|has|have|had|do|does|did',
  'will|would|can|could|should|how|what|why|when|where|while|whereas|check|see|look|if|unless|except|exept|excluding|than',
  "apart|aside|without|besides|minus|but(?! also)|not|never|\\p{L}{2,6}n['’]t|rather|replac\\p{L}{2,4}|actually|no|nope|wait",
  'sorry|i mean|compare|delete|remove|erase|wipe|export|list|show|keep|leave|need|needs|used?|uses',
].join('|');
const clause = new RegExp(`(?<![\\p{L}\\p{N}])(?:${otherWords})(?![\\p{L}\\p{N}])|[?]|\\([^)]{0,60}$`, 'iu');
/** The same for a copy, of which too much harms less than a refusal. */
const turning =
  /\b(?:instead|except|excluding|without|besides|apart from|other than|not|never|delete|remove|erase|wipe|leave|skip)\b|\?/iu;
const likewise = /\bsame (?:goes|thing|with|for)\b/iu;

/** A command whose names are joined: each name with where it first stands. */
function placesOf(
  { slots }: Wish,
  text: string,
): { readonly name: string; readonly at: number; readonly end: number }[] {
  const lower = text.toLowerCase();
  return (slots.assets ?? [])
    .flatMap(({ name }) => {
      const at = lower.indexOf(name.toLowerCase());
      return at < 0 ? [] : [{ name, at, end: at + name.length }];
    })
    .sort((left, right) => left.at - right.at);
}

/**
 * "Delete churn.csv instead of labels.csv", "delete churn.csv, how big is CON", "delete a.csv and b.csv except c.csv": a
 * name behind words of another clause, or of an exception, is no further object.
 */
const otherClause: Doubt = (wish, text) => {
  const { intent, slots } = wish;
  if (!(isCommand(intent) || intent === 'schedule.create') || (slots.assets?.length ?? 0) < 2) return null;
  const found = placesOf(wish, text);
  for (const [index, { name, at }] of found.entries()) {
    const before = found[index - 1];
    if (before === undefined || at < before.end) continue;
    const words = text.slice(before.end, at);
    const isOther = isDestructive(intent) ? clause.test(words) && !likewise.test(words) : turning.test(words);
    if (isOther) return `${words.replace(/^[\s,.;"”’]+/u, '')}${name}`;
  }
  return null;
};

const turnedAway = new RegExp(
  '\\b(?:delete|remove|erase|wipe|bin|drop|ditch|trash|scrap|get rid of)\\b[^;!?\\n]{1,80}?' +
    '\\b(?:who|whose|how|what|why|check|show|list|compare|instead of|because|except|rather than|apart from)\\b[^;!?\\n]{0,40}$',
  'iu',
);

/** "Erase churn.csv, who owns labels.csv": what is asked about behind the object is not the object. */
const askedAbout: Doubt = (wish, text) => {
  if (!isDestructive(wish.intent)) return null;
  const [first] = placesOf(wish, text);
  if (first === undefined) return null;
  const before = text.slice(Math.max(0, first.at - 140), first.at);
  return turnedAway.test(before) ? `${before.slice(-40).trim()} ${first.name}` : null;
};

const taken = 'actually|no|nah|nope|wait|sorry|or rather|i mean|make that|scratch that|on second thoughts?';
const onlyNow = new RegExp(
  `(?<=\\S[\\s,.;]{1,3})(?:${taken})[\\s,]{1,3}(?:(?:no|wait|actually|rather)[\\s,]{1,3})?(?:just|only)\\s[^.;!?]{1,60}`,
  'iu',
);

/** "Export a.csv and b.csv, actually just b.csv": what is taken back is not done. */
const corrected: Doubt = ({ intent, slots }, text) =>
  isCommand(intent) && (slots.assets?.length ?? 0) > 1 ? (onlyNow.exec(text)?.[0] ?? null) : null;

const keepOnly = /\b(?:keep|leave|spare|retain|save) (?:just|only|nothing but)\b[^.;!?]{1,60}/iu;

/** "Keep only CON" is the opposite of deleting CON. */
const keptAlone: Doubt = ({ intent }, text) => (isDestructive(intent) ? (keepOnly.exec(text)?.[0] ?? null) : null);

const month = 'january|february|march|april|may|june|july|august|september|october|november|december';
const period = `(?:${month}|today|yesterday|(?:this|last) (?:year|month|week|quarter|spring|summer|autumn|winter)|(?:19|20)\\d\\d)`;
const denial = "(?:\\bnot|\\bnever|\\b(?:is|are|was|were|did|does|do|has|have|had)n['’]?t)";
const compared = 'older|newer|more|less|bigger|smaller|larger|over|under|above|below';
const deniedPeriod = new RegExp(
  [
    `${denial}\\s(?:(?!${compared}|later|earlier|than|before|after)\\p{L}{2,9}\\s){0,2}(?:(?:in|from|during|of|on|since)\\s)?${period}\\b`,
    `(?:${denial}\\s(?:\\p{L}{2,9}\\s)?(?:${compared})|\\bno (?:older|bigger|larger|more))\\s(?:than\\s)?(?:a|an|half|last|this|\\d)\\b`,
  ].join('|'),
  'iu',
);

/** "Not from May", "not made this year", "no bigger than 1 GB": no slot holds what is outside a range. */
const deniedRange: Doubt = ({ slots }, text) =>
  slots.dates === undefined && slots.size === undefined ? null : (deniedPeriod.exec(withoutQuotes(text))?.[0] ?? null);

const older =
  /(?<!(?:\bnot|\bno|n['’]?t|\bnever)\s(?:\p{L}{2,9}\s)?)\b(?:older than|earlier than|prior to)\b[^.;!?,]{1,30}/iu;
const newer =
  /(?<!(?:\bnot|\bno|n['’]?t|\bnever)\s(?:\p{L}{2,9}\s)?)\b(?:newer than|later than|younger than)\b[^.;!?,]{1,30}/iu;

/** "Not mine, older than 2020": a denial of something else does not turn a date round. */
const turnedDate: Doubt = ({ slots: { dates } }, text) => {
  if (dates === undefined) return null;
  const plain = withoutQuotes(text);
  if (dates.after !== undefined && dates.before === undefined) return older.exec(plain)?.[0] ?? null;
  if (dates.before !== undefined && dates.after === undefined) return newer.exec(plain)?.[0] ?? null;
  return null;
};

const ending = /\b(?:only|just|solely) (?:the |all |their )?\.?(csv|tsv|txt|zip|arff|xlsx|json|parquet)s?\b/iu;

/** "Except Megan's, only csvs": the files that are meant, of which no slot knows. */
const onlyFiles: Doubt = ({ intent, slots }, text) => {
  if (!isCommand(intent) || slots.all !== true) return null;
  const found = ending.exec(withoutQuotes(text));
  const isHeld = found !== null && slots.filter?.toLowerCase().includes(found[1]?.toLowerCase() ?? '') === true;
  return found === null || isHeld ? null : found[0];
};

const ownExcept = /\bmy\b[^.;!?]{0,30}\b(?:except|but not|besides|without|excluding|other than|apart from)\b/iu;

/** "My datasets except Megan's" is not everybody's but Megan's. */
const ownWithout: Doubt = ({ intent, slots }, text) => {
  const people = exceptedOwners(slots.exceptOwner);
  if (!isCommand(intent) || people.length === 0 || people.includes('me') || slots.owner === 'me') return null;
  return ownExcept.exec(withoutQuotes(text))?.[0] ?? null;
};

const dayOf =
  /\b(?:today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)['’]s (?=(?:datasets?|experiments?|models?|files?|data|stuff|things|notebooks?|uploads?)\b)/iu;

/** "Today's datasets": a day that nothing was read of. */
const unreadDay: Doubt = ({ intent, slots }, text) =>
  isCommand(intent) && slots.dates === undefined ? (dayOf.exec(withoutQuotes(text))?.[0].trim() ?? null) : null;

const repeated = new RegExp(
  '\\b(?:export|back ?up|save|copy|download) (?:up )?(?!(?:it|that|this|them|every|each|weekly|daily|monthly|once|on)\\b)' +
    '(?<object>[^.;!?]{2,60}?) (?:every|each|weekly|daily|monthly|yearly|once|on (?:mon|tues|wednes|thurs|fri|satur|sun|the)\\b)',
  'iu',
);
const whole =
  /\b(?:work ?spaces?|everything|all|it|that|this|them|data|stuff|whole|lot|again|place|lab|account|backup|export|copy|rest)\b/iu;

/** "Export churn weekly": an object of which nothing was read does not become the workspace. */
const unreadObject: Doubt = ({ intent, slots }, text) => {
  const { workspace, workspaces, all, assets, data } = slots;
  if (intent !== 'schedule.create' || all === true) return null;
  if ([workspace, workspaces, assets].some((slot) => slot !== undefined)) return null;
  const object = repeated.exec(withoutQuotes(text))?.groups?.object;
  if (object === undefined || whole.test(object)) return null;
  return data === undefined || !/\b(?:personal|customer)\b/iu.test(object) ? object : null;
};

/** "The last Friday of the quarter" is not every month. */
const otherRhythm: Doubt = ({ intent, slots: { recurrence = '' } }, text) => {
  if (intent !== 'schedule.create') return null;
  const found =
    /(?:(?:day|first|last|st|nd|rd|th) of (?:the|each|every) (?:quarter|year|half[- ]year)|quarterly|every quarter|yearly|annually|every year)\b/iu.exec(
      withoutQuotes(text),
    )?.[0];
  const isHeld = /INTERVAL=(?:3|6|12)|YEARLY/u.test(recurrence) || recurrence === '';
  return found === undefined || isHeld ? null : found;
};

/** What a message says of its object that no slot holds. Each is linear in the text. */
export const objectDoubts: readonly Doubt[] = [
  otherClause,
  askedAbout,
  corrected,
  keptAlone,
  deniedRange,
  turnedDate,
  onlyFiles,
  ownWithout,
  unreadDay,
  unreadObject,
  otherRhythm,
];

function withoutQuotes(text: string): string {
  return text.replace(/["“”][^"“”]{0,300}["“”]/gu, (quoted) => ' '.repeat(quoted.length));
}
