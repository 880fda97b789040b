import type { Plan, Planner, PredictedDoCommand } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import { expectsCode } from '../requests/address-proofs.ts';
import { recallConversation, rememberConversation } from '../requests/conversation-state.ts';
import { mayHoldCode } from '../understanding/address-proof-phrases.ts';
import {
  type ConversationContext,
  emptyConversation,
  expire,
  remember,
  rememberRows,
  type ShownRows,
} from '../understanding/conversation.ts';
import { isAboutAddresses, type Offer, type Reading } from '../understanding/intents.ts';
import type { MessageParts } from '../understanding/message/message-parts.ts';
import type { SecondOpinion } from '../understanding/second-opinion.ts';
import { type Actor, identify } from './identity.ts';
import { KnownNames, namesMayDecide } from './known-names.ts';
import { clarificationFor, memoryFor, partsOf } from './message-words.ts';
import { withoutPlaceholders } from './placeholders.ts';
import { type Understand, unread } from './reading-thread.ts';
import type { TeamsServices } from './teams-services.ts';

/** How long a conversation's state is stored, in milliseconds; the reader ignores single turns earlier. */
const conversationLifetimeMs = 3_600_000;

/** The only action registered with teams-ai; its parameters are a `FinalReading`. */
export const answerAction = 'steward.answer';

/**
 * Adapts the reader to teams-ai's planner interface: one message becomes one action with the whole reading as its
 * parameters. A planner only proposes; every change of data still needs preview, policy and confirmation.
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

  /** Reads the sentence with the state of this person's conversation, and adds the reading to that state. */
  async #read(context: TurnContext, parts: MessageParts): Promise<Reading> {
    const identified = await identify(this.#services, context);
    const now = this.#services.clock.now();
    const today = new Date(now).toISOString().slice(0, 10);
    // Messages of people who are not served are not read.
    if (!identified.served) return unread;
    const earlier = await recall(this.#services, identified.actor);
    // A number may be the code that was sent to this person: no reader, memory or store sees it.
    const { person } = identified.actor;
    if (mayHoldCode(parts.own) && (await expectsCode(this.#services, person))) return holdsCode;
    const understood = await this.#understood(parts.own, memoryFor(parts, earlier), today, identified.actor);
    const reading = withoutPlaceholders(understood);
    // An incomplete or ignored message must not be referred to later.
    if (clarificationFor(parts, reading) !== null) return reading;
    await add(this.#services, identified.actor, earlier, reading);
    return reading;
  }

  /** Reads a text, and reads it again with existing names where those may change the reading. */
  async #understood(text: string, earlier: ConversationContext, today: string, { person }: Actor): Promise<Reading> {
    const reading = await this.#understand(text, earlier, today);
    if (!namesMayDecide(reading, text, earlier.turns.length > 0)) return reading;
    const names = await this.#names.in(text, person);
    return names.length === 0 ? reading : this.#understand(text, earlier, today, names);
  }
}

/** The reading of a message with a number, of somebody who was sent a code. */
const holdsCode: Reading = { intent: 'address.prove', slots: {}, confidence: 1, why: 'may hold a code' };

/** The plan for a message that was read. A second reader, if there is one, is asked about unsure readings. */
export async function planAnswer(
  context: TurnContext,
  reading: Reading,
  secondOpinion: SecondOpinion | null,
): Promise<Plan> {
  const parts = partsOf(context);
  const { from, conversation } = context.activity;
  // Names of mentioned people must not leave the tenant, and an incomplete sentence must not be guessed at.
  const isWhole = parts.mentions.length === 0 && !parts.hasGap;
  const message = {
    text: parts.own,
    isWhole,
    reading,
    personId: from?.id ?? '',
    conversationId: conversation?.id ?? '',
  };
  // Whose an address is concerns nobody outside, and the second reader keeps what it is shown for later messages.
  const own = isAboutAddresses(reading) ? null : secondOpinion;
  const settled = (await own?.(context, message)) ?? { reading, askFirst: false };
  const command: PredictedDoCommand = { type: 'DO', action: answerAction, parameters: { ...settled } };
  return { type: 'plan', commands: [command] };
}

/** Stores the readings that were offered as buttons, so that “the first one” can name one of them. */
export async function rememberOffers(services: TeamsServices, actor: Actor, offers: readonly Offer[]): Promise<void> {
  const { person, conversation } = actor;
  const now = services.clock.now();
  const memory = { ...(await recall(services, actor)), offered: { at: now, offers } };
  await rememberConversation(services, person, conversation.id, memory, conversationLifetimeMs);
}

/** Adds a reading that a person chose by a button to their conversation state. */
export async function rememberReading(services: TeamsServices, actor: Actor, reading: Reading): Promise<void> {
  await add(services, actor, await recall(services, actor), reading);
}

/** Forgets the newest message, of which nothing was done, so that what comes next is about what came before it. */
export async function forgetNewest(services: TeamsServices, actor: Actor): Promise<void> {
  const { person, conversation } = actor;
  const memory = await recall(services, actor);
  const { turns } = memory;
  await rememberConversation(
    services,
    person,
    conversation.id,
    { ...memory, turns: turns.slice(1) },
    conversationLifetimeMs,
  );
}

/** Stores which assets a list has just shown, so that “the second” and “the other one” can be one of them. */
export async function rememberShownRows(services: TeamsServices, actor: Actor, rows: ShownRows): Promise<void> {
  const { person, conversation } = actor;
  const memory = rememberRows(await recall(services, actor), rows, services.clock.now());
  await rememberConversation(services, person, conversation.id, memory, conversationLifetimeMs);
}

/** Stores which request was just answered about, so that “it” is that one. */
export async function rememberRequest(services: TeamsServices, actor: Actor, request: string): Promise<void> {
  const { person, conversation } = actor;
  const memory = { ...(await recall(services, actor)), named: { at: services.clock.now(), request } };
  await rememberConversation(services, person, conversation.id, memory, conversationLifetimeMs);
}

/** The request that was named last in this conversation, as typed, and when; null for none. */
export async function requestNamedLast(
  services: TeamsServices,
  actor: Actor,
): Promise<NonNullable<ConversationContext['named']> | null> {
  return (await recall(services, actor)).named ?? null;
}

async function recall(services: TeamsServices, { person, conversation }: Actor): Promise<ConversationContext> {
  const kept = (await recallConversation(services, person, conversation.id)) as ConversationContext | null;
  return expire(kept ?? emptyConversation, services.clock.now());
}

function add(services: TeamsServices, actor: Actor, earlier: ConversationContext, reading: Reading): Promise<void> {
  const { person, conversation } = actor;
  const memory = remember(earlier, reading, services.clock.now());
  return rememberConversation(services, person, conversation.id, memory, conversationLifetimeMs);
}
