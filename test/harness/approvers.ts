import type { RequestSettings } from '../../src/requests/request-services.ts';
import { everyDeletionNeeds } from './policies.ts';
import { adele, approversChannel, megan, patti, startWorld, type World } from './world.ts';

/** A message or a press in the approvers' channel. */
export const inChannel = { conversation: approversChannel, kind: 'channel' } as const;

/** Adds the bot to the approvers' channel. */
export async function introduce({ teams }: World): Promise<void> {
  await teams.send(teams.activity(megan, { type: 'installationUpdate', action: 'add' }, inChannel));
}

/** A world in which every deletion needs two approvals, of Megan, Patti or Adele, and the bot is in their channel. */
export async function worldOfApprovers(changes: Partial<RequestSettings> = {}): Promise<World> {
  const world = await startWorld({
    prepare: async (settings) => ({
      ...settings,
      requests: {
        ...settings.requests,
        policy: { ...everyDeletionNeeds(2), approversExist: true },
        approvers: [megan.email, patti.email, adele.email],
        ...changes,
      },
    }),
  });
  await introduce(world);
  return world;
}
