import type { Activity } from 'botbuilder';
import { isSamePersonOrAddress, type Person } from '../domain/people.ts';
import { knownAdministrators } from '../requests/administrators.ts';
import { type KnownConversation, personWithRights, recall, recallConversation } from '../requests/contacts.ts';
import { shownDeputyship } from '../requests/deputyships.ts';
import { messageWith } from './card-message.ts';
import { ConnectorError } from './connector.ts';
import { deputyCard } from './deputy-cards.ts';
import { classifyStatus } from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/** Whom a job tells of a deputyship, and after what. */
interface Telling {
  readonly deputyship: number;
  readonly event: 'named' | 'admitted' | 'ended';
  readonly reader: 'away' | 'deputy' | 'administrators';
}

type Post = (conversation: KnownConversation, message: Partial<Activity>) => Promise<unknown>;

/**
 * Shows a deputyship, as it is at that moment, to one of the two or to the administrators who can admit the deputy, each
 * in their own chat. Throws what Teams may take later, so that the job is repeated; whoever cannot be reached at all is
 * named in the log.
 */
export async function tellDeputyship(
  services: TeamsServices,
  post: Post,
  { deputyship: number, event, reader }: Telling,
  signal: AbortSignal,
): Promise<void> {
  const shown = await shownDeputyship(services, number);
  if (shown === null) return;
  const { tenantId, awayId, deputyId, admittedBy } = shown.deputyship;
  if (reader !== 'administrators') {
    return tellOne(services, post, number, event, { tenantId, objectId: reader === 'away' ? awayId : deputyId });
  }
  if (admittedBy !== null) return;
  let failure: unknown = null;
  let told = 0;
  for (const { person } of await knownAdministrators(services, tenantId, signal)) {
    if (isSamePersonOrAddress(person, shown.away) || isSamePersonOrAddress(person, shown.deputy)) continue;
    await tellOne(services, post, number, event, person).then(
      () => {
        told += 1;
      },
      (error: unknown) => {
        failure = error;
      },
    );
  }
  if (told === 0 && failure !== null) throw failure;
}

async function tellOne(
  services: TeamsServices,
  post: Post,
  number: number,
  event: Telling['event'],
  { tenantId, objectId }: Pick<Person, 'tenantId' | 'objectId'>,
): Promise<void> {
  const known = await recall(services, tenantId, objectId);
  const shown = await shownDeputyship(services, number);
  const id = known?.personalConversationId ?? null;
  const chat = id === null ? null : await recallConversation(services, id);
  const facts = { deputyship: number, event, objectId };
  if (known === null || shown === null || chat === null) {
    return services.log.warn('a person was not told of a deputyship', facts);
  }
  const reader = await personWithRights(services, known.person);
  try {
    await post(chat, messageWith(await deputyCard(services, shown, reader)));
  } catch (error) {
    if (!(error instanceof ConnectorError) || classifyStatus(error.status) !== 'no-entry') throw error;
    services.log.warn('a person was not told of a deputyship', { ...facts, status: error.status });
  }
}
