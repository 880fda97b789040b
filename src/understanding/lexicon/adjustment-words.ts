// Words of messages about the command before, for `adjustments.ts`.

/** With them what is named stays out, of an export and of a deletion. */
export const leavingOut = words(
  'out except exept excepting excluding exclude excluded minus without skip omit omitted besides apart drop off',
);

/** With them what is named survives a deletion. */
export const sparing = words(
  `keep keeping kept retain retained spare spared stay stays staying remain remains survive survives untouched intact touch alone hang hold onto
  limits stand still needs`,
);

export const negations = words(
  "not no never don't dont doesn't doesnt isn't isnt aren't arent needn't can't cant won't mustn't n't cannot",
);

/** Words of deletion that are no verb of a command by themselves: "get rid of", "A and B should go". */
export const saysDeletion =
  /\b(?:get(?:ting)? rid|(?:should|can|could|must|may|needs? to|has to|have to|ought to) (?:all |both )?(?:go|disappear|be gone)|throw(?:n)? (?:away|out)|chuck|toss|wipe|purge|destroy|trash)\b/iu;

/** "Not needed", "no need of": about what is left out of an export. */
export const notNeeded =
  /\b(?:not|no|n't|dont|don't|doesn't|doesnt) (?:be )?(?:need|needs|needed|required|require|use)\b/u;

/** "Not now": about the time, not about a thing. */
export const nowWords = words('now sure posted');

export const onlyWords = words(
  'only just limit limited restrict narrow enough do alone else mean meant ment solely merely make',
);

/** Anywhere in the message, one more thing is meant. */
export const moreWords = words('too also well plus add along another forgot overlooked same together');
/** At the beginning. */
export const firstMore = words('and n plus also + & add');

/** What makes an addition to a deletion a question or a condition. */
export const doubts = words('if whether maybe perhaps should would could might may unless when later why');

/** With one of these a rhythm is a wish. */
export const repeating = words(
  'do make repeat run set put want need schedule same again would happen let come should could please keep like expect expects',
);

/** A day limits a selection beside one of these, and in "I only joined last month" nothing. */
export const dating = words(
  'from before after since until older newer than ones those made created between stuff things dating',
);

/** With "but", everything else. */
export const allWords = words('everything all anything');

/** A remark about something adds nothing to a deletion, unless it says that it goes, too. */
export const remarks = words(
  "is isn't are was were has have had looks seems belongs contains holds uses needs its it's mine broke breaks failed works",
);
export const going = words('go goes going add along throw put plus add');

/** A rhythm beside one of these ends something. */
export const stopping = words("stop stops stopping cancel end quit longer no not never don't dont");

export const questionWords = words(
  "who whom since what which how when where whose why whats whos does do did is are was has have can could what's who's",
);
export const pointers = words("it that this them those its it's thats that's");
export const properties = words(
  `made makes owns owned own created owner uses use used using depend depends big large size old wrote uploaded upload touched call calls read reads
  changed modified size mb gb kb who whom when whose old needed break breaks known last happens`,
);

/** Which of several, from 0; negative from the end. */
export const ordinalNumbers: ReadonlyMap<string, number> = new Map([
  ['first', 0],
  ['former', 0],
  ['second', 1],
  ['2nd', 1],
  ['third', 2],
  ['3rd', 2],
  ['latter', -1],
]);
export const ordinals: ReadonlySet<string> = new Set(ordinalNumbers.keys());

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/u));
}
