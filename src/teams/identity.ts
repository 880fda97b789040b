import { type Activity, TeamsInfo, TurnContext } from 'botbuilder';
import { type Addresses, type Person, plainAddress } from '../domain/people.ts';
import { type KnownConversation, type KnownPerson, recall, remember } from '../requests/acquaintances.ts';
import { channelOf } from './channels.ts';
import { toConnectorError } from './connector.ts';
import type { TeamsServices } from './services.ts';

/** Who acts, and where: everything that the rest of the bot takes from an activity besides its text. */
export interface Actor {
  readonly person: Person;
  readonly conversation: KnownConversation;
  /** The person's own chat with the bot, when one is known. */
  readonly personalConversationId: string | null;
}

/** Where a turn keeps its actor, so that one activity asks the roster at most once. */
const actorKey = Symbol('actor');

/** How long an answer of the team roster is believed, in milliseconds. */
const rosterLifetimeMs = 15 * 60_000;

/**
 * Identifies the person behind an activity that the adapter has authenticated, and remembers how to reach them.
 * The e-mail address comes from Teams' roster, never from the activity's text or a card's data.
 * Null for activities without a person, from other channels than Teams or from other tenants, and from bots; those
 * are not answered. Throws when Teams' roster does not answer.
 */
export async function identify(services: TeamsServices, context: TurnContext): Promise<Actor | null> {
  const earlier = context.turnState.get<Promise<Actor | null>>(actorKey);
  if (earlier) return earlier;
  const actor = lookUp(services, context);
  context.turnState.set(actorKey, actor);
  return actor;
}

async function lookUp(services: TeamsServices, context: TurnContext): Promise<Actor | null> {
  const { activity } = context;
  const conversation = conversationOf(activity, services.tenantId);
  const objectId = activity.from?.aadObjectId;
  if (conversation === null || !objectId || activity.from.role === 'bot') return null;
  const earlier = await recall(services, conversation.tenantId, objectId);
  const now = services.clock.now();
  const fresh = earlier?.rosterReadAt && now - earlier.rosterReadAt.getTime() < rosterLifetimeMs;
  const listed = fresh ? null : await askRoster(context, activity.from.id);
  const known: KnownPerson = {
    person: {
      tenantId: conversation.tenantId,
      objectId,
      name: listed?.name || activity.from.name || earlier?.person.name || 'Unknown',
      // Without an answer of the roster the last one is kept only while it is fresh: people change.
      userPrincipalName: (fresh ? earlier?.person.userPrincipalName : listed?.userPrincipalName) ?? null,
      mail: (fresh ? earlier?.person.mail : listed?.mail) ?? null,
      role: 'member',
    },
    rosterTenantId: null,
    channelUserId: activity.from.id,
    personalConversationId:
      conversation.kind === 'personal' ? conversation.id : (earlier?.personalConversationId ?? null),
    rosterReadAt: fresh ? (earlier?.rosterReadAt ?? null) : listed ? new Date(now) : null,
  };
  const addresses = await remember(services, known, conversation, channelOf(conversation.id));
  return { person: { ...known.person, addresses }, conversation, personalConversationId: known.personalConversationId };
}

/** The conversation of an activity with what is needed to write into it later; null when Teams' facts are missing. */
function conversationOf(activity: Activity, ownTenant: string | null): KnownConversation | null {
  const { conversation } = activity;
  const tenantId = conversation?.tenantId ?? activity.channelData?.tenant?.id;
  if (activity.channelId !== 'msteams' || !conversation?.id) return null;
  if (typeof tenantId !== 'string' || tenantId === '' || (ownTenant !== null && tenantId !== ownTenant)) return null;
  return {
    id: conversation.id,
    tenantId,
    kind: kindOf(conversation),
    reference: TurnContext.getConversationReference(activity),
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

/** Null when the roster does not know the person. Throws when it does not answer: then it is unknown who they are. */
async function askRoster(context: TurnContext, userId: string): Promise<(Addresses & { name: string }) | null> {
  try {
    const member = await TeamsInfo.getMember(context, userId);
    const { userPrincipalName, email } = member;
    return { name: member.name ?? '', userPrincipalName: plainAddress(userPrincipalName), mail: plainAddress(email) };
  } catch (error) {
    if (toConnectorError(error).status === 404) return null;
    throw error;
  }
}
