import { finalStates, type RequestRecord, requestId } from '../domain/request.ts';
import { withdrawMessage } from '../requests/cancel.ts';
import { noteDeletion, noteEdit } from '../requests/messages.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { stateStyles } from './cards/states.ts';
import type { Actor } from './identity.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Handles the request that an edited message made before: an unconfirmed one is withdrawn, for any other one its state
 * is said. Returns the id under which the new text makes its request; null when the text is unchanged and there is
 * nothing to do.
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
  const { withdrawn, kept } = await withdrawMessage(services, person, conversation.id, activityId);
  const [newest] = kept;
  const running = kept.filter(({ state }) => !finalStates.has(state));
  // Requests of earlier versions of the message were told before; of ended ones only the newest is of interest.
  const told = running.length > 0 ? running : withdrawn.length === 0 && newest !== undefined ? [newest] : [];
  for (const each of told) await say(notice(earlierWords(each)));
  return origin;
}

/** Withdraws the request of a deleted message, or says why it continues. */
export async function takeDeletion(
  services: TeamsServices,
  { person, conversation }: Actor,
  activityId: string,
  say: (card: RenderedCard) => Promise<void>,
): Promise<void> {
  const { withdrawn, kept } = await withdrawMessage(services, person, conversation.id, activityId);
  if (withdrawn.length > 0) await noteDeletion(services, conversation.id, activityId);
  const running = kept.filter(({ state }) => !finalStates.has(state));
  for (const each of running) await say(notice(continuesWords(each)));
}

function continuesWords(earlier: RequestRecord): string {
  const id = requestId(earlier.number);
  const sentence = `You deleted the message that asked for ${id}, but you have already confirmed ${id}, so it continues. To stop it, write “cancel ${id}”.`;
  return sentence;
}

/** The state of the request that a message made before it was edited. */
function earlierWords({ number, state }: RequestRecord): string {
  const id = requestId(number);
  const stateName = `“${stateStyles[state].words}”`;
  const outcome = finalStates.has(state)
    ? `which has ended (${stateName}).`
    : `which you have confirmed (${stateName}), so it continues unchanged. To stop it, write “cancel ${id}”.`;
  return `Before you edited that message, it asked for ${id}, ${outcome} I treat the new text as a new message.`;
}

function notice(sentence: string): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence });
}
