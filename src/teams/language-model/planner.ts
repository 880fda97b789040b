import type { AI, Plan, Planner, PredictedCommand, PredictedDoCommand, TurnState } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Clock } from '../../domain/clock.ts';
import type { Log } from '../../domain/log.ts';
import type { Reading } from '../../understanding/intents.ts';
import { partsOf } from '../message-words.ts';
import { actionName } from '../planner.ts';
import { LastTexts } from './last-texts.ts';
import type { LanguageModel } from './model.ts';
import { modelRequest } from './request.ts';
import { type Settled, settle } from './settle.ts';
import { worthAsking } from './when-to-ask.ts';

/**
 * A planner that asks a language model about what the embedded reader is unsure of, and otherwise plans what the
 * embedded planner plans. Its actions carry `{ reading, askFirst }`: with `askFirst` the reading is destructive and
 * a model had a part in it, so it needs a plain question to the person before anything else.
 */
export class ModelPlanner implements Planner {
  readonly #embedded: Planner;
  readonly #model: LanguageModel;
  readonly #log: Log;
  readonly #lastTexts: LastTexts;

  constructor(embedded: Planner, model: LanguageModel, { clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#embedded = embedded;
    this.#model = model;
    this.#log = log;
    this.#lastTexts = new LastTexts(clock);
  }

  async beginTask(context: TurnContext, state: TurnState, ai: AI): Promise<Plan> {
    const plan = await this.#embedded.beginTask(context, state, ai);
    const parts = partsOf(context);
    const text = parts.own;
    const { from, conversation } = context.activity;
    // The names of people who are mentioned stay in the tenant, and a torn sentence is not for guessing.
    const whole = parts.mentions.length === 0 && !parts.hasGap;
    const earlier = this.#lastTexts.before(from?.id ?? '', conversation?.id ?? '', whole ? text : null);
    const reading = readingIn(plan.commands);
    if (reading === null || !whole || !worthAsking(text, reading)) return plan;
    const { reading: settled, askFirst } = await this.#ask(context, text, earlier, reading);
    const command: PredictedDoCommand = {
      type: 'DO',
      action: actionName(settled.intent),
      parameters: { reading: settled, askFirst },
    };
    return { type: 'plan', commands: [command] };
  }

  continueTask(context: TurnContext, state: TurnState, ai: AI): Promise<Plan> {
    return this.#embedded.continueTask(context, state, ai);
  }

  async #ask(context: TurnContext, text: string, earlier: readonly string[], embedded: Reading): Promise<Settled> {
    const reply = await this.#model.ask(context, modelRequest(text, earlier));
    if ('failure' in reply) {
      this.#log.warn('the language model gave no answer', { ...reply.failure });
      return { reading: embedded, askFirst: false, dropped: null };
    }
    const settled = settle(text, embedded, reply.answer);
    if (settled.dropped !== null)
      this.#log.warn('an answer of the language model was dropped', { reason: settled.dropped });
    return settled;
  }
}

function readingIn(commands: readonly PredictedCommand[]): Reading | null {
  const [command] = commands;
  if (command?.type !== 'DO') return null;
  const { parameters } = command as PredictedDoCommand;
  return (parameters as { reading?: Reading }).reading ?? null;
}
