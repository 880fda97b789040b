import type { TurnContext } from 'botbuilder';
import { refusalSentence } from '../domain/refusals.ts';
import { requestNumber } from '../domain/request.ts';
import { readableRequest } from '../requests/record-access.ts';
import { triedRoles } from '../requests/role-members.ts';
import { recordPress } from './cards/button-data.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import { recordAsker, requestRecordCard } from './record-cards.ts';
import type { TeamsServices } from './teams-services.ts';

/** Turns a page of the record of a request, for whoever pressed and may read it now in this conversation. */
export async function answerRecordPress(
  services: TeamsServices,
  context: TurnContext,
  actor: Actor,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  const read = recordPress.safeParse(data);
  const number = read.success ? requestNumber(read.data.record) : null;
  if (!read.success || number === null) {
    return respondWithText(context, 'That button is not one of mine, so nothing was done.');
  }
  await triedRoles(services, signal);
  const asker = recordAsker(actor, signal);
  const readable = await readableRequest(services, number, asker);
  if (readable === null) {
    return respondWithText(context, refusalSentence({ reason: 'unknown-request', name: read.data.record }));
  }
  const { page, rows } = read.data;
  return respondWithCard(context, await requestRecordCard(services, readable, asker.place, { page, rows }));
}
