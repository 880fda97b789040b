import { recall, recallConversation } from '../requests/contacts.ts';
import { dueSchedule, endForLeaver, startRun } from '../requests/scheduled-runs.ts';
import { identifyAbsent, type ReadMember } from './absent-person.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Starts the run of a schedule that is due, with the rights that its person has now. The schedule of a person whom Teams
 * no longer lists ends. Throws ConnectorError when Teams cannot be asked; the run then stays due.
 */
export async function startScheduledRun(
  services: TeamsServices,
  readMember: ReadMember,
  schedule: number,
): Promise<void> {
  const due = await dueSchedule(services, schedule);
  if (due === null) return;
  const { owner, conversationId } = due;
  const [known, conversation] = await Promise.all([
    recall(services, owner.tenantId, owner.objectId),
    recallConversation(services, conversationId),
  ]);
  const person =
    known === null || conversation === null ? null : await identifyAbsent(services, readMember, known, conversation);
  if (person === null) {
    services.log.warn('schedule ended, its person is not listed', { schedule, objectId: owner.objectId });
    return endForLeaver(services, schedule);
  }
  const request = await startRun(services, schedule, person);
  services.log.info('a scheduled run is due', { schedule, request });
}
