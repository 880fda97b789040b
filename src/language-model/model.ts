import path from 'node:path';
import type { TokenCredential } from '@azure/identity';
import {
  ActionPlanner,
  GPTTokenizer,
  type Memory,
  OpenAIModel,
  type OpenAIModelOptions,
  PromptManager,
} from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import type { Clock } from '../domain/clock.ts';
import { signInFailure } from '../domain/sign-in.ts';
import type { LanguageModelSettings } from './model-settings.ts';
import { type BoundedFetch, boundedFetch, type ModelFailure } from './model-transport.ts';

/** The result of a request to a language model: its answer, or why there is none. */
export type ModelReply = { readonly answer: string } | { readonly failure: ModelFailure };

/** A language model. `ask` never throws, and always resolves within the deadline. */
export interface LanguageModel {
  ask(context: TurnContext, request: string): Promise<ModelReply>;
}

/** Total time-out of one request, from getting a token to the last byte, in milliseconds; a person waits for it. */
const deadlineMs = 2_000;

/** Token scope; calls need the role "Cognitive Services OpenAI User" (learn.microsoft.com, "keyless"). */
const scope = 'https://cognitiveservices.azure.com/.default';

const promptName = 'read-message';

/** Creates the configured model. `credential` signs in to Azure OpenAI when there is no key. */
export function createLanguageModel(
  settings: LanguageModelSettings,
  { credential, clock }: { readonly credential: TokenCredential; readonly clock: Clock },
): LanguageModel {
  const prompts = new PromptManager({ promptsFolder: path.join(import.meta.dirname, 'prompts') });
  const tokenizer = new GPTTokenizer();

  const complete = async (context: TurnContext, request: string, signal: AbortSignal): Promise<ModelReply> => {
    const token = await signIn(settings, credential, signal);
    if (typeof token !== 'string') return { failure: signal.aborted ? { reason: 'timeout' } : token };
    let failure: ModelFailure | null = null;
    const model = openModel(
      settings,
      token,
      boundedFetch(signal, (reason) => {
        failure = reason;
      }),
    );
    // One attempt: a repair would cost a second call and make the person wait.
    const planner = new ActionPlanner({ model, prompts, tokenizer, defaultPrompt: promptName, max_repair_attempts: 0 });
    const reply = await planner.completePrompt(context, new RequestMemory(request), promptName);
    if (failure !== null) return { failure };
    return reply.status === 'success' ? { answer: reply.message?.content ?? '' } : { failure: { reason: 'malformed' } };
  };

  return {
    ask: async (context, request) => {
      const deadline = new AbortController();
      const answered = new AbortController();
      const timeout = clock.wait(deadlineMs, answered.signal).then(
        (): ModelReply => {
          deadline.abort();
          return { failure: { reason: 'timeout' } };
        },
        // The model answered in time, so nobody reads this value.
        (): ModelReply => ({ failure: { reason: 'timeout' } }),
      );
      const completed = complete(context, request, deadline.signal).catch(
        (): ModelReply => ({ failure: { reason: 'malformed' } }),
      );
      const reply = await Promise.race([completed, timeout]);
      answered.abort();
      return reply;
    },
  };
}

/** An Entra ID token; empty when a key or no credential is used; or why there is none. */
async function signIn(
  { kind, key }: LanguageModelSettings,
  credential: TokenCredential,
  signal: AbortSignal,
): Promise<string | ModelFailure> {
  if (kind !== 'azure-openai' || key !== null) return '';
  try {
    return (await credential.getToken(scope, { abortSignal: signal }))?.token ?? { reason: 'no-credential' };
  } catch (error) {
    return { reason: signInFailure(error) === 'refused' ? 'no-credential' : 'unreachable' };
  }
}

type ClientOptions = NonNullable<OpenAIModelOptions['clientOptions']>;

function openModel(settings: LanguageModelSettings, token: string, bounded: BoundedFetch): OpenAIModel {
  const { kind, endpoint, model, key } = settings;
  const shared = { responseFormat: { type: 'json_object' }, seed: 1, useSystemMessages: true } as const;
  // The client's types declare an older fetch; the parts that it uses are the same.
  const clientOptions: ClientOptions = {
    fetch: bounded as unknown as NonNullable<ClientOptions['fetch']>,
    maxRetries: 0,
  };
  if (kind === 'openai-compatible') {
    return new OpenAIModel({ ...shared, clientOptions, endpoint, apiKey: key ?? '', defaultModel: model });
  }
  return new OpenAIModel({
    ...shared,
    // Null, so that the client does not read another address from its environment variables.
    clientOptions: { ...clientOptions, baseURL: null },
    azureEndpoint: endpoint,
    azureApiVersion: '2024-10-21',
    azureDefaultDeployment: model,
    ...(key === null ? { azureADTokenProvider: () => Promise.resolve(token) } : { azureApiKey: key }),
  });
}

/** The only state that a prompt can see: the request itself, as `temp.input`. */
class RequestMemory implements Memory {
  readonly #values: Map<string, unknown>;

  constructor(request: string) {
    this.#values = new Map([['temp.input', request]]);
  }

  getValue<Value>(path: string): Value {
    return this.#values.get(path) as Value;
  }

  setValue(path: string, value: unknown): void {
    this.#values.set(path, value);
  }

  hasValue(path: string): boolean {
    return this.#values.has(path);
  }

  deleteValue(path: string): void {
    this.#values.delete(path);
  }
}
