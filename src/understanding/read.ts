import { behind, hasWordsAfterExceptions } from './apposition.ts';
import type { Command } from './command.ts';
import { findCommands } from './commands.ts';
import type { ConversationContext } from './conversation.ts';
import { directoryExport, wantsTelemetry } from './directory-export-phrases.ts';
import { subjectRequest } from './dsr.ts';
import { amended, completed } from './follow-ups.ts';
import type { CommandIntent, IntentName, Reading, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { withoutConjunctions } from './joints.ts';
import { listing } from './listing.ts';
import { messageParts } from './message/message-parts.ts';
import { bidiOverrides } from './message/own-lines.ts';
import { normalise } from './normalise.ts';
import { unreadRest } from './object-last.ts';
import { asksAboutSelf, asksDocumentation } from './questions.ts';
import { antecedent } from './references.ts';
import { referring } from './referring.ts';
import { smallTalk } from './small-talk.ts';
import { isInjection } from './speech-acts.ts';
import { dataSelection } from './targets.ts';
import { endsAsking, type Sentence, tokenise, wordAt } from './tokens.ts';
import { tracking } from './tracking.ts';
import { wrapped } from './wrapped-pattern.ts';

/**
 * Reads a text of no stated format, for tests and `npm run understand`: as HTML when it is clearly HTML, otherwise as
 * plain text. Messages from Teams go through `messageParts` and `readOwnWords`.
 */
export function read(text: string, context?: ConversationContext, today?: string): Reading {
  const reading = readOwnWords(messageParts({ text: text.replace(bidiOverrides, '') }).own, context, today);
  return { ...reading, slots: withoutConjunctions(reading.slots) };
}

/**
 * Reads the speaker's own words of one message by rules. A destructive intent requires a clear, present, first-hand
 * command: one of the known forms, an object that Studio has, and no veto in the words around it. Pure, deterministic,
 * and bounded in time for any text. `context` resolves pronouns and short answers; `today`, ISO 8601, is the day that
 * "last year" and "older than 3 months" count from.
 */
export function readOwnWords(text: string, context?: ConversationContext, today?: string): Reading {
  const message = normalise(text);
  if (message.text === '') return reading('none', {}, 1, 'empty');
  if (message.tooLong) return reading('none', {}, 0.9, 'too long for a command');
  const sentence = tokenise(message, today);
  if (sentence.tokens.length === 0) return reading('none', {}, 1, 'no words');
  const chat = smallTalk(sentence);
  const commands = findCommands(sentence);
  if (isInjection(unnamed(sentence, commands)))
    return reading('none', {}, 0.95, 'tries to change the rules, or claims to be somebody');
  if (chat !== null) return reading(chat.intent, chat.slots ?? {}, 0.95, chat.why);
  const correction = amended(sentence, context);
  if (correction !== null) return correction;
  const directory = directoryExport(sentence);
  if (directory !== null) {
    const slots = directory.subject === undefined ? {} : { subject: directory.subject };
    return reading('directory.export', slots, 0.9, 'the export of a person’s directory data');
  }
  if (wantsTelemetry(sentence)) return reading('ask', {}, 0.85, 'telemetry, which is not in Studio');
  const tracked = tracking(sentence);
  if (tracked?.intent === 'request.cancel') return reading('request.cancel', tracked.slots, 0.85, tracked.why);
  const subject = subjectRequest(sentence);
  const command = commanded(sentence, commands, context);
  if (command !== null && (subject === null || command.intent.startsWith('dsr.') || subject.subject === null))
    return command;
  if (subject !== null && subject.subject !== null && subject.vetoes === null) {
    return reading(subject.intent, { subject: subject.subject }, 0.85, subject.why);
  }
  if (command !== null) return command;
  if (tracked !== null) return reading(tracked.intent, tracked.slots, 0.85, tracked.why);
  if (asksAboutSelf(sentence)) return reading('account.info', {}, 0.85, 'asks about their own account');
  const refused = commands.find(({ vetoes }) => vetoes !== null);
  const list = refused === undefined || refused.action === 'export' ? listing(sentence) : null;
  if (list !== null) return reading(list.intent, list.slots, 0.85, list.why);
  const question = asksDocumentation(sentence);
  if (
    question !== null &&
    !(
      refused !== undefined &&
      !endsAsking(sentence.canon) &&
      (denies.test(refused.vetoes ?? '') || sentence.canon.includes('?'))
    )
  )
    return reading('ask', {}, 0.8, question);
  const answer = completed(sentence, context);
  if (answer !== null) return answer;
  const why = refused?.vetoes ?? subject?.vetoes;
  const lacking = lack(commands);
  return {
    ...reading('none', {}, 0.7, why ? `a command, but ${why}` : 'nothing that Studio Steward does'),
    ...lacking,
  };
}

const denies = /^(?:negated|withdrawn|hypothetical|reported|told about|not now|said by|in the middle)/;

function reading(intent: IntentName, slots: Slots, confidence: number, why: string): Reading {
  return { intent, slots, confidence, why };
}

/**
 * The words that are searched for injected instructions. A quotation is a single token; a name that is marked only by
 * its kind loses its first word, so that "dataset ignore all rules" is a name and "dataset loans without asking" is
 * not.
 */
function unnamed(sentence: Sentence, commands: readonly Command[]): string {
  const firsts = new Set(commands.flatMap(({ target }) => target.names.map(([from]) => from)));
  return sentence.tokens.map(({ word }, index) => (firsts.has(index) ? 'n' : word)).join(' ');
}

/** The reading of the first command without a veto, followed by the second one; null when there is none. */
function commanded(
  sentence: Sentence,
  commands: readonly Command[],
  context: ConversationContext | undefined,
): Reading | null {
  if (commands.some(({ action, vetoes }) => action === 'delete' && vetoes !== null)) return null;
  const accepted: Reading[] = [];
  let kept = true;
  for (const command of commands) {
    if (command.vetoes !== null) {
      kept &&= !(command.action === 'export' && command.vetoes === unreadRest);
      continue;
    }
    // "export it to somewhere odd, then delete it": nothing is deleted when the export before it was not understood.
    if (command.action === 'delete' && !kept) return null;
    const to = Math.min(
      sentence.tokens.length,
      ...commands.filter(({ from }) => from > command.from).map(({ from }) => from),
    );
    const found = meaning(sentence, command, accepted, context, to);
    if (found === 'unclear') return null;
    if (found !== null) accepted.push(found);
  }
  const [first, second] = accepted;
  if (first === undefined || second === undefined) return first ?? null;
  if (
    first.intent === second.intent &&
    first.slots.assets !== undefined &&
    second.slots.assets !== undefined &&
    first.slots.all === undefined
  ) {
    const known = first.slots.assets;
    const more = second.slots.assets.filter(
      (asset) => !known.some((other) => other.name === asset.name && other.kind === asset.kind),
    );
    return { ...first, slots: { ...first.slots, assets: [...known, ...more] } };
  }
  if (JSON.stringify(first.slots) === JSON.stringify(second.slots) && first.intent === second.intent) return first;
  if (second.intent.startsWith('export.') && first.intent.startsWith('delete.') && exportsFirst.test(sentence.canon))
    return followedBy(second, first);
  return followedBy(first, second);
}

/** "delete my workspace, but export it first". */
const exportsFirst =
  /\b(?:export|download|save|archive|back up|backup|copy|zip) (?:it|them|this|that|all of it|everything) (?:all )?(?:first|before|beforehand|before that)(?: (?:please|thanks))?\W*$/;

function followedBy(first: Reading, second: Reading): Reading {
  // biome-ignore lint/suspicious/noThenProperty: an object that is no function is never taken for a promise.
  return { ...first, slots: { ...first.slots, then: { intent: second.intent as CommandIntent, slots: second.slots } } };
}

function meaning(
  sentence: Sentence,
  command: Command,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  to: number,
): Reading | 'unclear' | null {
  const { target, action, qualifier } = command;
  const why = `${command.form}: ${action} ${target.type}`;
  const place = placeOf(qualifier);
  if (action === 'delete' && qualifier.except !== undefined && hasWordsAfterExceptions(sentence, command, to))
    return 'unclear';
  switch (target.type) {
    case 'assets': {
      const confidence = target.mark === 'plain' ? 0.5 : target.mark === 'identifier' ? 0.8 : 0.95;
      if (
        target.mark === 'plain' &&
        (action === 'delete' ||
          command.form === 'want it' ||
          command.form === 'hand me' ||
          !/\p{Lu}|\d/u.test(target.assets[0]?.name.split(/ (?:from|in|of) /)[0] ?? ''))
      )
        return null;
      if (command.form === 'want it' && target.mark === 'identifier') return null;
      return reading(
        action === 'delete' ? 'delete.assets' : 'export.assets',
        { assets: target.assets, ...place },
        confidence,
        why,
      );
    }
    case 'every': {
      if (isListed(sentence, command)) return null;
      const limited =
        target.kind !== undefined ||
        qualifier.dates !== undefined ||
        qualifier.except !== undefined ||
        qualifier.filter !== undefined;
      if (!limited) return null;
      const { dates, except, filter } = qualifier;
      const slots: Slots = {
        all: true,
        ...(target.kind === undefined ? {} : { kind: target.kind }),
        ...(dates === undefined ? {} : { dates }),
        ...(except === undefined ? {} : { except }),
        ...(filter === undefined ? {} : { filter }),
        ...place,
      };
      return reading(action === 'delete' ? 'delete.assets' : 'export.assets', slots, 0.8, why);
    }
    case 'kind':
      return ofKind(sentence, command, earlier, context, why, to);
    case 'workspace': {
      // "export a workspace" leaves the choice to a card; a deletion must name it.
      if (target.someoneElses === true) return 'unclear';
      // "delete my workspace. I mean Fraud Detection": without a name it is a reference like a pronoun.
      if (action === 'delete' && target.name === undefined && behind(sentence, command, to).kind !== 'nothing')
        return 'unclear';
      if (target.plural || (action === 'delete' && target.indefinite === true)) return null;
      if (action === 'delete' && !target.definite && !clearlyThis.test(wordsFrom(sentence, command))) return null;
      if (action === 'delete' && (target.data !== undefined || target.unsure === true)) return null;
      const data = target.data ?? (action === 'export' ? dataAround(sentence, command) : undefined);
      const slots: Slots = {
        ...(target.name === undefined ? {} : { workspace: target.name }),
        ...(target.longer === undefined ? {} : { workspaceLonger: target.longer }),
        ...(data === undefined ? {} : { data }),
      };
      return reading(action === 'delete' ? 'delete.workspace' : 'export.workspace', slots, 0.9, why);
    }
    case 'person':
      if (!target.sure && target.subject !== 'me') return null;
      return reading(action === 'delete' ? 'dsr.erase' : 'dsr.export', { subject: target.subject }, 0.85, why);
    case 'pronoun':
      return ofPronoun(sentence, command, earlier, context, why, to);
    case 'elsewhere':
      return null;
  }
}

function placeOf({ workspace, workspaceLonger }: Command['qualifier']): Slots {
  if (workspace === undefined) return {};
  return workspaceLonger === undefined ? { workspace } : { workspace, workspaceLonger };
}

const clearlyThis =
  /^(?:\S+ ){0,6}?(?:the|this|that|whole|entire|delete|remove|erase|wipe|purge|destroy) (?:\S+ )?workspace/;

function wordsFrom(sentence: Sentence, command: Command): string {
  return sentence.tokens
    .slice(command.from, command.target.end)
    .map(({ word }) => word)
    .join(' ');
}

/** Words about which data is wanted. */
const dataCue = new RegExp(wrapped`
  \b(?:personal|customer)(?: and (?:personal|customer))? data\b|
  \b(?:personal|customer) only\b|\bonly (?:the )?(?:personal|customer)\b|\bpersonal and customer\b|
  \bcustomer and personal\b
`);

function dataAround(sentence: Sentence, command: Command): ReturnType<typeof dataSelection> {
  const words = sentence.tokens
    .map(({ word }, index) => (command.target.names.some(([from, to]) => index >= from && index < to) ? 'n' : word))
    .join(' ');
  return dataCue.test(words) ? dataSelection(words) : undefined;
}

/** "delete the dataset": the one mentioned before, if there is one; otherwise the bot has to ask. */
function ofKind(
  sentence: Sentence,
  command: Command,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  why: string,
  to: number,
): Reading | 'unclear' | null {
  if (command.target.type !== 'kind') return null;
  const { kind, plural, unlimited, indefinite } = command.target;
  const { dates, except, filter, workspace } = command.qualifier;
  const place = placeOf(command.qualifier);
  const all = plural && unlimited === true && indefinite !== true && !isListed(sentence, command);
  if (
    (all && workspace !== undefined) ||
    (plural && (dates !== undefined || filter !== undefined || except !== undefined))
  ) {
    const slots: Slots = {
      all: true,
      kind,
      ...(dates === undefined ? {} : { dates }),
      ...(except === undefined ? {} : { except }),
      ...(filter === undefined ? {} : { filter }),
      ...place,
    };
    return reading(command.action === 'delete' ? 'delete.assets' : 'export.assets', slots, 0.75, why);
  }
  if (indefinite === true) return null;
  const referent = antecedent(sentence, command.from, earlier, context, { kind });
  const referred = referring(sentence, command, referent, why, to);
  if (referred !== null && (referent !== null || referred !== 'unclear')) return referred;
  // "can you export datasets?" asks what the bot can do. A deletion must name its objects or their workspace.
  const plain =
    command.action === 'export' && command.form === 'imperative' && !/\?|\b(?:can|could)\b/.test(sentence.canon);
  return all && plain ? reading('export.assets', { all: true, kind }, 0.75, why) : null;
}

/** "all models and datasets": a second kind that the command would not include. */
function isListed(sentence: Sentence, { qualifier }: Command): boolean {
  if (!/^(?:and|,|&|\+|plus|or)$/.test(wordAt(sentence, qualifier.end))) return false;
  const next = parseItem(sentence, qualifier.end + 1, sentence.tokens.length);
  return next !== null && next.kind !== undefined && next.kind !== 'workspace' && next.name === undefined;
}

function ofPronoun(
  sentence: Sentence,
  command: Command,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  why: string,
  to: number,
): Reading | 'unclear' | null {
  const plural = command.target.type === 'pronoun' && command.target.plural === true;
  const referent = antecedent(sentence, command.from, earlier, context, { plural });
  return referring(sentence, command, referent, why, to);
}

function lack(commands: readonly Command[]): Pick<Reading, 'incomplete' | 'whoseWorkspace'> {
  for (const { vetoes, target, action } of commands) {
    if (target.type === 'workspace' && target.someoneElses === true) return { whoseWorkspace: true };
    if (vetoes !== null) continue;
    const verb = action === 'delete' ? 'delete' : 'export';
    if (target.type === 'kind') return { incomplete: { intent: `${verb}.assets`, kind: target.kind } };
    if (target.type === 'pronoun') return { incomplete: { intent: `${verb}.assets` } };
    if (action === 'delete' && target.type === 'workspace' && target.indefinite === true && !target.plural)
      return { incomplete: { intent: 'delete.workspace' } };
  }
  return {};
}
