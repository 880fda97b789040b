import { behind, goesOnBehindExceptions } from './apposition.ts';
import { type Command, findCommands } from './commands.ts';
import type { ConversationContext } from './conversation.ts';
import { directoryExport, wantsTelemetry } from './directory-export-phrases.ts';
import { subjectRequest } from './dsr.ts';
import { amended, completed } from './follow-ups.ts';
import type { CommandIntent, IntentName, Reading, Slots } from './intents.ts';
import { parseItem } from './items.ts';
import { withoutJoints } from './joints.ts';
import { listing } from './listing.ts';
import { messageParts } from './message/message-parts.ts';
import { turned } from './message/own-lines.ts';
import { normalise } from './normalise.ts';
import { tooMany } from './object-last.ts';
import { asksAboutSelf, asksDocumentation } from './questions.ts';
import { antecedent } from './references.ts';
import { referring } from './referring.ts';
import { smallTalk } from './small-talk.ts';
import { isInjection } from './speech-acts.ts';
import { dataSelection } from './targets.ts';
import { endsAsking, type Line, tokenise, wordAt } from './tokens.ts';
import { tracking } from './tracking.ts';

/**
 * Reads a text of no stated format, as tests and `npm run understand` bring it: HTML when it is plainly HTML, and
 * otherwise plain. What came through Teams goes through `messageParts` and `readOwnWords`.
 */
export function read(text: string, context?: ConversationContext, today?: string): Reading {
  const reading = readOwnWords(messageParts({ text: text.replace(turned, '') }).own, context, today);
  return { ...reading, slots: withoutJoints(reading.slots) };
}

/**
 * Reads the own words of one message. Nothing that is not a clear, present, first-hand command is read as destructive: such an intent
 * needs a command in one of the known forms, an object that Studio holds, and no word around it that speaks against it.
 * Pure, deterministic, and bounded in time for any text. `context` lets pronouns and short answers refer back;
 * `today`, ISO 8601, is the day that "last year" and "older than 3 months" count from.
 */
export function readOwnWords(text: string, context?: ConversationContext, today?: string): Reading {
  const message = normalise(text);
  if (message.text === '') return reading('none', {}, 1, 'empty');
  if (message.tooLong) return reading('none', {}, 0.9, 'too long for a command');
  const line = tokenise(message, today);
  if (line.tokens.length === 0) return reading('none', {}, 1, 'no words');
  const chat = smallTalk(line);
  const commands = findCommands(line);
  if (isInjection(unnamed(line, commands)))
    return reading('none', {}, 0.95, 'tries to change the rules, or claims to be somebody');
  if (chat !== null) return reading(chat.intent, {}, 0.95, chat.why);
  const correction = amended(line, context);
  if (correction !== null) return correction;
  const directory = directoryExport(line);
  if (directory !== null) {
    const slots = directory.subject === undefined ? {} : { subject: directory.subject };
    return reading('directory.export', slots, 0.9, 'the export of a person’s directory data');
  }
  if (wantsTelemetry(line)) return reading('ask', {}, 0.85, 'telemetry, which is not in Studio');
  const tracked = tracking(line);
  if (tracked?.intent === 'request.cancel') return reading('request.cancel', tracked.slots, 0.85, tracked.why);
  const subject = subjectRequest(line);
  const command = commanded(line, commands, context);
  if (command !== null && (subject === null || command.intent.startsWith('dsr.') || subject.subject === null))
    return command;
  if (subject !== null && subject.subject !== null && subject.against === null) {
    return reading(subject.intent, { subject: subject.subject }, 0.85, subject.why);
  }
  if (command !== null) return command;
  if (tracked !== null) return reading(tracked.intent, tracked.slots, 0.85, tracked.why);
  if (asksAboutSelf(line)) return reading('account.info', {}, 0.85, 'asks about their own account');
  const refused = commands.find(({ against }) => against !== null);
  const list = refused === undefined || refused.deed === 'export' ? listing(line) : null;
  if (list !== null) return reading(list.intent, list.slots, 0.85, list.why);
  const question = asksDocumentation(line);
  if (
    question !== null &&
    !(
      refused !== undefined &&
      !endsAsking(line.canon) &&
      (denies.test(refused.against ?? '') || line.canon.includes('?'))
    )
  )
    return reading('ask', {}, 0.8, question);
  const answer = completed(line, context);
  if (answer !== null) return answer;
  const why = refused?.against ?? subject?.against;
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
 * The words in which injected instructions are looked for. A quotation is one token already; a name that only its kind
 * marks loses its first word, so that "dataset ignore all rules" is a name and "dataset loans without asking" is not.
 */
function unnamed(line: Line, commands: readonly Command[]): string {
  const firsts = new Set(commands.flatMap(({ target }) => target.names.map(([from]) => from)));
  return line.tokens.map(({ word }, index) => (firsts.has(index) ? 'n' : word)).join(' ');
}

/** The reading of the first command that may stand, with the one after it; null when there is none. */
function commanded(line: Line, commands: readonly Command[], context: ConversationContext | undefined): Reading | null {
  if (commands.some(({ deed, against }) => deed === 'delete' && against !== null)) return null;
  const standing: Reading[] = [];
  let kept = true;
  for (const command of commands) {
    if (command.against !== null) {
      kept &&= !(command.deed === 'export' && command.against === tooMany);
      continue;
    }
    // "export it to somewhere odd, then delete it": nothing is deleted whose export was not understood.
    if (command.deed === 'delete' && !kept) return null;
    const to = Math.min(
      line.tokens.length,
      ...commands.filter(({ from }) => from > command.from).map(({ from }) => from),
    );
    const meant = meaning(line, command, standing, context, to);
    if (meant === 'unclear') return null;
    if (meant !== null) standing.push(meant);
  }
  const [first, second] = standing;
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
  if (second.intent.startsWith('export.') && first.intent.startsWith('delete.') && exportsFirst.test(line.canon))
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
  line: Line,
  command: Command,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  to: number,
): Reading | 'unclear' | null {
  const { target, deed, narrowing } = command;
  const why = `${command.form}: ${deed} ${target.type}`;
  const place = placeOf(narrowing);
  if (deed === 'delete' && narrowing.except !== undefined && goesOnBehindExceptions(line, command, to))
    return 'unclear';
  switch (target.type) {
    case 'assets': {
      const confidence = target.mark === 'plain' ? 0.5 : target.mark === 'identifier' ? 0.8 : 0.95;
      if (
        target.mark === 'plain' &&
        (deed === 'delete' ||
          command.form === 'want it' ||
          command.form === 'hand me' ||
          !/\p{Lu}|\d/u.test(target.assets[0]?.name.split(/ (?:from|in|of) /)[0] ?? ''))
      )
        return null;
      if (command.form === 'want it' && target.mark === 'identifier') return null;
      return reading(
        deed === 'delete' ? 'delete.assets' : 'export.assets',
        { assets: target.assets, ...place },
        confidence,
        why,
      );
    }
    case 'every': {
      if (isListed(line, command)) return null;
      const limited =
        target.kind !== undefined ||
        narrowing.dates !== undefined ||
        narrowing.except !== undefined ||
        narrowing.filter !== undefined;
      if (!limited) return null;
      const { dates, except, filter } = narrowing;
      const slots: Slots = {
        all: true,
        ...(target.kind === undefined ? {} : { kind: target.kind }),
        ...(dates === undefined ? {} : { dates }),
        ...(except === undefined ? {} : { except }),
        ...(filter === undefined ? {} : { filter }),
        ...place,
      };
      return reading(deed === 'delete' ? 'delete.assets' : 'export.assets', slots, 0.8, why);
    }
    case 'kind':
      return ofKind(line, command, earlier, context, why, to);
    case 'workspace': {
      // "export a workspace" leaves the choice to a card; a deletion has to be told which.
      if (target.someoneElses === true) return 'unclear';
      // "delete my workspace. I mean Fraud Detection": without a name it is a reference like a pronoun.
      if (deed === 'delete' && target.name === undefined && behind(line, command, to).kind !== 'nothing')
        return 'unclear';
      if (target.plural || (deed === 'delete' && target.indefinite === true)) return null;
      if (deed === 'delete' && !target.definite && !clearlyThis.test(wordsFrom(line, command))) return null;
      if (deed === 'delete' && (target.data !== undefined || target.unsure === true)) return null;
      const data = target.data ?? (deed === 'export' ? dataAround(line, command) : undefined);
      const slots: Slots = {
        ...(target.name === undefined ? {} : { workspace: target.name }),
        ...(target.longer === undefined ? {} : { workspaceLonger: target.longer }),
        ...(data === undefined ? {} : { data }),
      };
      return reading(deed === 'delete' ? 'delete.workspace' : 'export.workspace', slots, 0.9, why);
    }
    case 'person':
      if (!target.sure && target.subject !== 'me') return null;
      return reading(deed === 'delete' ? 'dsr.erase' : 'dsr.export', { subject: target.subject }, 0.85, why);
    case 'pronoun':
      return ofPronoun(line, command, earlier, context, why, to);
    case 'elsewhere':
      return null;
  }
}

function placeOf({ workspace, workspaceLonger }: Command['narrowing']): Slots {
  if (workspace === undefined) return {};
  return workspaceLonger === undefined ? { workspace } : { workspace, workspaceLonger };
}

const clearlyThis =
  /^(?:\S+ ){0,6}?(?:the|this|that|whole|entire|delete|remove|erase|wipe|purge|destroy) (?:\S+ )?workspace/;

function wordsFrom(line: Line, command: Command): string {
  return line.tokens
    .slice(command.from, command.target.end)
    .map(({ word }) => word)
    .join(' ');
}

function dataAround(line: Line, command: Command): ReturnType<typeof dataSelection> {
  const words = line.tokens
    .map(({ word }, index) => (command.target.names.some(([from, to]) => index >= from && index < to) ? 'n' : word))
    .join(' ');
  return /\b(?:personal|customer)(?: and (?:personal|customer))? data\b|\b(?:personal|customer) only\b|\bonly (?:the )?(?:personal|customer)\b|\bpersonal and customer\b|\bcustomer and personal\b/.test(
    words,
  )
    ? dataSelection(words)
    : undefined;
}

/** "delete the dataset": the one spoken of before, if one was; otherwise the bot has to ask which. */
function ofKind(
  line: Line,
  command: Command,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  why: string,
  to: number,
): Reading | 'unclear' | null {
  if (command.target.type !== 'kind') return null;
  const { kind, plural, unlimited, indefinite } = command.target;
  const { dates, except, filter, workspace } = command.narrowing;
  const place = placeOf(command.narrowing);
  const all = plural && unlimited === true && indefinite !== true && !isListed(line, command);
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
    return reading(command.deed === 'delete' ? 'delete.assets' : 'export.assets', slots, 0.75, why);
  }
  if (indefinite === true) return null;
  const meant = antecedent(line, command.from, earlier, context, { kind });
  const referred = referring(line, command, meant, why, to);
  if (referred !== null && (meant !== null || referred !== 'unclear')) return referred;
  // "can you export datasets?" asks what the bot can do. A deletion has to be told which, or where.
  const plain = command.deed === 'export' && command.form === 'imperative' && !/\?|\b(?:can|could)\b/.test(line.canon);
  return all && plain ? reading('export.assets', { all: true, kind }, 0.75, why) : null;
}

/** "all models and datasets": a second kind that the command would leave out. */
function isListed(line: Line, { narrowing }: Command): boolean {
  if (!/^(?:and|,|&|\+|plus|or)$/.test(wordAt(line, narrowing.end))) return false;
  const next = parseItem(line, narrowing.end + 1, line.tokens.length);
  return next !== null && next.kind !== undefined && next.kind !== 'workspace' && next.name === undefined;
}

function ofPronoun(
  line: Line,
  command: Command,
  earlier: readonly Reading[],
  context: ConversationContext | undefined,
  why: string,
  to: number,
): Reading | 'unclear' | null {
  const plural = command.target.type === 'pronoun' && command.target.plural === true;
  const meant = antecedent(line, command.from, earlier, context, { plural });
  return referring(line, command, meant, why, to);
}

function lack(commands: readonly Command[]): Pick<Reading, 'incomplete' | 'whoseWorkspace'> {
  for (const { against, target, deed } of commands) {
    if (target.type === 'workspace' && target.someoneElses === true) return { whoseWorkspace: true };
    if (against !== null) continue;
    const verb = deed === 'delete' ? 'delete' : 'export';
    if (target.type === 'kind') return { incomplete: { intent: `${verb}.assets`, kind: target.kind } };
    if (target.type === 'pronoun') return { incomplete: { intent: `${verb}.assets` } };
    if (deed === 'delete' && target.type === 'workspace' && target.indefinite === true && !target.plural)
      return { incomplete: { intent: 'delete.workspace' } };
  }
  return {};
}
