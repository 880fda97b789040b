import type { Connection } from '../database/connection.ts';
import { appendAudit, appendHistory } from '../database/history.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { holdOpenRequests, insertRequest, openRequestNumbers, requestOfMessage } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import { begin } from '../domain/lifecycle.ts';
import type { Account, Person } from '../domain/people.ts';
import { type Refusal, refusalSentence } from '../domain/refusals.ts';
import { type Ask, type RequestRecord, requestId } from '../domain/request.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { carryOut } from './transition.ts';

/** Where a request was made, as the authenticated activity tells. */
export interface Origin {
  readonly conversationId: string;
  readonly kind: 'personal' | 'group' | 'channel';
  /** The message that asked. */
  readonly activityId: string | null;
}

/** Somebody has as many open requests as anybody may have; nothing was recorded. */
export class TooManyOpenError extends Error {
  override readonly name = 'TooManyOpenError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusalSentence(refusal));
    this.refusal = refusal;
  }
}

/** The most open requests that one person may have, unless the settings say otherwise. */
const usualOpenRequests = 25;

/** How many of the open requests a refusal names. */
const mostNamed = 5;

/** The most assets that one message may name. */
export const mostMentions = 100;

/**
 * Records what a person asked for and enqueues its preparation. From here on the request cannot get lost.
 * A message that Teams delivers twice gives the same request. Throws TooManyOpenError.
 */
export async function ask(
  services: RequestServices,
  person: Person,
  origin: Origin,
  wish: Ask,
): Promise<RequestRecord> {
  return inTransaction(services, (trx) => askIn(services, trx, person, origin, wish));
}

/** The same as part of a transaction. Throws TooManyOpenError. */
export async function askIn(
  services: RequestServices,
  trx: Connection,
  person: Person,
  origin: Origin,
  wish: Ask,
): Promise<RequestRecord> {
  const at = new Date(services.clock.now());
  const { activityId } = origin;
  const before = activityId === null ? null : await requestOfMessage(trx, origin.conversationId, activityId);
  if (before !== null) return before;
  await requirePlace(services, trx, person);
  const { next, effects } = begin(wish.action, person);
  const request = await insertRequest(trx, {
    tenant_id: person.tenantId,
    requester_object_id: person.objectId,
    requester_name: person.name,
    requester_user_principal_name: person.userPrincipalName,
    requester_mail: person.mail,
    requester_role: person.role,
    requester_addresses: storedJson(person.addresses),
    origin_conversation_id: origin.conversationId,
    origin_activity_id: origin.activityId,
    ask: storedJson(wish),
    action: next.action,
    state: next.state,
    version: next.version,
    needs_approval: next.needsApproval,
    stop_requested: next.stopRequested,
    created_at: at,
    updated_at: at,
  });
  if (!request) {
    const earlier = origin.activityId && (await requestOfMessage(trx, origin.conversationId, origin.activityId));
    if (!earlier) throw new Error('a message conflicts with a request that is not there');
    return earlier;
  }
  const { number } = request;
  await appendHistory(trx, {
    requestNumber: number,
    version: next.version,
    event: 'asked',
    from: next.state,
    to: next.state,
    actor: person.name,
    idempotencyKey: null,
    at,
  });
  await appendAudit(trx, {
    at,
    tenantId: person.tenantId,
    actor: person.objectId,
    action: 'request.asked',
    requestNumber: number,
    workspaceId: null,
    detail: { action: wish.action, target: wish.target, data: wish.data },
  });
  // In a shared conversation the card is for everybody; what only the requester may have follows in their own chat.
  await enqueueCard(trx, number, origin.kind === 'personal' ? 'requester' : 'public', origin.conversationId);
  await carryOut(services, trx, number, next, effects);
  return request;
}

/** Throws TooManyOpenError. Holds the person's place until the transaction ends, so that two at once do not both fit. */
async function requirePlace(services: RequestServices, trx: Connection, person: Account): Promise<void> {
  await holdOpenRequests(trx, person);
  const { mostOpenRequests = usualOpenRequests } = services.settings;
  const open = await openRequestNumbers(trx, person, mostOpenRequests);
  if (open.length < mostOpenRequests) return;
  const named = open.slice(0, mostNamed).map(requestId);
  const more = open.length - named.length;
  const name = new Intl.ListFormat('en').format(more > 0 ? [...named, `${more} more`] : named);
  throw new TooManyOpenError({ reason: 'too-many-open', name, detail: String(open.length) });
}
