import { entriesOfSettings, knowsGroups } from '../../requests/role-members.ts';
import { renderCard } from '../cards/render.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

const sentence =
  'I could not read just now who is in the groups that decide about requests, so some that wait for you may be missing. Please ask again in a few minutes.';

/** Says that a list of what somebody may decide can lack something, while it is not known who is in a group. */
export async function sayWhenGroupsUnread(services: TeamsServices, turn: Turn): Promise<void> {
  if (knowsGroups(services, entriesOfSettings(services.settings))) return;
  await turn.say(renderCard('notice', { severity: 'problem', sentence, next: null, examples: [] }));
}
