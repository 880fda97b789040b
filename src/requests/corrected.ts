import { eachAsset } from '../database/request-assets.ts';
import { requestsOf } from '../database/request-rows.ts';
import type { Action } from '../domain/actions.ts';
import { isWaitingForPeople } from '../domain/lifecycle.ts';
import { foldName } from '../domain/name-folding.ts';
import type { Person } from '../domain/people.ts';
import type { RequestRecord } from '../domain/request.ts';
import type { RequestServices } from './request-services.ts';

/** True while nobody has confirmed a request. */
export function isUnconfirmed({ state }: Pick<RequestRecord, 'state'>): boolean {
  return state === 'preparing' || (isWaitingForPeople(state) && state !== 'awaiting-approval');
}

/**
 * The request that a correction is about: the person's newest unfinished one of a conversation, older than the request
 * `before` if that is given, unless it was confirmed or is of another action. Null where there is none.
 */
export async function correctedRequest(
  { database }: Pick<RequestServices, 'database'>,
  person: Person,
  { conversationId, action, before }: { conversationId: string; action: Action; before?: number },
): Promise<RequestRecord | null> {
  const requests = await requestsOf(database.db, person, 10, 'unfinished');
  const found = requests.find(
    ({ number, originConversationId }) =>
      (before === undefined || number < before) && originConversationId === conversationId,
  );
  return found === undefined || found.action !== action || !isUnconfirmed(found) ? null : found;
}

/** The first of these names that no asset of a request's preview has; null when each has one. Reads the whole preview. */
export async function notInPreview(
  { database }: Pick<RequestServices, 'database'>,
  { number }: Pick<RequestRecord, 'number'>,
  names: readonly string[],
): Promise<string | null> {
  const missing = new Map(names.map((name) => [foldName(name), name]));
  for await (const { asset } of eachAsset(database.db, number)) {
    missing.delete(foldName(asset.name));
    if (missing.size === 0) return null;
  }
  return [...missing.values()][0] ?? null;
}
