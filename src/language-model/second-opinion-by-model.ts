import type { TurnContext } from 'botbuilder';
import type { Clock } from '../domain/clock.ts';
import type { Log } from '../domain/logger.ts';
import type { SecondOpinion } from '../understanding/second-opinion.ts';
import { settle } from './checked-answer.ts';
import { LastTexts } from './last-texts.ts';
import type { LanguageModel } from './model.ts';
import { modelRequest } from './model-request.ts';
import { shouldAskModel } from './when-to-ask.ts';

/** Asks a language model about messages that the embedded reader is unsure of. See `SecondOpinion`. */
export function secondOpinionBy(
  model: LanguageModel,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): SecondOpinion {
  const lastTexts = new LastTexts(clock);
  return async (turn, { text, isWhole, reading, personId, conversationId }) => {
    const earlier = lastTexts.before(personId, conversationId, isWhole ? text : null);
    if (!isWhole || !shouldAskModel(text, reading)) return { reading, askFirst: false };
    const reply = await model.ask(turn as TurnContext, modelRequest(text, earlier));
    if ('failure' in reply) {
      log.warn('language model gave no answer', { ...reply.failure });
      return { reading, askFirst: false };
    }
    const { dropped, ...settled } = settle(text, reading, reply.answer);
    if (dropped !== null) log.warn('language model answer rejected', { reason: dropped });
    return settled;
  };
}
