import { actedEvents, actingActions, decisionActions, peopleCalled } from '../../audit/decisions.ts';
import { requestsCalled } from '../../audit/named-requests.ts';
import { requestId } from '../../domain/request.ts';
import { isAuditor, type ReadableRequest, readableRequest } from '../../requests/record-access.ts';
import type { RecordQuestion } from '../../understanding/record-questions.ts';
import { mostRecordRows } from '../cards/record-list.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { dayOf } from '../limit-words.ts';
import { recordAsker } from '../record-cards.ts';
import { whatWords } from '../request-wording.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

const unkept = 'Somebody whose name is no longer kept';

/** Rows that are looked through for those that a reader may see. */
const mostLookedThrough = 100;

const did: Readonly<Record<string, string>> = {
  'request.approved': 'approved',
  'request.disapproved': 'rejected',
  'request.asked': 'asked for',
  'request.confirmed': 'confirmed',
  'request.cancelled': 'withdrew or stopped',
};

/**
 * "What did Megan approve last week?": the decisions, or actions, of a person or of everybody, as far as the reader may
 * see names in each request. Whoever may see none of them, and whoever asks about somebody unknown, gets the same answer.
 */
export async function listActed(services: TeamsServices, turn: Turn, asked: RecordQuestion): Promise<void> {
  if (turn.actor.conversation.kind !== 'personal') return turn.say(inOwnChat());
  const { person } = turn.actor;
  const { db } = services.database;
  const { owner, dates = {}, question } = asked;
  const isWhole = question === 'all';
  const actions =
    question === 'decisions' ? decisionActions : isWhole ? [...actingActions, ...decisionActions] : actingActions;
  const people = owner === undefined ? null : await peopleCalled(db, person, owner);
  const rows = await actedEvents(db, person.tenantId, people, actions, dates, mostLookedThrough);
  const readable = new Map<number, ReadableRequest | null>();
  const shown = [];
  for (const row of rows) {
    const number = row.requestNumber;
    if (!readable.has(number))
      readable.set(number, await readableRequest(services, number, recordAsker(turn.actor, turn.signal)));
    const found = readable.get(number) ?? null;
    if (found?.view !== 'names') continue;
    const { request } = found;
    shown.push({
      ...factsOf(found),
      who: row.actor === person.objectId ? 'You' : (row.name ?? unkept),
      did: did[row.action] ?? row.action,
      at: row.at,
      request: requestId(request.number),
    });
    if (shown.length > mostRecordRows) break;
  }
  const time = timeWords(dates);
  if (shown.length === 0) {
    return turn.say(
      renderCard('notice', {
        severity: 'info',
        sentence: `The record that you may read has nothing of ${owner === 'me' ? 'yours' : owner === undefined ? 'the kind' : `“${owner}”`}${time}.`,
        next: 'Auditors read the whole record; others read it of requests that concern them.',
        examples: ['my requests'],
      }),
    );
  }
  const whose = owner === 'me' ? ' of yours' : owner === undefined ? '' : ` of ${owner}`;
  const more =
    shown.length > mostRecordRows
      ? ` Only the newest ${mostRecordRows} are shown; name a shorter time for others.`
      : '';
  const limited = isAuditor(services, person) ? '' : ' Only those that concern you are shown.';
  await turn.say(
    renderCard('record-list', {
      heading: `${question === 'decisions' ? 'Decisions' : 'What was done'}${whose}${time}`,
      sentence: `Newest first.${limited}${more}`,
      rows: shown.slice(0, mostRecordRows),
    }),
  );
}

/** "Who deleted churn.csv?": the requests about something of this name, as far as the reader may see what they are about. */
export async function listNamed(services: TeamsServices, turn: Turn, name: string): Promise<void> {
  const { person } = turn.actor;
  const found = await readableAbout(services, turn, name);
  if (found === null) return;
  const rows = found.map((readable) => {
    const { requester, createdAt, number } = readable.request;
    const who = requester.objectId === person.objectId ? 'You' : requester.name || unkept;
    return { ...factsOf(readable), who, did: 'asked for', at: createdAt, request: requestId(number) };
  });
  await turn.say(
    renderCard('record-list', {
      heading: `Requests about “${name}”`,
      sentence: 'Newest first. Tap one to see who approved it and what was done.',
      rows,
    }),
  );
}

/**
 * The newest requests about something of this name of which the reader may see what they are about, at least one; null
 * after an answer that there is none, or that others read along.
 */
export async function readableAbout(
  services: TeamsServices,
  turn: Turn,
  name: string,
): Promise<readonly ReadableRequest[] | null> {
  if (turn.actor.conversation.kind !== 'personal') {
    await turn.say(inOwnChat());
    return null;
  }
  const asker = recordAsker(turn.actor, turn.signal);
  const { tenantId } = turn.actor.person;
  const readable: ReadableRequest[] = [];
  for (const number of await requestsCalled(services.database.db, tenantId, name, mostLookedThrough)) {
    const found = await readableRequest(services, number, asker);
    if (found?.view === 'names') readable.push(found);
    if (readable.length === mostRecordRows) break;
  }
  if (readable.length > 0) return readable;
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: `The record that you may read has nothing about “${name}”.`,
      next: 'Names are kept for a while after a request has ended. What was done outside of me I do not know.',
      examples: ['my requests'],
    }),
  );
  return null;
}

/** The name of a thing that a question is about: in quotation marks, with a file ending, or behind a kind; null for none. */
export function nameIn({ text, reading: { slots } }: Turn): string | null {
  const [asset] = slots.assets ?? [];
  if (asset !== undefined) return asset.name;
  if (slots.workspace !== undefined) return slots.workspace;
  const quoted = /[“"„]([^“”"„]{2,120})[”"“]/u.exec(text)?.[1];
  const file = /(?:^|\s)([\p{L}\p{N}_-]{1,80}\.[\p{L}\p{N}._-]{1,20}[\p{L}\p{N}])(?=$|[\s?!,.;:])/u.exec(text)?.[1];
  const behind =
    /\b(?:dataset|experiment|model|project|notebook|web service|transform|module|workspace)s? (?:called |named )?((?!on\b|in\b|of\b|was\b|is\b|that\b|and\b)[\p{L}\p{N}][^\s?!,;:]{1,80})/iu.exec(
      text,
    )?.[1];
  return quoted ?? file ?? behind ?? null;
}

function factsOf({ request }: ReadableRequest) {
  return {
    action: request.action,
    workspaceName: request.workspace?.name ?? '',
    what: whatWords(request, 'approvers'),
  };
}

function timeWords({ after, before }: NonNullable<RecordQuestion['dates']>): string {
  if (after === undefined && before === undefined) return '';
  const last = before === undefined ? null : new Date(Date.parse(`${before}T00:00:00Z`) - 86_400_000);
  const end = last === null ? '' : dayOf(last.toISOString().slice(0, 10));
  if (after === undefined) return ` until ${end}`;
  if (last === null) return ` since ${dayOf(after)}`;
  return dayOf(after) === end ? ` on ${end}` : ` from ${dayOf(after)} to ${end}`;
}

function inOwnChat(): RenderedCard {
  return renderCard('notice', {
    severity: 'refused',
    sentence: 'I answer that in your own chat with me only, since others read along here.',
  });
}
