import { finalStates, type RequestRecord, requestId } from '../domain/request.ts';
import { requestOfAnyWording, withdrawMessage } from '../requests/cancel.ts';
import { noteDeletion, noteEdit } from '../requests/messages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { stateStyles } from './cards/states.ts';
import type { Actor } from './identity.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Sees to what an edited message asked for before: what was not confirmed is withdrawn, and of everything else it is
 * said what became of it. Gives the id under which the new wording asks; null when the text is the same and nothing
 * is to be done.
 */
export async function takeEdit(
  services: TeamsServices,
  { person, conversation }: Actor,
  activityId: string,
  text: string,
  say: (card: RenderedCard) => Promise<void>,
): Promise<string | null> {
  const origin = await noteEdit(services, conversation.id, activityId, text);
  if (origin === null) return null;
  const earlier = await requestOfAnyWording(services, person, conversation.id, activityId);
  if (earlier === null) return origin;
  const withdrawn = await withdrawMessage(services, person, conversation.id, activityId);
  if (withdrawn === null) await say(notice(earlierWords(earlier)));
  return origin;
}

/** Withdraws what a deleted message asked for, or says why that goes on. */
export async function takeDeletion(
  services: TeamsServices,
  { person, conversation }: Actor,
  activityId: string,
  say: (card: RenderedCard) => Promise<void>,
): Promise<void> {
  const earlier = await requestOfAnyWording(services, person, conversation.id, activityId);
  if (earlier === null) return;
  if ((await withdrawMessage(services, person, conversation.id, activityId)) !== null) {
    return noteDeletion(services, conversation.id, activityId);
  }
  if (finalStates.has(earlier.state)) return;
  const id = requestId(earlier.number);
  const sentence = `The message that asked for ${id} is gone, but you have confirmed it, so it goes on. To stop it, write “cancel ${id}”.`;
  await say(notice(sentence));
}

/** What became of the request that a message asked for before it was edited. */
function earlierWords({ number, state }: RequestRecord): string {
  const id = requestId(number);
  const stands = `“${stateStyles[state].words}”`;
  return finalStates.has(state)
    ? `Before you edited that message it asked for ${id}, which has ended (${stands}). I take the new wording as something new.`
    : `Before you edited that message it asked for ${id}, which you have confirmed (${stands}), so it goes on unchanged. To stop it, write “cancel ${id}”. I take the new wording as something new.`;
}

function notice(sentence: string): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence });
}
