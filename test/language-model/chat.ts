import type { TokenCredential } from '@azure/identity';
import { AI, type Plan, type Planner, TurnState } from '@microsoft/teams-ai';
import { type Activity, TestAdapter, TurnContext } from 'botbuilder';
import { createLog } from '../../src/log.ts';
import { createLanguageModel } from '../../src/teams/language-model/model.ts';
import { ModelPlanner } from '../../src/teams/language-model/planner.ts';
import type { LanguageModelSettings } from '../../src/teams/language-model/settings.ts';
import { actionName } from '../../src/teams/planner.ts';
import { intentNames, type Reading } from '../../src/understanding/intents.ts';
import { read } from '../../src/understanding/read.ts';
import { TestClock } from '../harness/clock.ts';

/** What the bot would act on. */
export interface Planned {
  readonly action: string;
  readonly reading: Reading;
  readonly askFirst: boolean;
}

/** A chat with a bot whose planner has a language model beside the embedded reader. */
export interface Chat {
  readonly clock: TestClock;
  /** Every log line written so far. */
  readonly log: string[];
  /** Sends one message and gives back what teams-ai was told to do. */
  say(text: string, activity?: Partial<Activity>): Promise<Planned>;
}

/** Nobody to sign in as; only Azure OpenAI without a key asks for one. */
const nobody: TokenCredential = { getToken: async () => null };

/** Starts a chat. `understand` is the embedded reader unless a test needs one that is never sure. */
export function startChat(
  settings: LanguageModelSettings,
  {
    understand = read,
    credential = nobody,
  }: { understand?: (text: string) => Reading; credential?: TokenCredential } = {},
): Chat {
  const clock = new TestClock();
  const log: string[] = [];
  const planner = new ModelPlanner(
    new EmbeddedPlanner(understand),
    createLanguageModel(settings, { credential, clock }),
    {
      clock,
      log: createLog('info', { write: (line) => void log.push(line) }),
    },
  );
  return {
    clock,
    log,
    say: async (text, activity = {}) => {
      const planned: Planned[] = [];
      const ai = new AI<TurnState>({ planner, allow_looping: false });
      for (const intent of intentNames) {
        const action = actionName(intent);
        ai.action(action, async (_context, _state, found: { reading: Reading; askFirst?: boolean }) => {
          planned.push({ action, reading: found.reading, askFirst: found.askFirst ?? false });
          return '';
        });
      }
      const place = { from: { id: 'alex' }, recipient: { id: 'steward' }, conversation: { id: 'chat-1' } };
      const message = { type: 'message', channelId: 'msteams', text, ...place, ...activity };
      const context = new TurnContext(new TestAdapter(async () => undefined), message as Activity);
      const state = new TurnState();
      await state.load(context);
      // As teams-ai's Application does before it runs a planner.
      state.temp.actionOutputs = {};
      await ai.run(context, state);
      const [only] = planned;
      if (only === undefined || planned.length !== 1) throw new Error(`${planned.length} actions were planned.`);
      return only;
    },
  };
}

/** The embedded reader as a planner, without the conversation's memory. */
class EmbeddedPlanner implements Planner {
  readonly #understand: (text: string) => Reading;

  constructor(understand: (text: string) => Reading) {
    this.#understand = understand;
  }

  async beginTask(context: TurnContext): Promise<Plan> {
    const reading = this.#understand(context.activity.text ?? '');
    const command = { type: 'DO' as const, action: actionName(reading.intent), parameters: { reading } };
    return { type: 'plan', commands: [command] };
  }

  async continueTask(): Promise<Plan> {
    return { type: 'plan', commands: [] };
  }
}
