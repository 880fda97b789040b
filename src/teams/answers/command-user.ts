import { isAdministrator } from '../../requests/address-changes.ts';
import { isApprover } from '../../requests/report.ts';
import { configuredPlaces } from '../../requests/review-conversations.ts';
import { channelOf } from '../channels.ts';
import type { CommandUser } from '../fitting-commands.ts';
import type { Actor } from '../identity.ts';
import type { TeamsServices } from '../teams-services.ts';
import { rightsOf } from './rights.ts';

/** The person of a turn as somebody to whom commands are suggested. */
export async function commandUserOf(services: TeamsServices, actor: Actor, signal: AbortSignal): Promise<CommandUser> {
  const { person, conversation } = actor;
  const here = channelOf(conversation.id);
  return {
    place: conversation.kind === 'personal' ? 'personal' : 'shared',
    rights: await rightsOf(services, person, signal),
    isApprover: isApprover(services, person),
    isAdministrator: isAdministrator(services, person),
    decidesHere: configuredPlaces(services).some((id) => channelOf(id) === here),
  };
}
