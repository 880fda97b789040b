import type { Command } from './command.ts';
import { isInjection, vetoIn } from './speech-acts.ts';
import { parseTarget } from './targets.ts';
import { type Sentence, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

/**
 * The veto against a command in the words around it; null when there is none. `commands` are all commands of the
 * sentence.
 */
export function vetoes(sentence: Sentence, command: Command, commands: readonly Command[]): string | null {
  if (sentence.openQuote) return 'a quotation that does not end';
  const before = wordsBetween(sentence, command, commands, 0, command.from);
  const after = wordsBetween(sentence, command, commands, command.end, sentence.tokens.length);
  const tail = wordsBetween(sentence, command, commands, command.target.end, command.end);
  return (
    vetoIn(before, 'before', concludes.test(wordAt(sentence, command.from))) ??
    vetoBefore(sentence, before, command.from) ??
    continuesOther(sentence, command, commands) ??
    vetoIn(after, 'after') ??
    vetoIn(tail, 'after') ??
    doubtfulName(sentence, command) ??
    inDoubt(after)
  );
}

const concludes = /^(?:so|hence|therefore|thus|consequently|accordingly)$/;

/**
 * The words of a token range, with the command's own names masked, because a name may contain any word, and its dates,
 * because "from last year" selects assets and does not postpone the command. Of another command's name only the first
 * word is masked, because the end of that name is not certain.
 */
function wordsBetween(
  sentence: Sentence,
  command: Command,
  commands: readonly Command[],
  from: number,
  to: number,
): string {
  const words: string[] = [];
  for (let index = from; index < to; index += 1) {
    const dates = command.qualifier.dateWords;
    const ofOwn = dates === undefined ? command.target.names : [...command.target.names, dates];
    const own = ofOwn.some(([first, last]) => index >= first && index < last);
    const other = commands.some(({ target }) => target.names.some(([first]) => index === first));
    words.push(own || other ? 'n' : wordAt(sentence, index));
  }
  return words.join(' ');
}

/**
 * A name that is marked only by its kind may begin with any word, but when words of a veto follow later, the end of the
 * name is unclear: "delete dataset loans never mind".
 */
function doubtfulName(sentence: Sentence, command: Command): string | null {
  for (const [from, to] of command.target.names) {
    if (sentence.tokens[from]?.quoted !== undefined) continue;
    const later = sentence.tokens.slice(from + 1, to).map(({ word }) => word);
    if (later.length === 0) continue;
    const words = later.join(' ');
    const reason = isInjection(words)
      ? 'it may hold instructions'
      : command.action === 'delete'
        ? vetoIn(words, 'after')
        : null;
    if (reason !== null) return `the name is unclear: ${reason}`;
  }
  return null;
}

const questionStart = new RegExp(wrapped`
  ^(?:(?:so|and|but|hi|hello|hey|ok|well|please|sorry|,|\.|!) ){0,6}
  (?:
    how|what|why|who|whom|whose|which|where|when|is|are|am|do|does|did|was|were|has|have i|can i|can we|could i|
    could we|may i|should i|should we|would i|would it|shall i|shall we|will i|will it|explain|tell me|describe
  )\b
`);

const questionInside =
  /(?:^| )(?:how|what|why|when|where|who) (?:do|does|can|could|should|would|is|are|to|may|must|did) /;
const benignColon = new RegExp(wrapped`
  (?:^|[.!?,] )
  (?:(?:
    (?:hi|hello|hey|dear) (?:bot|steward|studio steward)|
    hi|hello|hey|dear|please|next|task|tasks|request|requests|my|cleanup|clean|up|housekeeping|urgent|now|
    today|reason|ticket|action|command|steps?|two|one|three|things?|the|following|job|case|for|quick|also|
    first|second|thanks|team|all|ok|so|is|what|need|want|here|item|asap|important|wish|favour|favor|time|
    spring|cleaning|final|last|order|work|of|day|friday|monday|art|article|gdpr|dsr|dsar|sar|15|17|20|art15|
    art17|right|to|be|forgotten|erasure
  ) ){0,6}: *$
`);

const reasons = new RegExp(wrapped`
  ^(?:(?:
    fyi|look|hmm|well|listen|please|thanks|hi|hello|hey|dear|bot|steward|there|all|team|good|morning|
    afternoon|evening|ok|so|,
  ) ?){0,6}
  (?:
    $|under|per|according|pursuant|since|because|as|now that|given|before|due to|for|my name is|i am|i work|
    this is|we are|our|the
  )\b
`);

/** Why the words right before a command make it part of something else, such as a question; null when they do not. */
export function vetoBefore(sentence: Sentence, before: string, from: number): string | null {
  const clause = (before.split(/[.!?]|\.\.\./).at(-1) ?? '').replace(/\p{Extended_Pictographic}/gu, '').trim();
  if (questionStart.test(clause) || questionInside.test(clause)) return 'part of a question';
  if (laterOn.test(clause)) return 'not now';
  for (const colon of clause.matchAll(/:/g)) {
    if (!benignColon.test(clause.slice(0, colon.index + 1)) && !isObject(sentence, from))
      return 'said by somebody else';
  }
  if (/(?:^| )(?:never|not|nobody) *$/.test(before)) return 'negated';
  if (
    /(?:^| )(?:to|i|he|she|they|who|that|would|could|can|by|than|or|should|must|you|will|whether|we|it)$/.test(clause)
  ) {
    return 'in the middle of a clause';
  }
  const runsOn =
    clause !== '' && /^(?:i|we|can|could|would|will|let)$/.test(wordAt(sentence, from)) && !/[,;:-]$/.test(clause);
  return runsOn && !reasons.test(clause) && !/\b(?:and|but|so|then|please)$/.test(clause)
    ? 'in the middle of a clause'
    : null;
}

const laterOn =
  /^(?:(?:so|and|ok|please|,) ){0,6}in (?:early |late )?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)(?: \d{4})?(?: ,)?$/;

const goingThere =
  /^(?:please )?(?:close|shut|stop|retire|archive|empty|disable|unpublish)\b|\b(?:go to|open|switch to|look (?:in|into)|change to|please|kind|thanks|thank you)\b/;

/** An imperative after a bare "and" continues what stands before it: "speak like a pirate and delete my datasets". */
function continuesOther(sentence: Sentence, command: Command, commands: readonly Command[]): string | null {
  if (command.action !== 'delete') return null;
  const joint = /^(?:and|then)$/.test(wordAt(sentence, command.from)) ? command.from : command.from - 1;
  if (joint <= 0 || !/^(?:and|then)$/.test(wordAt(sentence, joint))) return null;
  if (/^(?:i|we|please|kindly|can|could|would|so)$/.test(wordAt(sentence, joint + 1))) return null;
  const follows = commands.some((other) => other !== command && other.end <= command.from + 1 && other.vetoes === null);
  if (follows) return null;
  let start = joint;
  while (start > 0 && !/^[.!?,;:]$/.test(wordAt(sentence, start - 1))) start -= 1;
  const before = sentence.tokens
    .slice(start, joint)
    .map(({ word }) => word)
    .join(' ');
  return start === joint || goingThere.test(before) ? null : 'part of something else';
}

const doubts =
  /\b(?:should|good idea|right|allowed|sure|safe|wise|agree|correct|true|advise|recommend|think|may i|can i|is (?:that|it|this|there)|does|do i|do we|what|why|how|or)\b/;
const tags = /^ ?(?:, ?)?(?:ok|okay|please|thanks|will you|would you|could you|can you|right) \?/;

/** "workspace Orion: I need an export of it": the words before the colon are the object itself. */
function isObject(sentence: Sentence, from: number): boolean {
  let colon = from - 1;
  while (colon > 0 && wordAt(sentence, colon) !== ':') colon -= 1;
  let start = colon;
  while (start > 0 && !/^[.!?]$/.test(wordAt(sentence, start - 1))) start -= 1;
  const target = parseTarget({ ...sentence, tokens: sentence.tokens.slice(0, colon) }, start, colon);
  if (target === null || target.end !== colon) return false;
  return target.type === 'workspace'
    ? target.name !== undefined
    : target.type === 'assets' && target.mark !== 'plain' && !target.foreign;
}

/** Whether a question after the command makes it unclear that it is to be carried out. */
function inDoubt(after: string): string | null {
  return after.includes('?') && doubts.test(after) && !tags.test(after) ? 'in doubt' : null;
}
