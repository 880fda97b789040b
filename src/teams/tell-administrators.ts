import { type Account, samePerson } from '../domain/people.ts';
import { requestId } from '../domain/request.ts';
import { knownAdministrators } from '../requests/administrators.ts';
import { recall, recallConversation } from '../requests/contacts.ts';
import { messageWith } from './card-message.ts';
import { plainName } from './cards/literal.ts';
import { renderCard } from './cards/render.ts';
import { plural } from './cards/words.ts';
import { type Connector, ConnectorError } from './connector.ts';
import type { TeamsServices } from './teams-services.ts';

/** What was withdrawn of one person who has left: their account, and numbers of requests and of schedules. */
interface Withdrawn {
  readonly account: Account;
  readonly requests: readonly number[];
  readonly schedules: readonly number[];
}

/** So many requests are named; the rest is counted. */
const mostNamed = 20;

/**
 * Tells the administrators in their own chats that somebody has left and what of theirs was withdrawn. Who cannot be
 * reached is left out, with a line in the log; throws when nobody could be reached, so that the job is tried again.
 */
export async function tellAdministrators(
  services: TeamsServices,
  { post }: Pick<Connector, 'post'>,
  withdrawn: Withdrawn,
  signal: AbortSignal,
): Promise<void> {
  const { account } = withdrawn;
  const name = (await recall(services, account.tenantId, account.objectId))?.person.name ?? '';
  const message = messageWith(
    renderCard('notice', {
      severity: 'info',
      sentence: sentenceOf(name, withdrawn),
      next: 'No download link is made for this account any more. Links that were handed out before work until they expire.',
      examples: [],
    }),
  );
  let failure: unknown = null;
  let told = 0;
  for (const { person: administrator, personalConversationId } of await knownAdministrators(
    services,
    account.tenantId,
    signal,
  )) {
    if (personalConversationId === null || samePerson(administrator, account)) continue;
    const chat = await recallConversation(services, personalConversationId);
    if (chat === null) continue;
    try {
      await post(chat, message);
      told += 1;
    } catch (error) {
      failure = error;
      const status = error instanceof ConnectorError ? error.status : null;
      services.log.warn('an administrator could not be told that somebody has left', { status });
    }
  }
  services.log.info('administrators were told that somebody has left', { told });
  if (told === 0 && failure !== null) throw failure;
}

function sentenceOf(name: string, { requests, schedules }: Withdrawn): string {
  const who = name === '' ? 'An account' : `The account of ${plainName(name)}`;
  const ids = requests.slice(0, mostNamed).map(requestId);
  const rest = requests.length - ids.length;
  const named = new Intl.ListFormat('en').format(rest > 0 ? [...ids, `${rest} more`] : ids);
  const stopped = requests.length === 0 ? [] : [`I withdrew what waited and stopped what was running: ${named}.`];
  const ended = schedules.length === 0 ? [] : [`I ended ${plural(schedules.length, 'recurring export')}.`];
  return [`${who} is disabled or no longer in the tenant.`, ...stopped, ...ended].join(' ');
}
