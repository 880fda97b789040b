import { type Activity, ActivityTypes, INVOKE_RESPONSE_KEY, type TurnContext } from 'botbuilder';
import {
  addressVerb,
  chooseVerb,
  deputyVerb,
  holdVerb,
  listVerb,
  recordVerb,
  sayPress,
  sayVerb,
  scheduleVerb,
} from './cards/button-data.ts';
import { offeredVerb } from './cards/meant-press.ts';
import { respondWithText } from './invoke-answers.ts';

/**
 * Fallback answer of an invoke: an empty answer would look as if the press had been accepted. Called after all other
 * handlers; an existing answer is kept.
 */
export async function answerUnhandledInvoke(context: TurnContext): Promise<void> {
  if (context.activity.type !== ActivityTypes.Invoke) return;
  const given = context.turnState.get<Partial<Activity> | undefined>(INVOKE_RESPONSE_KEY);
  if (given !== undefined && !isEmpty(given)) return;
  context.turnState.delete(INVOKE_RESPONSE_KEY);
  await respondWithText(context, unansweredWords(context.activity));
}

const verbs: ReadonlySet<unknown> = new Set([
  chooseVerb,
  listVerb,
  sayVerb,
  offeredVerb,
  scheduleVerb,
  addressVerb,
  holdVerb,
  deputyVerb,
  recordVerb,
]);

function isEmpty({ value }: Partial<Activity>): boolean {
  const { body } = (value ?? {}) as { body?: { value?: unknown } | null };
  return body === undefined || body === null || body.value === '' || body.value === undefined || body.value === null;
}

/** Why no handler answered, in a sentence for the person who pressed. */
function unansweredWords({ name, value, from, conversation }: Activity): string {
  if (name !== 'adaptiveCard/action') {
    return 'I have no answer to that, so nothing was done. Write “help” to see what I can do.';
  }
  const { verb, data } = ((value ?? {}) as { action?: { verb?: unknown; data?: unknown } }).action ?? {};
  if (verb === sayVerb && !sayPress.safeParse(data).success) {
    return 'I cannot read the sentence on that button, so nothing was done. Please write what you would like.';
  }
  if (!verbs.has(verb)) {
    return 'That button is not one of mine, so nothing was done. Write “status” to see your requests.';
  }
  if (!from?.aadObjectId || !conversation?.id) {
    return 'Teams did not tell me who pressed that button, so nothing was done. Please write to me in our personal chat.';
  }
  return 'I could not find out who you are in this organisation, so nothing was done. Please write to me in our personal chat.';
}
