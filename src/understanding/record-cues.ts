import { refusing } from './lexicon/record-question-words.ts';
import type { RecordQuestion } from './record-questions.ts';

/** What makes a question one about the record, beside its words: who, when, and what it is about. */
interface Cues {
  readonly plain: string;
  readonly question: RecordQuestion;
  /** The id of a request in it. */
  readonly hasRequest: boolean;
}

const general = new RegExp(
  `\\b(?:${[
    'would|could i|can i|can a|can you|may i|do you|does|should|if|when|always|usually|allowed to|have to|must|rights?',
    "need(?:s|ed)? to be|who (?:can|may|in)|which roles|delete|erase|wipe|remove|cancel|stop it|don't|do not|never mind",
    'extend|extension|prolong|postpone|due date|deadline|more time|so long|forever|partly|once more',
    'hand|over to|go(?:es)? to|legal',
  ].join('|')})\\b`,
  'u',
);
const audited = /\baudit (?:record|log|trail|history)s?\b/u;
const aboutThing =
  /\b(?:dataset|experiment|model|project|notebook|service|module|transform|file|table)s? (?:called |named )?["'“‘]?\S{0,20}$/u;
const fetches =
  /\b(?:export|download|send|give|need|want|show|see|get|have|pull up|print|full|entire|whole|please|pls|csv|json|excel|file)\b/u;
const ofRequest = new RegExp(
  [
    '\\b(?:it|that|this|they|them|the approver|my|our) (?:\\w{1,12} ){0,3}(?:refus|reject|den|declin|turn|knock|say|said)',
    '\\b(?:refus|reject|deni|declin|turn|knock)\\w{0,8} (?:down |back )?(?:it|that|this)\\b',
    '\\b(?:my|the|our|that|this) (?:request|deletion|erasure|delete|export)\\b',
  ].join('|'),
  'u',
);
const elsewhere =
  /\b(?:vacation|holiday|leave|expense|invoice|visa|budget|loan|application|claim|card|payment|mortgage|ticket|pull request|pr|merge|meeting|offer|flight|jira|github)\b/u;
const decides = /\b(?:approv|reject|decid|sign|refus|den(?:y|ied)|okay|ok'?d|author)\w{0,9}\b/u;
const refused = new RegExp(`\\b(?:${refusing})`, 'u');
const asksWhy = /^\W{0,3}(?:\w{1,12}\W{1,2}){0,8}?(?:why|how come|what|which|(?:the )?reason for|grounds)\b/u;
const asks =
  /^\W{0,3}(?:\w{1,12}\W{1,2}){0,6}?(?:what|which|everything|all (?:the )?(?:things|requests|deletions)|(?:show|list|see)(?: me)? \w{1,20} (?:decisions|approvals|rejections))\b/u;

/**
 * True for a message that a person would take for a question about the record, although no phrase of the grammar explains
 * it whole: a wish for the audit record itself; why a definite request was refused; what a named person, or the speaker,
 * decided in a named time. Nothing that could be a command, a general question or about another system.
 */
export function hasRecordCues({ plain, question, hasRequest }: Cues): boolean {
  const lower = plain.toLowerCase();
  if (elsewhere.test(lower) || general.test(lower)) return false;
  // A name is written in capitals more often than not: "export the workspace Audit Record".
  const audit = audited.exec(plain);
  if (audit !== null && fetches.test(lower.slice(0, audit.index))) {
    return !aboutThing.test(lower.slice(0, audit.index)) && !/["“'‘]/u.test(plain);
  }
  if (question.question === 'why-refused') {
    return asksWhy.test(lower) && refused.test(lower) && (hasRequest || ofRequest.test(lower));
  }
  if (question.question === 'decisions') {
    return question.owner !== undefined && question.dates !== undefined && asks.test(lower) && decides.test(lower);
  }
  return false;
}
