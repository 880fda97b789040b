import { type Activity, TurnContext } from 'botbuilder';
import { countingAddresses, type Person, type PersonFacts } from '../domain/people.ts';
import { type Claim, identifySpeaker, type NotServed } from '../domain/speaker.ts';
import { type KnownConversation, type KnownPerson, recall, remember } from '../requests/contacts.ts';
import { channelOf } from './channels.ts';
import { ConnectorError } from './connector.ts';
import { askRoster } from './roster.ts';
import type { TeamsServices } from './teams-services.ts';

/** Who acts, and where: everything that the rest of the bot takes from an activity besides its text. */
export interface Actor {
  readonly person: Person;
  readonly conversation: KnownConversation;
  /** The person's own chat with the bot, when one is known. */
  readonly personalConversationId: string | null;
}

/** The person behind an activity, or why nobody is served for it. */
export type Identified =
  | { readonly served: true; readonly actor: Actor }
  | { readonly served: false; readonly reason: NotServed };

/** Where a turn keeps its actor, so that one activity asks the roster at most once. */
const actorKey = Symbol('actor');

/** How the person of a turn was looked up. */
interface FoundIdentity {
  readonly identified: Promise<Identified>;
  readonly recheck: boolean;
}

/** How long an answer of the team roster is believed, in milliseconds. */
const rosterLifetimeMs = 15 * 60_000;

/**
 * Identifies the person behind an activity that the adapter has authenticated, and remembers how to reach them.
 * Who they are comes from the activity's sender and from Teams' roster, never from a text or a card's data. Whoever is
 * not served is logged here, once for each activity; the caller tells them.
 * `recheck` asks the roster even when it was asked a few minutes ago: for everything that cannot be taken back.
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
      : await askAgain(services, context, claim, userId);
  if ('reason' in found) return refuse(services, activity, found.reason, found);
  const { facts } = found;
  // An activity without an object id was not recalled by it.
  const known = earlier ?? (await recall(services, facts.tenantId, facts.objectId));
  const seen: KnownPerson = {
    person: { ...facts, name: facts.name || activity.from.name || known?.person.name || 'Unknown' },
    rosterTenantId: found.rosterTenantId,
    channelUserId: userId,
    personalConversationId:
      conversation.kind === 'personal' ? conversation.id : (known?.personalConversationId ?? null),
    rosterReadAt: found.readAt,
  };
  const addresses = await remember(services, seen, conversation, channelOf(conversation.id));
  tellWithheld(services, facts, addresses);
  const person = { ...seen.person, addresses };
  return { served: true, actor: { person, conversation, personalConversationId: seen.personalConversationId } };
}

/**
 * Whether what is known of somebody may stand for the roster. Not for another id on the channel, which may be another
 * person's; nor while it is not known whose account it is, since another conversation may tell.
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
  /** What Teams answered, when it did not tell the roster. */
  readonly status?: number | null;
}

async function askAgain(
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

/** One line for each activity that is not served, with ids only. */
function refuse(
  services: TeamsServices,
  activity: Activity,
  reason: NotServed,
  more: Partial<Refused> = {},
): Identified {
  services.log.warn('somebody was not served', {
    reason,
    objectId: more.objectId ?? plainId(activity.from?.aadObjectId),
    activity: activity.type,
    ...(more.status === undefined ? {} : { status: more.status }),
  });
  return { served: false, reason };
}

/** Says that an address of somebody gives no rights, because another account was seen with it first. */
function tellWithheld(services: TeamsServices, facts: PersonFacts, addresses: readonly string[]): void {
  const { guestsMatchByMail = false } = services.settings;
  const withheld = countingAddresses(facts, { guestsMatchByMail }).length - addresses.length;
  if (withheld === 0) return;
  const { objectId } = facts;
  services.log.warn('an address is another account’s', { reason: 'address-of-another-account', objectId, withheld });
}

/** Ids of bots on Teams' channel begin so. */
const botIdPrefix = '28:';

/** An id in the form in which it is stored: GUIDs are the same in either case. */
function plainId(id: unknown): string | null {
  const plain = typeof id === 'string' ? id.trim().toLowerCase() : '';
  return plain === '' ? null : plain;
}

/** The conversation of an activity with what is needed to write into it later, or why it is not served. */
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
      // Only what Teams calls personal may get links, so whatever is unclear counts as shared.
      return 'group';
  }
}
