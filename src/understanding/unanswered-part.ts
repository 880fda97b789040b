import { isCommand, type Reading, sureEnough } from './intents.ts';

/** Readings that answer or change one thing, beside which another wish can be overlooked. */
const single =
  /^(?:link\.|list\.|account\.info|request\.|schedule\.(?:list|stop)|record\.show|asset\.show|ask$|decline$)/u;
/** Readings of a part that ask for nothing. */
const empty: ReadonlySet<string> = new Set(['none', 'greet', 'confirm', 'decline', 'help']);

const polite =
  "(?:also |please |then |kindly |maybe |perhaps |could you |can you |can i |could i |would you |i(?:'d| would) (?:also )?like (?:to|you to) |we should |you can )";
const asking = 'how (?:many|much|big|large|full|long|far|old|soon)|who|whose|why|when|where|what|which';
const acting =
  'cancel|stop|revoke|delete|remove|erase|wipe|chuck|drop|kill|bin|scrap|get rid of|forget|export|back ?up|save|' +
  'send|email|write|notify|inform|show|list|rename|extend|set up|do (?=every|each|it every)|tell me|give me';
const wish = new RegExp(
  `^\\W{0,3}(?:(?:and|so|plus|but|then|or|after that),? )?(?:${polite}){0,4}(?:${asking}|${acting})\\b`,
  'iu',
);
const wanted = new RegExp(
  `^\\W{0,3}(?:(?:and|so|plus|but|then|or|after that),? )?(?:${polite}){0,4}(?:${acting})\\b`,
  'iu',
);
const isCounted =
  /\b(?:how (?:many|much|big|large|full|long|far|old|soon)|whose|why|who (?:made|owns?|created|uploaded))\b/iu;
const isOfColumns =
  /\bwith (?:the |their |its )?(?:dates?|days?|ids?|sizes?|counts?|numbers?|owners?)\b[^.;!?\n]{0,80}|\bwhen (?:each|they|he|she)\b[^.;!?\n]{0,60}/iu;

/**
 * "May I have the link once more, and please cancel the old one": of a message that asks for two things and of which
 * one is read, the other one is named, so that it can be asked for by itself. `read` reads a text by itself. Pure; reads
 * at most four parts.
 */
export function withUnanswered(reading: Reading, text: string, read: (text: string) => Reading): Reading {
  const { intent, offers, overlooked } = reading;
  if (!single.test(intent) || offers !== undefined || overlooked !== undefined || text.length > longest) return reading;
  const columns = intent === 'list.workspaces' || intent === 'account.info' ? isOfColumns.exec(text)?.[0] : undefined;
  if (columns !== undefined) return { ...reading, overlooked: shortened(columns) };
  const dated = intent === 'list.workspaces' ? datedWords.exec(text)?.[0] : undefined;
  if (dated !== undefined) return { ...reading, overlooked: shortened(dated) };
  const parts = partsOf(text);
  if (parts.length < 2 || parts.length > mostParts) return reading;
  const readings = parts.map((part) => read(part));
  // What the reading itself comes from.
  const own = Math.max(
    0,
    readings.findIndex((each) => each.intent === intent),
  );
  // A question may be about doing something; a wish in front of it, or a sentence of its own, is none of it.
  const isApart = (at: number) => intent !== 'ask' || (at < own ? at === 0 : /[.;!?]\s*$/u.test(parts[at - 1] ?? ''));
  const other = parts.find(
    (part, at) =>
      at !== own &&
      isApart(at) &&
      (intent === 'ask' ? wanted : wish).test(part) &&
      isAnother(part, readings[at], intent, text),
  );
  return other === undefined ? reading : { ...reading, overlooked: shortened(other) };
}

const datedWords =
  /\b(?:before|after|since|older than|newer than|from) (?:\d{4}|last|this|january|february|march|april|may|june|july|august|september|october|november|december)\b[^,.;!?]{0,20}/iu;

const longest = 400;
const mostParts = 4;

/** The clauses that may ask for something. A dot within a word ends none. */
function partsOf(text: string): string[] {
  const joint = new RegExp(
    `(?<=[.;!?])\\s+|,?\\s(?:and|also|plus|but)\\s(?=(?:${polite}){0,4}(?:${asking}|${acting})\\b)`,
    'iu',
  );
  return text.split(joint).filter((part) => /\p{L}{2}/u.test(part));
}

/** Sizes, owners and dates stand in each row of a list of assets. */
const rows = '(?:they|it|them|each|those|these|all)';
const toldByRows = new RegExp(
  `^\\W{0,3}(?:and )?(?:(?:show|tell) me )?(?:how (?:big|large|old) (?:${rows} (?:is|are)|(?:is|are) ${rows})|` +
    `(?:who (?:owns?|made|created|uploaded)|whose (?:is|are)|when (?:was|were)) ${rows})\\b`,
  'iu',
);

const asksDone = /\b(?:what|which|when|did|have|has)\b[^.;!?]{0,40}\b(?:i|we)\b/iu;

/** A wish of its own: it reads as something else, it asks for a number, or it wants something done. */
function isAnother(part: string, read: Reading | undefined, intent: string, text: string): boolean {
  if (read === undefined || read.intent === intent) return false;
  if (intent === 'list.assets' && toldByRows.test(part)) return false;
  // "What did I delete and export today" asks one thing.
  if (intent === 'request.list' && /^(?:export|delet|remov|eras|wip)/iu.test(part) && asksDone.test(text)) return false;
  if (isCommand(read.intent) || isCounted.test(part) || wanted.test(part)) return true;
  return !empty.has(read.intent) && read.confidence >= sureEnough;
}

function shortened(part: string): string {
  return part
    .trim()
    .replace(/[.;!?]$/u, '')
    .slice(0, 100);
}
