import type { TokenCredential } from '@azure/identity';
import { AI, type Plan, type Planner, TurnState } from '@microsoft/teams-ai';
import { type Activity, TestAdapter, TurnContext } from 'botbuilder';
import { createLanguageModel } from '../../src/language-model/model.ts';
import type { LanguageModelSettings } from '../../src/language-model/model-settings.ts';
import { secondOpinionBy } from '../../src/language-model/second-opinion-by-model.ts';
import { createLog } from '../../src/log.ts';
import { answerAction, planAnswer } from '../../src/teams/planner.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { read } from '../../src/understanding/read.ts';
import type { FinalReading, SecondOpinion } from '../../src/understanding/second-opinion.ts';
import { TestClock } from '../harness/clock.ts';

/** A chat with a bot whose planner has a language model beside the embedded reader. */
export interface Chat {
  readonly clock: TestClock;
  /** Every log line written so far. */
  readonly log: string[];
  /** Sends one message and gives back what teams-ai was told to do. */
  say(text: string, activity?: Partial<Activity>): Promise<FinalReading>;
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
  const opinion = secondOpinionBy(createLanguageModel(settings, { credential, clock }), {
    clock,
    log: createLog('info', { write: (line) => void log.push(line) }),
  });
  const planner = new EmbeddedPlanner(understand, opinion);
  return {
    clock,
    log,
    say: async (text, activity = {}) => {
      const planned: FinalReading[] = [];
      const ai = new AI<TurnState>({ planner, allow_looping: false });
      ai.action(answerAction, async (_context, _state, settled: FinalReading) => {
        planned.push(settled);
        return '';
      });
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
  readonly #opinion: SecondOpinion;

  constructor(understand: (text: string) => Reading, opinion: SecondOpinion) {
    this.#understand = understand;
    this.#opinion = opinion;
  }

  beginTask(context: TurnContext): Promise<Plan> {
    return planAnswer(context, this.#understand(context.activity.text ?? ''), this.#opinion);
  }

  async continueTask(): Promise<Plan> {
    return { type: 'plan', commands: [] };
  }
}
