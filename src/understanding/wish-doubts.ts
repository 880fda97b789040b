import { isCommand, isDestructive, type Offer } from './intents.ts';
import { actOf } from './lexicon/acts.ts';
import type { Doubt } from './object-doubts.ts';

type Wish = Pick<Offer, 'intent' | 'slots'>;

/** Where the names of a wish stand in a text; null where it has none there. */
interface Named {
  readonly start: number;
  readonly end: number;
}

function namedIn(
  { slots: { assets = [], workspace, workspaces = [], except = [] } }: Wish,
  text: string,
): Named | null {
  const lower = text.toLowerCase();
  const names = [...assets.map(({ name }) => name), ...workspaces, ...except.map(({ name }) => name)];
  const found = [...names, ...(workspace === undefined ? [] : [workspace])].flatMap((name) => {
    const start = lower.indexOf(name.toLowerCase());
    return start < 0 ? [] : [{ start, end: start + name.length }];
  });
  if (found.length === 0) return null;
  return { start: Math.min(...found.map(({ start }) => start)), end: Math.max(...found.map(({ end }) => end)) };
}

/** What stands in front of the verb of a command, and behind its names; null where no verb of it leads to them. */
function around(wish: Wish, text: string): { readonly before: string; readonly after: string } | null {
  const { intent, slots } = wish;
  const named = isCommand(intent) && slots.then === undefined ? namedIn(wish, text) : null;
  if (named === null) return null;
  const words = [...text.slice(0, named.start).matchAll(/\p{L}+/gu)];
  const verb = words.findLast(([word]) => acts.has(actOf(word.toLowerCase()) ?? ''));
  const act = verb === undefined ? null : actOf(verb[0].toLowerCase());
  if (verb === undefined || (act === 'delete') !== isDestructive(intent)) return null;
  return { before: text.slice(0, verb.index), after: text.slice(named.end) };
}

const acts = new Set(['delete', 'export']);

function inFront(phrase: RegExp): Doubt {
  return (wish, text) =>
    phrase
      .exec(around(wish, text)?.before ?? '')?.[0]
      .replace(/^\P{L}+/u, '')
      .trim() || null;
}

function following(phrase: RegExp): Doubt {
  return (wish, text) =>
    phrase
      .exec(around(wish, text)?.after ?? '')?.[0]
      .replace(/^[^\p{L}\p{N}+]+/u, '')
      .trim() || null;
}

/** One of these, each a part of a regular expression. */
function oneOf(...alternatives: readonly string[]): string {
  return `(?:${alternatives.join('|')})`;
}

const polite = '(?:please |pls |kindly |just |now |then |also |maybe |you |could |can |should |we |i |to |do ){0,6}';
const start = '(?:^|[,.;:!?]\\s{0,2})(?:(?:and|so|ok|okay|but|maybe|perhaps|well|then|hey|wait) ){0,3}';
const negations = oneOf(
  "(?:do|did|should|must|need|would|will) ?(?:not|n['’]?t)",
  "(?:not|\\p{L}{2,6}n['’]?t|no longer) (?:supposed|allowed|permitted|going|want(?:ing)?|wish|need|intend|meant?)(?: you| us)? to",
  '(?:nobody|no one) [\\p{L} ]{0,30}(?:to|may|should)',
  "(?:don|won)['’]?t|never|not|rather you did not|no authority to|forbidden to|forbid you to|stop (?:trying|asking)(?: me)? to",
  'no circumstances (?:should|must|may) (?:you|we|i|anybody)|no (?:need|reason) to',
);

/** "Please not export", "never export", "under no circumstances should you": the wish is that it is not done. */
const denied = inFront(
  new RegExp(
    `(?:\\b${negations}(?: (?:ever|please|yet|you|to|simply|just)){0,3}|^\\W{0,3}(?:wontfix|dry[- ]?run|test run)\\b:?)\\s*$`,
    'iu',
  ),
);

/** What "if" and "when" are followed by where they are only polite. */
const courtesy = oneOf(
  "(?:you|u|u've|ya)\\b|possible|it['’]?s |it is|it isn|that['’]?s |that is|that works|i may|need be|necessary|allowed|permitted",
  "there['’]?s|at all|we may|nothing else|anyhow|not too|so|not|time permits|convenient|feasible|done|ready|finished",
);

/** "If the checksum matches: export", "once the partners have met, export": not now, or perhaps not at all. */
const unlessMet = inFront(
  new RegExp(
    `${start}(?:(?:if|when|whenever|as soon as|once) (?!${courtesy}|more|again|and for all)|iff |unless |provided |assuming |subject to (?!your)|` +
      `upon (?:expiry|completion|receipt)|pending |(?:under|on) (?:the )?condition |if, and only if, )` +
      `[^.;!?,:]{2,140}(?:[,:]|then)?\\s{0,2}${polite}$`,
    'iu',
  ),
);

const day = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const count = '(?:an?|one|two|three|four|five|six|\\d{1,2})';
const later = oneOf(
  `tomorrow|tmrw|tmr|tomorow|later(?: on)?(?: today)?|next (?:week|month|year|quarter|sprint|${day}|time)`,
  `in the (?:next|new|coming) (?:week|month|year|quarter|fiscal year)s?|at the (?:close|end|start|beginning|next) (?:of )?[\\p{L} ]{3,30}|in ${count} (?:hours?|days?|weeks?|months?|years?)`,
);
const atTime = `at \\d{1,2}(?:[:.]\\d\\d)?(?: ?(?:utc|cet|am|pm|o['’]?clock))?|on ${day}|this (?:evening|weekend)`;

/** "Remind me tomorrow to export", "at 02:00 UTC export", "next week please export". */
const postponed = inFront(
  new RegExp(`(?:${start}(?:remind me )?(?:${later}|${atTime}),? ${polite}|\\bremind me\\b[^.;!?]{0,60})$`, 'iu'),
);

const advised =
  'lawful|legal|illegal|prudent|wise|unwise|smart|allowed|permitted|right|correct|a (?:good|bad) idea|safe|unsafe|risky|dangerous|ethical|' +
  'appropriate|harmful|advisable|premature|a mistake|wrong|sensible|bad|worth it|irresponsible|compliant';

/** "Would it be lawful to export", "should I export", "idk if I should", "who told you to": nothing is wished for. */
const asked = inFront(
  new RegExp(
    start +
      oneOf(
        `(?:would it be|is it)(?: \\p{L}+)? (?:${advised})\\b[^.,;!?]{0,40} to`,
        'should (?:i|we)|suppos(?:e|ing) (?:i|we|one|you|that)|whether to',
        '(?:idk|dunno|lemme sleep on|let me sleep on|not sure|unsure|undecided|in two minds|tbd|not certain)[^.,;!?]{0,30}(?:if|whether)(?: (?:i|we|it|to))?(?! (?:you|u) )',
        'who (?:told|asked|ordered) you to|why (?:did|do|does|should) (?:we|he|she|they|\\p{Lu}\\p{L}+)|were (?:we|you|they) (?:ever )?\\p{L}+ to',
        '(?:it has been|they|he|she|somebody|someone|\\p{Lu}\\p{L}+|an? [\\p{L} ]{3,30}) (?:once|had|has been|already|was|were|alleged)',
        '(?:last \\p{L}{3,9},? |yesterday,? |back then,? |once )(?:i|we|they|he|she)|in my day|eta to|(?:i|we|they) had to',
      ) +
      '(?= )[^.,;:!?]{0,60}$',
    'iu',
  ),
);

/** "Raj just texted me: export", "clause 9 reads as follows: export": somebody else's words. */
const reported = inFront(
  new RegExp(
    "(?<!\\bi(?:['’]ve)?\\s)\\b(?:said|says|wrote|writes|texted|texts|mailed|e-?mailed|reads|quotes?|posted|was like|letter|follows)\\b" +
      '(?! (?:yes|nothing|so|no|ok))[^,.;!?]{0,30}:\\s{0,3}["“\'‘]?\\W{0,2}$',
    'iu',
  ),
);

const end = '[^.;!?\\n]{0,80}';
const opening = '^["”’\')]{0,2}[\\s,;:–—-]{0,4}(?:\\bbut\\b,? )?(?:please )?';
const limiting = [
  'except',
  'exceptKinds',
  'exceptOwner',
  'owner',
  'dates',
  'size',
  'pick',
  'unused',
  'status',
  'filter',
  'data',
] as const;

/** "Export churn.csv but only the 2022 rows", "excluding personal data", "--exclude pii": a part of it. */
const onlyAPart: Doubt = (wish, text) =>
  limiting.some((slot) => wish.slots[slot] !== undefined) ? null : partBehind(wish, text);

const partBehind = following(
  new RegExp(
    opening +
      oneOf(
        '(?:well )?(?:only|just|merely) (?:the|from|those|what|its|rows?|lines?|columns?|data|\\d|to the extent)',
        '(?:well )?not (?:the whole|all|everything|any)(?! (?:that|of that))|but not? the (?!workspace)',
        '(?:skip|leave out|omit) |(?:first|last|top) \\d+ (?:rows?|lines?)|as a (?:dry[ -]?run|test)',
        '(?:excluding|exclude|--?exclude|minus|save for|apart from|other than|leaving out|omitting|except(?:ing)?|without)\\b' +
          '(?! (?:further|any (?:delay|hurry|rush)|delay|fail|asking|question|mercy|me|it|that|doubt))',
      ) +
      end,
    'iu',
  ),
);

/** "Once the sprint's done", "after PR 881 lands", "provided that …", "iff unused": not now, or not certainly. */
const notNow = following(
  new RegExp(
    opening +
      oneOf(
        `(?:only )?(?:if|when|as soon as|once) (?!${courtesy}|more|again|only|and)(?=\\p{L})`,
        'iff |unless |provided |assuming (?!you)|subject to (?!your)|as long as (?!you)|on condition |not before |not until |wait (?:for|until) |(?:only )?to the extent ',
        "after (?!all|that|this|which)(?:[\\p{L}\\p{N}'’-]+ ){1,5}(?:is|are|has|have|lands?|ends?|closes?|finish(?:es)?|comes?|leaves?|signs?|approves?|confirms?|agrees?)\\b",
        `${later}(?= ?(?:$|[.!,;]|please|pls|thanks))`,
      ) +
      end,
    'iu',
  ),
);

/** "+ all its parents", "and any records derived from it", "together with whatever the others left": more than it. */
const andMore: Doubt = (wish, text) => {
  const found = moreBehind(wish, text);
  const isInside =
    wish.intent.endsWith('.workspace') && /\b(?:inside|within|in it|in there|of it|contains?)\b/iu.test(found ?? '');
  return isInside ? null : found;
};

const moreBehind = following(
  new RegExp(
    `${opening}(?:\\+|plus|and|&|as well as|along with|together with)\\s{0,2}(?:like,? |also |then |maybe |of course |the same for |to this |with it ){0,3}` +
      "(?:all(?! at once| done)|any|every|the list|the others?|everything|anything|whatever|the rest|its|their|his|her|\\p{L}{2,20}['’]s (?:stuff|things|data|files|ones))(?![\\p{L}])" +
      end,
    'iu',
  ),
);

/** "I withdraw this instruction", "jkjk don't", "no wait, not do it", "actually scrap that": taken back at once. */
const takenBack = following(
  new RegExp(
    '[\\s,.;:!–—-]{1,4}' +
      oneOf(
        'i (?:withdraw|retract|take (?:it|that) back)|nvm|never ?mind|jk+|jkjk|just kidding|kidding|belay that|scratch that|no wait|wait,? no',
        "(?:actually|or rather|no),? (?:no|don['’]?t|do not|scrap|leave|keep|wait|not)|don['’]?t do|not do it|better not|or (?:better|maybe) not",
      ) +
      `\\b${end}`,
    'iu',
  ),
);

/** "…, or would that be unwise?", "…? or do I need to ask someone first": a question whether to do it. */
const inQuestion = following(
  /[\s,.;:?–—-]{1,4}or (?:is|are|was|would|will|do|does|should|shall|must|might) (?:that|it|this|i|we|there|you)\b[^.;!\n]{0,80}/iu,
);

/**
 * What a message says of a command as a whole that no slot holds: that it is not to be done, not now, or not certainly,
 * that it is somebody else's words, a part of what is named or more than that. Each is linear in the text.
 */
export const wishDoubts: readonly Doubt[] = [
  denied,
  unlessMet,
  postponed,
  asked,
  reported,
  onlyAPart,
  notNow,
  andMore,
  takenBack,
  inQuestion,
];
