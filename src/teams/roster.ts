import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { RosterFacts } from '../domain/speaker.ts';
import { toConnectorError } from './connector.ts';

/**
 * Timeout of the roster lookup in a turn, in milliseconds: Teams aborts an invoke after about ten seconds. The
 * connector's client retries transient failures by itself, but would continue for minutes.
 */
const maxWaitMs = 6_000;

/** A value from Teams; anything that is not a string counts as missing. */
const text = z.string().nullish().catch(null);
const Member = z
  .object({
    name: text,
    aadObjectId: text,
    /** The object id under the name in Teams' documentation. */
    objectId: text,
    userPrincipalName: text,
    email: text,
    tenantId: text,
    userRole: text,
  })
  .catch({});

/**
 * The sender's entry in the roster of the conversation; null when there is none. Throws ConnectorError when the roster
 * cannot be read within a few seconds.
 */
export async function askRoster(context: TurnContext, userId: string): Promise<RosterFacts | null> {
  const signal = AbortSignal.timeout(maxWaitMs);
  const tooLate = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(toConnectorError(signal.reason)), { once: true });
  });
  return Promise.race([rosterFacts(context, userId), tooLate]);
}

/** In a channel the team's roster is read first. A shared channel also has members who are not in the team. */
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
