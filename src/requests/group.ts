import { originActivityOf, requestsOfAnyWording } from '../database/request-rows.ts';
import { type Person, samePerson } from '../domain/people.ts';
import type { Ask, RequestRecord } from '../domain/request.ts';
import { createRequestIn, type Origin } from './create.ts';
import { inTransaction, type RequestServices } from './request-services.ts';

/** Most requests that one message makes. */
export const mostOfGroup = 10;

/**
 * Creates one request for each ask of a message, all or none. Each has its own preview, policy decision, confirmation
 * and receipt; what holds them together is the message. Idempotent by message. Throws TooManyOpenError.
 */
export async function askEach(
  services: RequestServices,
  person: Person,
  origin: Origin,
  asks: readonly Ask[],
): Promise<readonly RequestRecord[]> {
  return inTransaction(services, async (trx) => {
    const created: RequestRecord[] = [];
    for (const [index, ask] of asks.entries()) {
      const { activityId } = origin;
      const id = activityId === null || index === 0 ? activityId : `${activityId}${partOfMessage}${index + 1}`;
      created.push(await createRequestIn(services, trx, person, { ...origin, activityId: id }, ask));
    }
    return created;
  });
}

const partOfMessage = ';workspace=';

/**
 * The requests of the same message as one of the person's requests, oldest first; only that one when it stands alone.
 * Null when it is not theirs.
 */
export async function groupOf(
  services: RequestServices,
  person: Person,
  request: RequestRecord,
): Promise<readonly RequestRecord[] | null> {
  if (!samePerson(request.requester, person)) return null;
  const { db } = services.database;
  const activityId = await originActivityOf(db, request.number);
  if (activityId === null || request.originConversationId === null) return [request];
  const [first = activityId] = activityId.split(partOfMessage);
  const others = await requestsOfAnyWording(db, request.originConversationId, first);
  const isOfGroup = async ({ number }: RequestRecord) =>
    (await originActivityOf(db, number))?.split(partOfMessage)[0] === first;
  const group: RequestRecord[] = [];
  for (const each of others) if (await isOfGroup(each)) group.push(each);
  return group.reverse();
}
