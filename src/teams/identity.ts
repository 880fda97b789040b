import { type Activity, TeamsInfo, TurnContext } from 'botbuilder';
import type { Person } from '../domain/people.ts';
import { type KnownConversation, type KnownPerson, recall, remember } from '../requests/acquaintances.ts';
import type { RequestServices } from '../requests/services.ts';

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
 * Null for activities without a person or a tenant (other channels, other bots); those are not answered.
 */
export async function identify(services: RequestServices, context: TurnContext): Promise<Actor | null> {
  const earlier = context.turnState.get<Promise<Actor | null>>(actorKey);
  if (earlier) return earlier;
  const actor = lookUp(services, context);
  context.turnState.set(actorKey, actor);
  return actor;
}

async function lookUp(services: RequestServices, context: TurnContext): Promise<Actor | null> {
  const { activity } = context;
  const conversation = conversationOf(activity);
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
      email: fresh ? (earlier?.person.email ?? null) : (listed?.email ?? null),
    },
    channelUserId: activity.from.id,
    personalConversationId:
      conversation.kind === 'personal' ? conversation.id : (earlier?.personalConversationId ?? null),
    rosterReadAt: fresh ? (earlier?.rosterReadAt ?? null) : listed ? new Date(now) : null,
  };
  await remember(services, known, conversation);
  return { person: known.person, conversation, personalConversationId: known.personalConversationId };
}

/** The conversation of an activity with what is needed to write into it later; null when Teams' facts are missing. */
function conversationOf(activity: Activity): KnownConversation | null {
  const { conversation } = activity;
  const tenantId = conversation?.tenantId ?? activity.channelData?.tenant?.id;
  if (!conversation?.id || typeof tenantId !== 'string' || tenantId === '') return null;
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
      return conversation.isGroup || conversation.conversationType === 'groupChat' ? 'group' : 'personal';
  }
}

async function askRoster(context: TurnContext, userId: string): Promise<{ name: string; email: string | null } | null> {
  try {
    const member = await TeamsInfo.getMember(context, userId);
    const email = (member.userPrincipalName || member.email || '').trim().toLowerCase();
    return { name: member.name ?? '', email: email === '' ? null : email };
  } catch {
    // A roster that does not answer must not look like a person without rights being refused for good;
    // the person then has no e-mail address for this turn and is told so.
    return null;
  }
}
