import type { Plan, Planner, PredictedDoCommand, TurnState } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { IntentName, Reading } from '../understanding/intents.ts';

/** Turns a sentence into a reading. The embedded reader is one; a language model may stand behind another. */
export type Understand = (text: string) => Reading;

/** Name of the teams-ai action that carries out an intent. */
export function actionName(intent: IntentName): string {
  return `steward.${intent}`;
}

/**
 * Puts a reader behind teams-ai's planner interface: one sentence becomes one action with the reading as its
 * parameters. A planner proposes only; whatever changes data still goes through preview, policy and confirmation.
 */
export class ReadingPlanner implements Planner {
  readonly #understand: Understand;

  constructor(understand: Understand) {
    this.#understand = understand;
  }

  async beginTask(context: TurnContext): Promise<Plan> {
    const reading = this.#understand(context.activity.text ?? '');
    const command: PredictedDoCommand = { type: 'DO', action: actionName(reading.intent), parameters: { reading } };
    return { type: 'plan', commands: [command] };
  }

  /** One sentence is one action, so there is never more to do. */
  async continueTask(_context: TurnContext, _state: TurnState): Promise<Plan> {
    return { type: 'plan', commands: [] };
  }
}
