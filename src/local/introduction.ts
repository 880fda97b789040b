import { randomUUID } from 'node:crypto';
import { chatTenantId } from '../emulators/graph/sample-people.ts';
import type { Playground } from './playground.ts';

/**
 * Tells the bot that it was added to a team's channel, as Teams does. The Playground does so only when somebody opens
 * the channel in the window, but an approval may be requested before that. Throws when the bot does not accept it.
 */
export async function introduceToTeam(
  endpoint: string,
  window: Playground,
  channel: 'general' | 'announcements',
): Promise<void> {
  const { person, conversations, url } = window;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'installationUpdate',
      action: 'add',
      id: randomUUID(),
      channelId: 'msteams',
      serviceUrl: `${url}/_connector`,
      from: { id: person.id, aadObjectId: person.objectId },
      recipient: { id: '00000000-0000-0000-0000-000000000011', name: 'Studio Steward' },
      conversation: { id: conversations[channel], conversationType: 'channel', isGroup: true, tenantId: chatTenantId },
      channelData: { tenant: { id: chatTenantId } },
    }),
  });
  if (!response.ok) throw new Error(`The bot answered ${response.status} when it was added to the team.`);
}
