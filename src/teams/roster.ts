import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { RosterFacts } from '../domain/speaker.ts';
import { toConnectorError } from './connector.ts';

/**
 * How long a turn may spend on the roster, in milliseconds: Teams gives up on an invoke after about ten seconds. The
 * connector's client repeats what fails in passing by itself, but would go on for minutes.
 */
const maxWaitMs = 6_000;

/** What Teams sends is not ours to rely on, so whatever is no text counts as missing. */
const text = z.string().nullish().catch(null);
const Member = z
  .object({
    name: text,
    aadObjectId: text,
    /** The same under the name that Teams' documentation has. */
    objectId: text,
    userPrincipalName: text,
    email: text,
    tenantId: text,
    userRole: text,
  })
  .catch({});

/**
 * What the roster of the conversation tells of its sender; null when it does not list them. Throws ConnectorError when
 * nobody can say, within a few seconds.
 */
export async function askRoster(context: TurnContext, userId: string): Promise<RosterFacts | null> {
  const signal = AbortSignal.timeout(maxWaitMs);
  const tooLate = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(toConnectorError(signal.reason)), { once: true });
  });
  return Promise.race([rosterFacts(context, userId), tooLate]);
}

/** In a channel the team's roster comes first. A shared channel has members of its own, who are not in it. */
async function rosterFacts(context: TurnContext, userId: string): Promise<RosterFacts | null> {
  const team = context.activity.channelData?.team?.id;
  const listed = await orNull(() => TeamsInfo.getMember(context, userId));
  if (listed !== null || typeof team !== 'string' || team === '') return listed === null ? null : factsOf(listed);
  const own = await orNull(() => TeamsInfo.getTeamMember(context, context.activity.conversation.id, userId));
  return own === null ? null : factsOf(own);
}

async function orNull(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return (await ask()) ?? null;
  } catch (cause) {
    const error = toConnectorError(cause);
    if (error.status === 404) return null;
    throw error;
  }
}

function factsOf(answer: unknown): RosterFacts {
  const { name, aadObjectId, objectId, userPrincipalName, email, tenantId, userRole } = Member.parse(answer);
  return {
    name: name ?? null,
    objectId: aadObjectId || objectId || null,
    tenantId: tenantId ?? null,
    userPrincipalName: userPrincipalName ?? null,
    mail: email ?? null,
    userRole: userRole ?? null,
  };
}
