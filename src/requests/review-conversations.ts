import type { Connection } from '../database/connection.ts';
import { enqueueCard } from '../database/outbox-rows.ts';
import { readConversation } from '../database/person-rows.ts';
import type { NamedConversation } from '../domain/conversation-id.ts';
import type { RequestRecord } from '../domain/request.ts';
import { defaultPlaces, mergedPlaces, type ReviewPlace } from '../domain/review-places.ts';
import type { RequestServices } from './request-services.ts';

type Settled = Pick<RequestServices, 'settings'>;
type Asking = Pick<RequestRecord, 'terms'>;

/** A place whose conversation is known by its id. */
export interface KnownPlace extends ReviewPlace {
  readonly conversationId: string;
}

/**
 * The conversations in which a request's approvals are asked for: those of the rules that its terms come from, and the
 * approvers' of the configuration where a rule names none. Empty where the configuration has none, either.
 */
export function reviewPlaces({ settings }: Settled, { terms }: Asking): readonly KnownPlace[] {
  const known = (terms?.places ?? defaultPlaces).flatMap((place) => {
    const conversationId = place.conversationId ?? settings.approvalConversationId;
    return conversationId === null ? [] : { ...place, conversationId };
  });
  return mergedPlaces(known);
}

/** Every conversation in which approvals can be asked for by the configuration and the policy, each once. */
export function configuredPlaces({ settings }: Settled): readonly string[] {
  const own = namedConversations({ settings }).map(({ id }) => id);
  return [...new Set([settings.approvalConversationId, ...own].filter((id) => id !== null))];
}

/** The conversations that rules of the policy name. */
function namedConversations({ settings }: Settled): readonly NamedConversation[] {
  return settings.policy.rules.flatMap(({ conversation, escalateTo }) =>
    [conversation, escalateTo?.conversation].filter((each) => each !== undefined),
  );
}

/** Which of these conversations the bot can write into: it learns how when somebody adds or mentions it there. */
export async function usablePlaces<Place extends { readonly conversationId: string }>(
  db: Connection,
  places: readonly Place[],
): Promise<readonly Place[]> {
  const usable: Place[] = [];
  for (const place of places) {
    if ((await readConversation(db, place.conversationId)) !== null) usable.push(place);
  }
  return usable;
}

/**
 * Whether approvals can be requested everywhere. Returns the conversations in which the bot is not, and that are needed
 * by the configuration or a rule; none when no approvals are requested.
 */
export async function missingPlaces({
  database,
  settings,
}: Pick<RequestServices, 'database' | 'settings'>): Promise<readonly string[]> {
  const needed = configuredPlaces({ settings }).map((conversationId) => ({ conversationId }));
  const usable = await usablePlaces(database.db, needed);
  return needed.filter((place) => !usable.includes(place)).map(({ conversationId }) => conversationId);
}

/** "the channel “Finance”" as the link to it names it, or what it is for where no link has its name. */
export function placeWords({ settings }: Settled, conversationId: string): string {
  const named = namedConversations({ settings }).find(({ id, name }) => id === conversationId && name !== undefined);
  if (named !== undefined) return `the channel “${named.name}”`;
  return conversationId === settings.approvalConversationId ? 'the approvers’ channel' : 'the channel of this rule';
}

/** Adds the card for those who see it in a shared conversation; does nothing when there is one already. */
export function enqueueInPlace(
  { settings }: Settled,
  trx: Connection,
  requestNumber: number,
  conversationId: string,
): Promise<void> {
  // The conversation of the configuration has the empty recipient, as every card of an earlier release.
  const recipient = conversationId === settings.approvalConversationId ? '' : conversationId;
  return enqueueCard(trx, requestNumber, 'approvers', conversationId, recipient);
}
