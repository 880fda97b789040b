import type { Command } from './commands.ts';
import { isInjection, objection } from './speech-acts.ts';
import { parseTarget } from './targets.ts';
import { type Line, wordAt } from './tokens.ts';

/** Why the words around a command take its force away; null when nothing does. `commands` are all of the sentence's. */
export function against(line: Line, command: Command, commands: readonly Command[]): string | null {
  if (line.openQuote) return 'a quotation that does not end';
  const before = wordsBetween(line, command, commands, 0, command.from);
  const after = wordsBetween(line, command, commands, command.end, line.tokens.length);
  const tail = wordsBetween(line, command, commands, command.target.end, command.end);
  return (
    objection(before, 'before', concludes.test(wordAt(line, command.from))) ??
    leadsIn(line, before, command.from) ??
    loosely(line, command, commands) ??
    objection(after, 'after') ??
    objection(tail, 'after') ??
    doubtfulName(line, command) ??
    inDoubt(after)
  );
}

const concludes = /^(?:so|hence|therefore|thus|consequently|accordingly)$/;

/**
 * Words with the command's own names masked, since a name may say anything, and its dates, since "from last year" tells
 * what is meant and not when. Of another command's name only the first
 * word is masked: where that name ends is not sure enough to overlook what follows.
 */
function wordsBetween(line: Line, command: Command, commands: readonly Command[], from: number, to: number): string {
  const words: string[] = [];
  for (let index = from; index < to; index += 1) {
    const dates = command.narrowing.dateWords;
    const ofOwn = dates === undefined ? command.target.names : [...command.target.names, dates];
    const own = ofOwn.some(([first, last]) => index >= first && index < last);
    const other = commands.some(({ target }) => target.names.some(([first]) => index === first));
    words.push(own || other ? 'n' : wordAt(line, index));
  }
  return words.join(' ');
}

/**
 * A name that only its kind marks may begin with any words, but when words that object follow later, nobody can say
 * where the name ends: "delete dataset loans never mind".
 */
function doubtfulName(line: Line, command: Command): string | null {
  for (const [from, to] of command.target.names) {
    if (line.tokens[from]?.quoted !== undefined) continue;
    const later = line.tokens.slice(from + 1, to).map(({ word }) => word);
    if (later.length === 0) continue;
    const words = later.join(' ');
    const reason = isInjection(words)
      ? 'it may hold instructions'
      : command.deed === 'delete'
        ? objection(words, 'after')
        : null;
    if (reason !== null) return `the name is unclear: ${reason}`;
  }
  return null;
}

const questionStart =
  /^(?:(?:so|and|but|hi|hello|hey|ok|well|please|sorry|,|\.|!) ){0,6}(?:how|what|why|who|whom|whose|which|where|when|is|are|am|do|does|did|was|were|has|have i|can i|can we|could i|could we|may i|should i|should we|would i|would it|shall i|shall we|will i|will it|explain|tell me|describe)\b/;
const questionInside =
  /(?:^| )(?:how|what|why|when|where|who) (?:do|does|can|could|should|would|is|are|to|may|must|did) /;
const benignColon =
  /(?:^|[.!?,] )(?:(?:(?:hi|hello|hey|dear) (?:bot|steward|studio steward)|hi|hello|hey|dear|please|next|task|tasks|request|requests|my|cleanup|clean|up|housekeeping|urgent|now|today|reason|ticket|action|command|steps?|two|one|three|things?|the|following|job|case|for|quick|also|first|second|thanks|team|all|ok|so|is|what|need|want|here|item|asap|important|wish|favour|favor|time|spring|cleaning|final|last|order|work|of|day|friday|monday|art|article|gdpr|dsr|dsar|sar|15|17|20|art15|art17|right|to|be|forgotten|erasure) ){0,6}: *$/;
const reasons =
  /^(?:(?:fyi|look|hmm|well|listen|please|thanks|hi|hello|hey|dear|bot|steward|there|all|team|good|morning|afternoon|evening|ok|so|,) ?){0,6}(?:$|under|per|according|pursuant|since|because|as|now that|given|before|due to|for|my name is|i am|i work|this is|we are|our|the)\b/;

/** What stands right before a command and makes it part of something else. */
export function leadsIn(line: Line, before: string, from: number): string | null {
  const sentence = (before.split(/[.!?]|\.\.\./).at(-1) ?? '').replace(/\p{Extended_Pictographic}/gu, '').trim();
  if (questionStart.test(sentence) || questionInside.test(sentence)) return 'part of a question';
  if (laterOn.test(sentence)) return 'not now';
  for (const colon of sentence.matchAll(/:/g)) {
    if (!benignColon.test(sentence.slice(0, colon.index + 1)) && !namesObject(line, from))
      return 'said by somebody else';
  }
  if (/(?:^| )(?:never|not|nobody) *$/.test(before)) return 'negated';
  if (
    /(?:^| )(?:to|i|he|she|they|who|that|would|could|can|by|than|or|should|must|you|will|whether|we|it)$/.test(sentence)
  ) {
    return 'in the middle of a clause';
  }
  const runsOn =
    sentence !== '' && /^(?:i|we|can|could|would|will|let)$/.test(wordAt(line, from)) && !/[,;:-]$/.test(sentence);
  return runsOn && !reasons.test(sentence) && !/\b(?:and|but|so|then|please)$/.test(sentence)
    ? 'in the middle of a clause'
    : null;
}

const laterOn =
  /^(?:(?:so|and|ok|please|,) ){0,6}in (?:early |late )?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)(?: \d{4})?(?: ,)?$/;

const goingThere =
  /^(?:please )?(?:close|shut|stop|retire|archive|empty|disable|unpublish)\b|\b(?:go to|open|switch to|look (?:in|into)|change to|please|kind|thanks|thank you)\b/;

/** An imperative behind a mere "and" belongs to what comes before it: "speak like a pirate and delete my datasets". */
function loosely(line: Line, command: Command, commands: readonly Command[]): string | null {
  if (command.deed !== 'delete') return null;
  const joint = /^(?:and|then)$/.test(wordAt(line, command.from)) ? command.from : command.from - 1;
  if (joint <= 0 || !/^(?:and|then)$/.test(wordAt(line, joint))) return null;
  if (/^(?:i|we|please|kindly|can|could|would|so)$/.test(wordAt(line, joint + 1))) return null;
  const follows = commands.some(
    (other) => other !== command && other.end <= command.from + 1 && other.against === null,
  );
  if (follows) return null;
  let start = joint;
  while (start > 0 && !/^[.!?,;:]$/.test(wordAt(line, start - 1))) start -= 1;
  const before = line.tokens
    .slice(start, joint)
    .map(({ word }) => word)
    .join(' ');
  return start === joint || goingThere.test(before) ? null : 'part of something else';
}

const doubts =
  /\b(?:should|good idea|right|allowed|sure|safe|wise|agree|correct|true|advise|recommend|think|may i|can i|is (?:that|it|this|there)|does|do i|do we|what|why|how|or)\b/;
const tags = /^ ?(?:, ?)?(?:ok|okay|please|thanks|will you|would you|could you|can you|right) \?/;

/** "workspace Orion: I need an export of it": what stands before the colon is the object itself. */
function namesObject(line: Line, from: number): boolean {
  let colon = from - 1;
  while (colon > 0 && wordAt(line, colon) !== ':') colon -= 1;
  let start = colon;
  while (start > 0 && !/^[.!?]$/.test(wordAt(line, start - 1))) start -= 1;
  const target = parseTarget({ ...line, tokens: line.tokens.slice(0, colon) }, start, colon);
  if (target === null || target.end !== colon) return false;
  return target.type === 'workspace'
    ? target.name !== undefined
    : target.type === 'assets' && target.mark !== 'plain' && !target.foreign;
}

/** A question behind the command that puts it in doubt. */
function inDoubt(after: string): string | null {
  return after.includes('?') && doubts.test(after) && !tags.test(after) ? 'in doubt' : null;
}
