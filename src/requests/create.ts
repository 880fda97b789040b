import type { Connection } from '../database/connection.ts';
import { appendAudit, appendHistory } from '../database/history.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { insertRequest, lockOpenRequests, openRequestNumbers, requestOfMessage } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import { begin } from '../domain/lifecycle.ts';
import type { Account, Person } from '../domain/people.ts';
import { type Refusal, refusalSentence } from '../domain/refusals.ts';
import { type Ask, type RequestRecord, requestId } from '../domain/request.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { carryOut } from './transition.ts';

/** Where a request was made, from the authenticated activity. */
export interface Origin {
  readonly conversationId: string;
  readonly kind: 'personal' | 'group' | 'channel';
  /** The message that made the request. */
  readonly activityId: string | null;
}

/** The person has reached the limit of open requests; nothing was recorded. */
export class TooManyOpenError extends Error {
  override readonly name = 'TooManyOpenError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusalSentence(refusal));
    this.refusal = refusal;
  }
}

/** The default limit of open requests per person. */
const defaultMaxOpenRequests = 25;

/** How many of the open requests a refusal lists. */
const maxListed = 5;

/** The most assets that one message may name. */
export const maxMentions = 100;

/**
 * Records a request and enqueues its preparation, in one transaction, so that it cannot get lost. Idempotent by
 * message: a message that Teams delivers twice returns the same request. Throws TooManyOpenError.
 */
export async function ask(
  services: RequestServices,
  person: Person,
  origin: Origin,
  asked: Ask,
): Promise<RequestRecord> {
  return inTransaction(services, (trx) => createRequestIn(services, trx, person, origin, asked));
}

/** The same within a transaction. Throws TooManyOpenError. */
export async function createRequestIn(
  services: RequestServices,
  trx: Connection,
  person: Person,
  origin: Origin,
  asked: Ask,
): Promise<RequestRecord> {
  const at = new Date(services.clock.now());
  const { activityId } = origin;
  const before = activityId === null ? null : await requestOfMessage(trx, origin.conversationId, activityId);
  if (before !== null) return before;
  // A schedule has one open run at the most, and the number of schedules has a limit of its own.
  if (asked.schedule === undefined) await requireBelowLimit(services, trx, person);
  const { next, effects } = begin(asked.action, person);
  const request = await insertRequest(trx, {
    tenantId: person.tenantId,
    requesterObjectId: person.objectId,
    requesterName: person.name,
    requesterUserPrincipalName: person.userPrincipalName,
    requesterMail: person.mail,
    requesterRole: person.role,
    requesterAddresses: storedJson(person.addresses),
    originConversationId: origin.conversationId,
    originActivityId: origin.activityId,
    ask: storedJson(asked),
    action: next.action,
    state: next.state,
    version: next.version,
    needsApproval: false,
    approvalsNeeded: 0,
    stopRequested: next.stopRequested,
    createdAt: at,
    updatedAt: at,
  });
  if (!request) {
    const earlier = origin.activityId && (await requestOfMessage(trx, origin.conversationId, origin.activityId));
    if (!earlier) throw new Error('a message conflicts with a request that does not exist');
    return earlier;
  }
  const { number } = request;
  await appendHistory(trx, {
    requestNumber: number,
    version: next.version,
    event: 'asked',
    fromState: next.state,
    toState: next.state,
    actor: person.name,
    idempotencyKey: null,
    at,
  });
  await appendAudit(trx, {
    at,
    tenantId: person.tenantId,
    actor: person.objectId,
    policyVersion: services.settings.policy.version,
    action: 'request.asked',
    requestNumber: number,
    workspaceId: null,
    detail: {
      action: asked.action,
      target: asked.target,
      data: asked.data,
      ...(asked.schedule === undefined ? {} : { schedule: asked.schedule.of }),
    },
  });
  // In a shared conversation the card is for everybody; what only the requester may see follows in their own chat.
  await enqueueCard(trx, number, origin.kind === 'personal' ? 'requester' : 'public', origin.conversationId);
  await carryOut(services, trx, number, next, effects);
  return request;
}

/**
 * Checks the limit of open requests. Locks them until the transaction ends, so that two requests at once cannot both
 * pass. Throws TooManyOpenError.
 */
async function requireBelowLimit(services: RequestServices, trx: Connection, person: Account): Promise<void> {
  await lockOpenRequests(trx, person);
  const { maxOpenRequests = defaultMaxOpenRequests } = services.settings;
  const open = await openRequestNumbers(trx, person, maxOpenRequests);
  if (open.length < maxOpenRequests) return;
  const named = open.slice(0, maxListed).map(requestId);
  const more = open.length - named.length;
  const name = new Intl.ListFormat('en').format(more > 0 ? [...named, `${more} more`] : named);
  throw new TooManyOpenError({ reason: 'too-many-open', name, detail: String(open.length) });
}
