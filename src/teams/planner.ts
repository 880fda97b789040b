import type { Plan, Planner, PredictedDoCommand } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { recallConversation, rememberConversation } from '../requests/conversation-state.ts';
import { type ConversationContext, expire, nothingSaid, remember } from '../understanding/conversation.ts';
import type { Reading } from '../understanding/intents.ts';
import type { MessageParts } from '../understanding/message/message-parts.ts';
import type { SecondOpinion } from '../understanding/second-opinion.ts';
import { type Actor, identify } from './identity.ts';
import { KnownNames, namesMayDecide } from './known-names.ts';
import { askBack, memoryFor, partsOf } from './message-words.ts';
import { type Understand, unread } from './reading-thread.ts';
import type { TeamsServices } from './teams-services.ts';

/** How long a conversation's memory is kept, in milliseconds; the reader itself forgets single turns earlier. */
const conversationLifetimeMs = 3_600_000;

/** The one action that teams-ai knows; its parameters are a `SettledReading`. */
export const answerAction = 'steward.answer';

/**
 * Puts a reader behind teams-ai's planner interface: one message becomes one action with the whole reading as its
 * parameters. A planner proposes only; whatever changes data still goes through preview, policy and confirmation.
 */
export class ReadingPlanner implements Planner {
  readonly #services: TeamsServices;
  readonly #understand: Understand;
  readonly #names: KnownNames;
  readonly #secondOpinion: SecondOpinion | null;

  constructor(services: TeamsServices, understand: Understand, secondOpinion: SecondOpinion | null) {
    this.#services = services;
    this.#secondOpinion = secondOpinion;
    this.#understand = understand;
    this.#names = new KnownNames(services);
  }

  async beginTask(context: TurnContext): Promise<Plan> {
    const reading = await this.#read(context, partsOf(context));
    return planAnswer(context, reading, this.#secondOpinion);
  }

  /** One sentence is one action, so there is never more to do. */
  async continueTask(): Promise<Plan> {
    return { type: 'plan', commands: [] };
  }

  /** Reads the sentence with the memory of this person in this conversation, and adds it to that memory. */
  async #read(context: TurnContext, parts: MessageParts): Promise<Reading> {
    const identified = await identify(this.#services, context);
    const now = this.#services.clock.now();
    const today = new Date(now).toISOString().slice(0, 10);
    // Who is not served is not read either.
    if (!identified.served) return unread;
    const earlier = await recall(this.#services, identified.actor);
    const reading = await this.#understood(parts.own, memoryFor(parts, earlier), today, identified.actor);
    // What was torn out of a message, or left aside in it, is nothing to refer to later.
    if (askBack(parts, reading) !== null) return reading;
    await add(this.#services, identified.actor, earlier, reading);
    return reading;
  }

  /** Reads a text, and where the names that exist may decide how, once more with them. */
  async #understood(text: string, earlier: ConversationContext, today: string, { person }: Actor): Promise<Reading> {
    const reading = await this.#understand(text, earlier, today);
    if (!namesMayDecide(reading, text)) return reading;
    const names = await this.#names.in(text, person);
    return names.length === 0 ? reading : this.#understand(text, earlier, today, names);
  }
}

/** The plan for a message that was read; where a second reader is there, it is asked about what is unsure. */
export async function planAnswer(
  context: TurnContext,
  reading: Reading,
  secondOpinion: SecondOpinion | null,
): Promise<Plan> {
  const parts = partsOf(context);
  const { from, conversation } = context.activity;
  // The names of people who are mentioned stay in the tenant, and a torn sentence is not for guessing.
  const isWhole = parts.mentions.length === 0 && !parts.hasGap;
  const message = {
    text: parts.own,
    isWhole,
    reading,
    personId: from?.id ?? '',
    conversationId: conversation?.id ?? '',
  };
  const settled = (await secondOpinion?.(context, message)) ?? { reading, askFirst: false };
  const command: PredictedDoCommand = { type: 'DO', action: answerAction, parameters: { ...settled } };
  return { type: 'plan', commands: [command] };
}

/** Adds what a person chose to say to their memory of the conversation. */
export async function rememberReading(services: TeamsServices, actor: Actor, reading: Reading): Promise<void> {
  await add(services, actor, await recall(services, actor), reading);
}

async function recall(services: TeamsServices, { person, conversation }: Actor): Promise<ConversationContext> {
  const kept = (await recallConversation(services, person, conversation.id)) as ConversationContext | null;
  return expire(kept ?? nothingSaid, services.clock.now());
}

function add(services: TeamsServices, actor: Actor, earlier: ConversationContext, reading: Reading): Promise<void> {
  const { person, conversation } = actor;
  const memory = remember(earlier, reading, services.clock.now());
  return rememberConversation(services, person, conversation.id, memory, conversationLifetimeMs);
}
