import type { Activity } from 'botbuilder';
import type { Person } from '../domain/people.ts';
import type { Schedule } from '../domain/schedule.ts';
import { type KnownConversation, type KnownPerson, recall, recallConversation } from '../requests/contacts.ts';
import { dueSchedule, endForLeaver, startRun } from '../requests/scheduled-runs.ts';
import { identifyAbsent, type ReadMember } from './absent-person.ts';
import { messageWith } from './card-message.ts';
import { ConnectorError } from './connector.ts';
import { scheduleCard } from './schedule-cards.ts';
import type { TeamsServices } from './teams-services.ts';

/** What of Teams a run needs: who somebody is by now, and a last message to a person whose schedule ends. */
export interface PeopleOfTeams {
  readonly readMember: ReadMember;
  readonly post: (conversation: KnownConversation, message: Partial<Activity>) => Promise<unknown>;
}

/**
 * Starts the run of a schedule that is due, with the rights that its person has now. The schedule of a person whom Teams
 * no longer lists ends, and says so in their chat; but not at the first attempt of the job, since a single answer that
 * somebody is not there may be an error of the service. Throws when Teams cannot be asked; the run then stays due.
 */
export async function startScheduledRun(
  services: TeamsServices,
  teams: PeopleOfTeams,
  schedule: number,
  retries: number,
): Promise<void> {
  try {
    await startDue(services, teams, schedule, retries);
  } catch (error) {
    const status = error instanceof ConnectorError ? error.status : null;
    services.log.error('a job failed; retrying', error, { job: 'start-run', schedule, status });
    throw error;
  }
}

async function startDue(
  services: TeamsServices,
  teams: PeopleOfTeams,
  schedule: number,
  retries: number,
): Promise<void> {
  const due = await dueSchedule(services, schedule);
  if (due === null) return;
  const known = await recall(services, due.owner.tenantId, due.owner.objectId);
  const chats = await chatsOf(services, due, known);
  const person = known === null ? null : await identifyIn(services, teams, known, chats);
  if (person === null) {
    if (retries === 0) throw new Error('Teams did not list the person of a schedule; asking once more');
    return end(services, teams, due, chats);
  }
  const request = await startRun(services, schedule, person);
  services.log.info('a scheduled run is due', { schedule, request });
}

/** The chats in which the person may be found: the one of the schedule, and their present one when it differs. */
async function chatsOf(
  services: TeamsServices,
  { conversationId }: Schedule,
  known: KnownPerson | null,
): Promise<KnownConversation[]> {
  const ids = new Set([conversationId, known?.personalConversationId ?? conversationId]);
  const chats = await Promise.all([...ids].map((id) => recallConversation(services, id)));
  return chats.filter((chat) => chat !== null);
}

async function identifyIn(
  services: TeamsServices,
  { readMember }: PeopleOfTeams,
  known: KnownPerson,
  chats: readonly KnownConversation[],
): Promise<Person | null> {
  for (const chat of chats) {
    const person = await identifyAbsent(services, readMember, known, chat);
    if (person !== null) return person;
  }
  return null;
}

async function end(
  services: TeamsServices,
  { post }: PeopleOfTeams,
  { number, owner }: Schedule,
  chats: readonly KnownConversation[],
): Promise<void> {
  services.log.warn('schedule ended, its person is not listed', { schedule: number, objectId: owner.objectId });
  const ended = await endForLeaver(services, number);
  const chat = chats.at(-1);
  if (ended === null || chat === undefined) return;
  try {
    await post(chat, messageWith(scheduleCard(services, ended)));
  } catch (error) {
    // Most probably they have really left.
    const status = error instanceof ConnectorError ? error.status : null;
    services.log.warn('the end of a schedule could not be told', { schedule: number, status });
  }
}
