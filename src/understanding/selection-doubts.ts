import { exceptedOwners } from '../domain/asset-mentions.ts';
import { isCommand, isDestructive, type Offer, type Reading } from './intents.ts';
import { type Doubt, objectDoubts } from './object-doubts.ts';
import { wishDoubts } from './wish-doubts.ts';

type Wish = Pick<Offer, 'intent' | 'slots'>;

const needing = '(?:still |also |really )?(?:needs?|uses?|wants? to keep)';
const stayingSaid = new RegExp(
  [
    '\\b(?:stays?|remains?|survives?)\\b',
    '\\b(?:must|should|shall|has to|have to|ought to|better) not (?:be )?(?:go|gone|deleted|lost|touched)\\b',
    "\\b(?:off limits|legal hold|in use|still needed|hold on to|hang on to|(?:do not|don['’]?t) (?:lose|touch))\\b",
    `\\b(?:i|we|they|he|she|\\p{L}{3,20}) ${needing} (?:mine|hers|his|theirs|ours|them|those|the \\p{L}{4,12}s)\\b`,
    "\\b(?:mine|hers|his|theirs|\\p{L}{3,20}['’]s) (?:is|are|i|we) (?:still )?(?:needed|need|used)\\b",
  ].join('|'),
  'iu',
);

/** "Delete everything in it, the workspace stays": that is a deletion of what is in it. */
const workspaceStays =
  /\bworkspace(?: itself| alone)? (?:stays?|remains?|survives?|(?:must|should|has to|can) stay)\b/giu;

/** "All failed experiments, mine are off limits": what is said to stay is an exception, or nothing is done. */
const staying: Doubt = ({ intent, slots }, text) => {
  const { all, except = [], exceptKinds, exceptOwner, unused } = slots;
  const isSelection = intent === 'delete.assets' && all === true;
  if (!isSelection && intent !== 'delete.workspace') return null;
  if (except.length > 0 || exceptKinds !== undefined || exceptOwner !== undefined || unused === true) return null;
  return stayingSaid.exec(withoutQuotes(text).replace(workspaceStays, ''))?.[0] ?? null;
};

const kind = 'datasets?|experiments?|(?:trained )?models?|notebooks?|projects?|modules?|files?|assets?|web services?';
const actBefore = new RegExp(
  `\\b(?:delete|remove|erase|wipe|bin|export|back ?up|download|drop|ditch|trash|get rid of)\\s(?:(?:the|my|our|csv|both|these|${kind})\\s){0,4}["“'‘]?$`,
  'iu',
);

/** "Delete churn.csv and CON, except CON": what the verb names first is not what is left out of everything else. */
const turnedRound: Doubt = ({ intent, slots }, text) => {
  const { all, except = [] } = slots;
  if (!isCommand(intent) || all !== true) return null;
  const object = except.find(({ name }) => {
    const at = text.toLowerCase().indexOf(name.toLowerCase());
    return at > 0 && actBefore.test(text.slice(Math.max(0, at - 80), at));
  });
  return object === undefined ? null : object.name;
};

const denial = "(?:\\bnot|\\bnever|\\b\\p{L}{2,6}n['’]?t)";
const months = 'january|february|march|april|may|june|july|august|september|october|november|december';
const compared = '(?:older|newer|more|less|bigger|smaller|larger|over|under) (?:than )?';
const deniedDate = new RegExp(
  [
    `${denial}\\s(?:\\p{L}{2,10}\\s){0,2}(?:in|from|during|of|on)\\s(?:(?:the year|early|late|${months}) )?(?:19|20)\\d\\d\\b`,
    `${denial}\\s(?:\\p{L}{2,10}\\s){0,1}${compared}(?:\\d|one|two|three|four|five|six|seven|eight|nine|ten)`,
  ].join('|'),
  'iu',
);

/** "Not created in 2019", "not older than 5 years", "not smaller than 1 GB": no slot holds what is outside a range. */
const denied: Doubt = ({ slots }, text) => {
  if (slots.dates === undefined && slots.size === undefined) return null;
  return deniedDate.exec(withoutQuotes(text))?.[0] ?? null;
};

/** "Not unused", "not failed": the opposite of a state. */
const deniedState: Doubt = ({ slots }, text) => {
  if (slots.unused !== true && slots.status === undefined) return null;
  return (
    /\b(?:not|never|\p{L}{2,6}n['’]?t) (?:\p{L}{2,8} )?(?:unused|failed|drafts?|running)\b/iu.exec(text)?.[0] ?? null
  );
};

/** "Made by Megan or me", "except mine, Megan's and churn's": a further person, whom no slot holds. */
const furtherPerson: Doubt = ({ slots }, text) => {
  const people = [...exceptedOwners(slots.exceptOwner), ...(slots.owner === undefined ? [] : [slots.owner])];
  for (const person of people) {
    const found = furtherBehind(person, people, text);
    if (found !== null) return found;
  }
  return null;
};

/** Where a person stands in front of another one who is not held; null elsewhere. */
function furtherBehind(person: string, held: readonly string[], text: string): string | null {
  const said = person === 'me' ? "(?:mine|me|myself|i didn['’]?t \\p{L}{3,8}|i made|i own)" : RegExp.escape(person);
  const party = `(?:the|our|my|his|her|their|some|any) (?!(?:${kind})\\b)\\p{L}{3,20}(?:['’]s?)?(?= |$|[.,!?])`;
  const other = `me\\b|mine\\b|myself\\b|${party}|\\p{Lu}\\p{L}{2,20}(?:['’]s\\b|(?= |$|[.,!?]))`;
  const further = new RegExp(
    `(?<![\\p{L}\\p{N}])${said}(?:['’]s)?(?: \\p{L}{3,8})?,? (?:or|and|nor|&) (?:by |of |from |those of |also )?(${other})`,
    'u',
  );
  const [found, behind = ''] = further.exec(text) ?? [];
  if (found === undefined || isAmong(held, behind)) return null;
  return /\b(?:and|or) (?:The|In|From|Please|Export|Delete)\b/u.test(found) ? null : found;
}

/** Whether a person as said, "Megan's" or "mine", is one of these. */
function isAmong(people: readonly string[], said: string): boolean {
  if (['me', 'mine', 'myself'].includes(said)) return people.includes('me');
  const bare = said.replace(/['’]s$/u, '').toLowerCase();
  return people.some((name) => name.toLowerCase().includes(bare));
}

const number = '(?:\\d|(?:two|three|four|five|six|seven|eight|nine|ten)\\b)';
const corrected = new RegExp(
  [
    `(?:[,;.–—-]\\s{0,2}|\\s)(?:no|sorry|wait|or rather|scratch that|make that|correction|i mean(?:t)?)\\b[,:]?\\s{1,2}`,
    `(?:(?:no|wait|i mean(?:t)?|the|just|only|all),?\\s){0,3}(?:${number}|(?:${kind})\\b|\\p{L}{3,20}['’]s\\b)`,
  ].join(''),
  'iu',
);

/** "The 10 oldest, no, 5", "Megan's, I mean Alex's": a selection is never made by what was taken back. */
const takenBack: Doubt = ({ intent, slots }, text) => {
  if (slots.all !== true || !(isCommand(intent) || intent === 'schedule.create')) return null;
  const found = corrected.exec(withoutQuotes(text));
  return found === null || found.index < 8 ? null : found[0].replace(/^\P{L}+/u, '').trim();
};

const furtherNeed = new RegExp(
  `\\b(?:i|we|they|he|she) ${needing}\\b|\\b(?:keep|lose|touch|hold|leave|need|needs|needed|used|gone|stay|stays)\\b`,
  'iu',
);

const needless =
  /\b(?:not|never|no longer|n['’]?t|nobody|no one)\b[^,;]{0,12}\b(?:need|needs|needed|used?|using)\b|\bn['’]?t need\b/iu;

/** "Delete churn.csv and CON. I need CON": a name that comes again, in a clause of need, is not deleted. */
const namedAgain: Doubt = ({ intent, slots }, text) => {
  if (!isDestructive(intent)) return null;
  for (const { name } of slots.assets ?? []) {
    const first = text.indexOf(name);
    const again = first < 0 ? -1 : text.indexOf(name, first + name.length);
    if (again < 0) continue;
    const clause = text.slice(first + name.length).match(/[^.,;!?]*/gu) ?? [];
    const said = clause.find((part) => part.includes(name) && furtherNeed.test(part) && !needless.test(part));
    if (said !== undefined) return said.trim();
  }
  return null;
};

const ofTime = 'on|until|till|every|once|for|in|from|\\d|the (?:first|last)|(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const ofDoing = 'export|back|save|copy|do|run|make|keep|start|please|want|need|like|set';
const narrowing = new RegExp(
  `\\b(?:just|only|except|without|but not|not)\\b (?!(?:${ofTime}|${ofDoing}))[^.;!?,]{1,40}`,
  'iu',
);

/** "Every Friday, only mine": a part of the workspace, of which nothing was read, never repeats as the whole. */
const partOfRhythm: Doubt = ({ intent, slots }, text) => {
  if (intent !== 'schedule.create' || slots.all === true || slots.data !== undefined) return null;
  return narrowing.exec(withoutQuotes(text))?.[0] ?? null;
};

const possessive =
  /\b(?:mine|hers)\b|(?<![\p{L}\p{N}])(?!Let|It|What|That|There|Here|Who|He|She|How|Where)\p{Lu}\p{L}{2,20}['’]s(?![\p{L}\p{N}])/gu;

/** "Not Megan's though", "Megan's but not Alex's": whose something is, of which nothing was read. */
const unreadOwner: Doubt = ({ intent, slots }, text) => {
  const { all, owner = '', subject, except = [], workspace = '', filter = '' } = slots;
  if (!isCommand(intent) || all !== true || subject !== undefined) return null;
  const held = [workspace, filter, owner, ...exceptedOwners(slots.exceptOwner), ...except.map(({ name }) => name)];
  const found = withoutQuotes(text).match(possessive) ?? [];
  return found.find((said) => !isAmong(held, said)) ?? null;
};

/** "All notebooks and csv files": files beside a kind, which is only half of it. */
const halfOfTwo: Doubt = ({ intent, slots }, text) => {
  if (!isCommand(intent) || slots.all !== true || slots.kind === undefined || slots.filter !== undefined) return null;
  const said = /(?:\b(?:and|or|plus)|,) (?:all |the |my )?(?:\p{L}{2,5} files?|csvs|files)\b/iu.exec(
    withoutQuotes(text),
  );
  return said?.[0] ?? null;
};

const pointing = new RegExp(
  `\\b(?:(?:the |those |these |all |only |just )?(?:\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|both|few|others?|rest)|those|these|the ones?|them)` +
    '(?: of (?:them|those|these))? (?:in|from|of|inside) (?:the |my |our )?["“]?',
  'iu',
);

/** "Export the two in Churn Lab", "delete those in Churn Lab": some things that were shown are never the whole of it. */
const someOfPlace: Doubt = ({ intent, slots }, text) => {
  const { workspace, all, assets = [] } = slots;
  const isWhole = intent === 'export.workspace' || intent === 'delete.workspace';
  const isBare =
    (intent === 'schedule.create' && all !== true) || assets.some(({ name }) => /^(?:in|from|of) /u.test(name));
  if (workspace === undefined || !(isWhole || isBare)) return null;
  const at = text.toLowerCase().indexOf(workspace.toLowerCase());
  const before = text.slice(Math.max(0, at - 60), Math.max(0, at));
  return new RegExp(`${pointing.source}$`, 'iu').exec(before)?.[0].trim() ?? null;
};

const courtesy =
  "you|possible|(?:that|it|this)(?:['’]s| is) (?:ok|okay|fine|alright|all right|possible|no|not too|easy)|i may|not|needed|necessary|any|so|that is (?:feasible|ok|okay|fine|possible|allowed)";
const gladly = '(?<!(?:glad|grateful|great|nice|good|lovely|appreciate it|happy|cool|helpful|best|wonderful) )';
const condition = new RegExp(
  `${gladly}(?:\\b(?:but|and) )?(?:\\bonly )?\\b(?:if (?!(?:${courtesy})\\b)|unless |provided (?:that )?|` +
    '(?:as|so) long as (?!you\\b)|on condition |assuming )[^.;!?]{3,60}',
  'iu',
);

/** "Delete CON, but only if nothing uses it": a condition that no slot holds is not left to chance. */
const conditional: Doubt = ({ intent, slots }, text) => {
  if (!isDestructive(intent)) return null;
  const found = condition.exec(withoutQuotes(text))?.[0] ?? null;
  const isHeld = slots.unused === true && /\b(?:us(?:e|es|ed|ing)|needs?|depends?)\b/iu.test(found ?? '');
  return isHeld ? null : found;
};

const kindForms = {
  dataset: 'datasets?',
  experiment: 'experiments?',
  model: '(?:trained )?models?',
  notebook: 'notebooks?',
  project: 'projects?',
  module: 'modules?',
  webservice: 'web ?services?',
} as const;

/** "The datasets, then my experiments": a second kind beside the one that was read. */
const secondKind: Doubt = ({ intent, slots }, text) => {
  if (!(intent === 'list.assets' || slots.all === true) || slots.kind === undefined) return null;
  const others = Object.entries(kindForms).flatMap(([each, forms]) => (each === slots.kind ? [] : forms));
  const further = new RegExp(
    `(?:\\b(?:and|plus|then|also|as well as)|,) (?:(?:the|my|all|our|then|also|every|each|of|these|those|\\p{L}{2,20}['’]s) ){0,3}(?:${others.join('|')})\\b(?! (?:that|which|using|with))`,
    'iu',
  );
  return further.exec(withoutQuotes(text))?.[0].replace(/^[\s,]+/u, '') ?? null;
};

const doubts: readonly Doubt[] = [
  ...objectDoubts,
  secondKind,
  someOfPlace,
  conditional,
  unreadOwner,
  halfOfTwo,
  staying,
  turnedRound,
  denied,
  deniedState,
  furtherPerson,
  takenBack,
  namedAgain,
  partOfRhythm,
  ...wishDoubts,
];

/**
 * The last check of a selection, after everything that reads one: what a message says of it and its slots do not hold is
 * named, and nothing is done; a list is shown, and says it. A button never does what is doubted. Pure; linear in the
 * text.
 */
export function withoutDoubts(reading: Reading, text: string): Reading {
  const { offers, ...rest } = reading;
  if (offers !== undefined) {
    const left = offers.filter((offer) => doubtOf(offer, text) === null);
    if (left.length === offers.length) return reading;
    if (left.length > 0) return { ...rest, offers: left };
    const said = doubtOf(offers[0] ?? reading, text);
    return rest.lost !== undefined || said === null ? rest : { ...rest, lost: said.slice(0, longestShown).trim() };
  }
  const lost = doubtOf(reading, text);
  if (lost === null) return reading;
  const said = lost.slice(0, longestShown).trim();
  if (reading.intent === 'list.assets') {
    const { overlooked } = reading;
    return overlooked?.includes(said) === true ? reading : { ...reading, overlooked: overlooked ?? said };
  }
  return { intent: 'none', slots: {}, confidence: 0.5, why: 'a doubt about what is selected', lost: said };
}

const longestShown = 60;

function doubtOf(wish: Wish, text: string): string | null {
  for (const doubt of doubts) {
    const said = doubt(wish, text);
    if (said !== null) return said;
  }
  return null;
}

function withoutQuotes(text: string): string {
  return text.replace(/["“”][^"“”]{0,300}["“”]/gu, (quoted) => ' '.repeat(quoted.length));
}
