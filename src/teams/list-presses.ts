import type { TurnContext } from 'botbuilder';
import { isSourceFailure } from '../domain/service-failure.ts';
import { see } from '../requests/visible-workspaces.ts';
import { assetListCard, shownRows } from './asset-list.ts';
import { listPress } from './cards/button-data.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import { unreadWords } from './obstacle.ts';
import { rememberShownRows } from './planner.ts';
import { refusalWords } from './refusal-words.ts';
import type { TeamsServices } from './teams-services.ts';

/**
 * Turns a page of an asset list: lists the assets again for the person who pressed. The workspace id comes from the
 * card's data and is not trusted, so the person's membership is checked.
 */
export async function answerListPress(
  services: TeamsServices,
  context: TurnContext,
  actor: Actor,
  data: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { person, conversation } = actor;
  const read = listPress.safeParse(data);
  if (!read.success) return respondWithText(context, 'That button is not one of mine, so nothing was done.');
  const { workspace, page, rows, ...limits } = read.data;
  try {
    const isKnown = services.source.workspaceIds().includes(workspace);
    const seen = isKnown ? await see(services, person, workspace, signal, 'recent') : null;
    if (seen === null) {
      services.log.info('press refused', { reason: 'not-a-member', objectId: person.objectId });
      const sentence = refusalWords(services, { reason: 'not-a-member' }, person, conversation.kind === 'personal');
      return await respondWithText(context, sentence);
    }
    const wish = { limits, asker: person };
    const isPersonal = conversation.kind === 'personal';
    const list = { services, seen, wish, isPersonal, page, length: rows, signal };
    const card = await assetListCard(list);
    await rememberShownRows(services, actor, await shownRows(list));
    await respondWithCard(context, card);
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    await respondWithText(context, unreadWords(error.message));
  }
}
