import type { ConversationContext, Turn } from './conversation.ts';
import type { CommandIntent, Reading, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { nameEnd } from './names.ts';
import { personAt } from './person-phrases.ts';
import { vetoIn } from './speech-acts.ts';
import { parseTarget } from './targets.ts';
import { type Sentence, span, wordAt } from './tokens.ts';
import { wrapped } from './wrapped-pattern.ts';

const noAnswer = new RegExp(wrapped`
  ^(?:(?:
    thanks?|thank you|nothing|none|no one|what|why|who|help|status|no idea|not sure|i do not know|do not know|
    hmm+|hm|lol|wait|later|hello|hi|hey|ok|yes|no|list|show|export|delete|remove|cancel|stop|how|when|where|
    please|all|everything|any|it|that|this|them|one|good|fine|cool|great|sorry|never mind|asap|now|um|which|
    same
  ) ?){1,6}[ .!?]*$
`);

/** The message as an answer to the bot's question ("which dataset?"); null when it is not one. */
export function completed(sentence: Sentence, context: ConversationContext | undefined): Reading | null {
  const pending = context?.pending;
  if (pending === undefined || sentence.tokens.length > 12 || sentence.openQuote || sentence.canon.includes('?'))
    return null;
  if (noAnswer.test(sentence.canon) || vetoIn(sentence.canon, 'after') !== null) return null;
  let start = 0;
  while (
    /^(?:the|it|is|its|called|named|one|please|just|that|,|i|mean|meant|sorry|oh|ok)$/.test(wordAt(sentence, start)) &&
    start < sentence.tokens.length - 1
  )
    start += 1;
  const end = nameEnd(sentence, start, sentence.tokens.length);
  const rest = sentence.tokens
    .slice(end)
    .map(({ word }) => word)
    .join(' ');
  if (end === start || !/^(?:one|please|thanks|[.!]){0,6}$/.test(rest.replaceAll(' ', ''))) return null;
  const item = parseItem(sentence, start, sentence.tokens.length);
  const name = (item?.name ?? span(sentence, start, end)).replace(/ one$/i, '');
  const why = 'answers which one';
  switch (pending.intent) {
    case 'export.assets':
    case 'delete.assets': {
      if (item?.kind === 'workspace') return null;
      const kind = item?.kind ?? pending.kind;
      return {
        intent: pending.intent,
        slots: { assets: [{ ...(kind === undefined ? {} : { kind }), name }] },
        confidence: 0.85,
        why,
      };
    }
    case 'delete.workspace':
      return { intent: pending.intent, slots: { workspace: name }, confidence: 0.85, why };
    case 'dsr.export':
    case 'dsr.erase': {
      const person = personAt(sentence, start, sentence.tokens.length);
      return person === null
        ? null
        : { intent: pending.intent, slots: { subject: person.subject }, confidence: 0.85, why };
    }
  }
}

const correcting = new RegExp(wrapped`
  ^(?:(?:no|nope|sorry|oops|oh|wait|hmm|actually|not that one|not that|wrong one|wrong|that is wrong|not it) ?
    (?:[,.!-] ){0,6}){0,6}
  (?:
    (?:i|we) (?:mean|meant|said|wrote|typed|was talking about|am talking about|want|wanted)|
    make it|rather|it is|it was|should be|the right one is|the correct one is|take|not that one ,?|instead
  ) (?=\S)
`);

const otherOne =
  /^(?:(?:no|nope|sorry|oops|oh|wait|hmm|actually|not that one|not that|wrong one|please|i (?:mean|meant|want)|take|rather) ?(?:[,.!-] ){0,6})+ ?(?:the|that) other(?: one)?[ .!]*(?:please[ .!]*)?$/;

/**
 * A correction of the command before it: "no, I meant the dataset churn2", "no, the other one". Keeps the action and
 * replaces its object. Null when the message is no correction or there is no command to correct.
 */
export function amended(sentence: Sentence, context: ConversationContext | undefined): Reading | null {
  const last = context?.turns[0];
  if (last === undefined || sentence.openQuote || sentence.canon.includes('?')) return null;
  if (otherOne.test(sentence.canon)) {
    const other = context?.turns.find(
      ({ referent }) => !sameThing(referent, last.referent) && fitsIntent(last.intent, referent),
    );
    return other === undefined
      ? null
      : {
          intent: last.intent,
          slots: other.referent,
          confidence: 0.75,
          why: 'corrects: the other one',
          corrects: true,
        };
  }
  const match = correcting.exec(sentence.canon);
  if (match === null || !/^(?:no|nope|sorry|oops|oh|wait|actually|not|wrong|i mean|we mean)/.test(sentence.canon))
    return null;
  const start = sentence.at.get(match[0].length);
  if (start === undefined) return null;
  const target = parseTarget(sentence, start, sentence.tokens.length);
  if (
    target === null ||
    !/^(?:[.!] ?){0,6}$|^,? ?(?:please|thanks|sorry|instead|of course)[ .!]*$/.test(wordsFrom(sentence, target.end))
  )
    return null;
  const referent = amendment(target, last);
  return referent === null
    ? null
    : { intent: last.intent, slots: referent, confidence: 0.75, why: 'corrects what was named before', corrects: true };
}

function amendment(target: NonNullable<ReturnType<typeof parseTarget>>, last: Turn): Slots | null {
  switch (target.type) {
    case 'assets': {
      if (!last.intent.endsWith('.assets') || target.foreign) return null;
      const kind = last.referent.assets?.[0]?.kind;
      return {
        assets: target.assets.map((asset) =>
          asset.kind === undefined && kind !== undefined ? { kind, ...asset } : asset,
        ),
      };
    }
    case 'workspace':
      return last.intent.endsWith('.workspace') && target.name !== undefined && target.longer === undefined
        ? { workspace: target.name }
        : null;
    case 'person':
      return last.intent.startsWith('dsr.') ? { subject: target.subject } : null;
    default:
      return null;
  }
}

function fitsIntent(intent: CommandIntent, referent: Slots): boolean {
  if (intent.endsWith('.assets')) return referent.assets !== undefined;
  return intent.endsWith('.workspace') ? referent.workspace !== undefined : referent.subject !== undefined;
}

function sameThing(a: Slots, b: Slots): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function wordsFrom(sentence: Sentence, index: number): string {
  return sentence.tokens
    .slice(index)
    .map(({ word }) => word)
    .join(' ');
}

const nameThenKind =
  /^\W{0,3}([^,.;!?]{2,60}), (?:the|my|that) (dataset|experiment|model|notebook|project|module|web service)\W{0,3}$/iu;

/** "Old churn attempt, the experiment" in answer to a question: the kind as it stands in front of a name. */
export function withKindInFront(text: string, context: ConversationContext | undefined): string {
  return context?.pending === undefined ? text : text.replace(nameThenKind, 'the $2 $1');
}
