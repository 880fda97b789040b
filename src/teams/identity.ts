import { type Activity, TurnContext } from 'botbuilder';
import { countingAddresses, type Person, type PersonFacts } from '../domain/people.ts';
import { isTimeZone } from '../domain/recurrence-rule.ts';
import { type Claim, identifySpeaker, type NotServed } from '../domain/speaker.ts';
import { type KnownConversation, type KnownPerson, recall, remember } from '../requests/contacts.ts';
import { channelOf } from './channels.ts';
import { ConnectorError } from './connector.ts';
import { askRoster } from './roster.ts';
import type { TeamsServices } from './teams-services.ts';

/** The sender and the conversation: everything that the rest of the bot uses of an activity besides its text. */
export interface Actor {
  readonly person: Person;
  readonly conversation: KnownConversation;
  /** The person's personal chat with the bot, when one is known. */
  readonly personalConversationId: string | null;
  /** The IANA time zone that the person's Teams tells; null when it tells none that is known here. */
  readonly timeZone: string | null;
}

/** The sender of an activity, or why the sender is not served. */
export type Identified =
  | { readonly served: true; readonly actor: Actor }
  | { readonly served: false; readonly reason: NotServed };

/** Key in the turn state of the sender, so that one activity reads the roster at most once. */
const actorKey = Symbol('actor');

/** The lookup of a turn's sender, kept for the rest of the turn. */
interface FoundIdentity {
  readonly identified: Promise<Identified>;
  readonly recheck: boolean;
}

/** How long facts from Teams' roster are cached, in milliseconds. */
const rosterLifetimeMs = 15 * 60_000;

/**
 * Identifies the sender of an activity that the adapter has authenticated, and stores how to reach them. Who they are
 * comes from the activity's sender and from Teams' roster, never from a text or a card's data. A sender who is not
 * served is logged here, once for each activity; the caller tells them.
 * `recheck` bypasses the cache of the roster: for everything that cannot be undone.
 */
export async function identify(
  services: TeamsServices,
  context: TurnContext,
  { recheck = false }: { readonly recheck?: boolean } = {},
): Promise<Identified> {
  const earlier = context.turnState.get<FoundIdentity>(actorKey);
  if (earlier && (earlier.recheck || !recheck)) return earlier.identified;
  const identified = lookUp(services, context, recheck);
  context.turnState.set(actorKey, { identified, recheck } satisfies FoundIdentity);
  return identified;
}

async function lookUp(services: TeamsServices, context: TurnContext, recheck: boolean): Promise<Identified> {
  const { activity } = context;
  const place = conversationOf(activity, services.tenantId);
  if ('reason' in place) return refuse(services, activity, place.reason);
  const { conversation } = place;
  const userId = activity.from?.id ?? '';
  if (activity.from?.role === 'bot' || userId.startsWith(botIdPrefix)) return refuse(services, activity, 'bot');
  if (userId === '') return refuse(services, activity, 'no-account');
  const claim: Claim = {
    ownTenantId: conversation.tenantId,
    tenantIsSet: services.tenantId !== null,
    senderTenantId: plainId(activity.channelData?.tenant?.id),
    objectId: plainId(activity.from.aadObjectId),
    isPersonalChat: conversation.kind === 'personal',
  };
  const earlier = claim.objectId === null ? null : await recall(services, conversation.tenantId, claim.objectId);
  const found =
    !recheck && earlier !== null && isFresh(services, earlier, userId)
      ? { facts: earlier.person, rosterTenantId: earlier.rosterTenantId, readAt: earlier.rosterReadAt }
      : await readRoster(services, context, claim, userId);
  if ('reason' in found) return refuse(services, activity, found.reason, found);
  const { facts } = found;
  // Without an object id in the activity, the contact could not be looked up by it before.
  const known = earlier ?? (await recall(services, facts.tenantId, facts.objectId));
  const seen: KnownPerson = {
    person: { ...facts, name: facts.name || activity.from.name || known?.person.name || 'Unknown' },
    rosterTenantId: found.rosterTenantId,
    channelUserId: userId,
    personalConversationId:
      conversation.kind === 'personal' ? conversation.id : (known?.personalConversationId ?? null),
    rosterReadAt: found.readAt,
  };
  const person = await remember(services, seen, conversation, channelOf(conversation.id));
  logWithheld(services, facts, person.addresses);
  const { personalConversationId } = seen;
  return { served: true, actor: { person, conversation, personalConversationId, timeZone: timeZoneOf(activity) } };
}

/**
 * Whether cached facts may be used instead of the roster. Not for another channel user id, which may be another
 * person's; nor while the account's role is unknown, since another conversation may reveal it.
 */
function isFresh(services: TeamsServices, { person, channelUserId, rosterReadAt }: KnownPerson, userId: string) {
  if (rosterReadAt === null || channelUserId !== userId || person.role === 'unknown') return false;
  const age = services.clock.now() - rosterReadAt.getTime();
  return age >= 0 && age < rosterLifetimeMs;
}

interface Found {
  readonly facts: PersonFacts;
  readonly rosterTenantId: string | null;
  readonly readAt: Date | null;
}

interface Refused {
  readonly reason: NotServed;
  readonly objectId?: string | null;
  /** Teams' status, when the roster could not be read. */
  readonly status?: number | null;
}

async function readRoster(
  services: TeamsServices,
  context: TurnContext,
  claim: Claim,
  userId: string,
): Promise<Found | Refused> {
  try {
    const listed = await askRoster(context, userId);
    const speaker = identifySpeaker(claim, listed);
    if (!speaker.served) return { reason: speaker.reason, objectId: claim.objectId ?? plainId(listed?.objectId) };
    return {
      facts: { ...speaker.facts, name: listed?.name ?? '' },
      rosterTenantId: plainId(listed?.tenantId),
      readAt: new Date(services.clock.now()),
    };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { reason: 'roster-unavailable', objectId: claim.objectId, status: error.status };
  }
}

/** Logs an activity that is not served, with ids only. */
function refuse(
  services: TeamsServices,
  activity: Activity,
  reason: NotServed,
  more: Partial<Refused> = {},
): Identified {
  services.log.warn('sender not served', {
    reason,
    objectId: more.objectId ?? plainId(activity.from?.aadObjectId),
    activity: activity.type,
    ...(more.status === undefined ? {} : { status: more.status }),
  });
  return { served: false, reason };
}

/** Logs that an address of a person grants no rights, because another account was seen with it first. */
function logWithheld(services: TeamsServices, facts: PersonFacts, addresses: readonly string[]): void {
  const { guestsMatchByMail = false } = services.settings;
  const withheld = countingAddresses(facts, { guestsMatchByMail }).filter((each) => !addresses.includes(each)).length;
  if (withheld === 0) return;
  const { objectId } = facts;
  services.log.warn('address belongs to another account', { reason: 'address-of-another-account', objectId, withheld });
}

/** Prefix of bots' ids on Teams' channel. */
const botIdPrefix = '28:';

/** The sender's time zone, which Teams puts beside a message, or among its entities. */
function timeZoneOf({ localTimezone, entities }: Activity): string | null {
  const client = entities?.find(({ type }) => type === 'clientInfo') as { timezone?: unknown } | undefined;
  const named = [localTimezone, client?.timezone].filter((zone) => typeof zone === 'string' && zone.length <= 60);
  return named.find((zone): zone is string => typeof zone === 'string' && isTimeZone(zone)) ?? null;
}

/** An id in its stored form, in lower case, since GUIDs are case-insensitive. */
function plainId(id: unknown): string | null {
  const plain = typeof id === 'string' ? id.trim().toLowerCase() : '';
  return plain === '' ? null : plain;
}

/** The conversation of an activity with its reference for proactive messages, or why it is not served. */
function conversationOf(
  activity: Activity,
  ownTenant: string | null,
): { readonly conversation: KnownConversation } | { readonly reason: NotServed } {
  const { conversation } = activity;
  if (activity.channelId !== 'msteams') return { reason: 'not-teams' };
  if (!conversation?.id) return { reason: 'no-conversation' };
  const tenantId = plainId(conversation.tenantId) ?? plainId(activity.channelData?.tenant?.id);
  if (tenantId === null) return { reason: 'no-tenant' };
  if (ownTenant !== null && tenantId !== plainId(ownTenant)) return { reason: 'foreign-conversation' };
  return {
    conversation: {
      id: conversation.id,
      tenantId,
      kind: kindOf(conversation),
      reference: TurnContext.getConversationReference(activity),
    },
  };
}

function kindOf(conversation: Activity['conversation']): KnownConversation['kind'] {
  switch (conversation.conversationType) {
    case 'personal':
      return 'personal';
    case 'channel':
      return 'channel';
    default:
      // Links go only into conversations that Teams calls personal, so an unclear type counts as shared.
      return 'group';
  }
}
