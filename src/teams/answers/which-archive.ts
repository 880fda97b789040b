import { holdsText } from '../../domain/name-folding.ts';
import { type RequestRecord, requestId } from '../../domain/request.ts';
import { requestsWithArchive } from '../../requests/renew.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { listWords } from '../cards/words.ts';
import { whatWords } from '../request-wording.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** How many archives an answer names. */
const mostNamed = 5;

const generic =
  'it\\b|that\\b|this\\b|me\\b|them\\b|before\\b|earlier\\b|today\\b|yesterday\\b|my (?:last|latest|export)\\b|the (?:last|latest|newest|export|archive|backup|zip)\\b';
const ofSomething = new RegExp(
  `\\b(?:link|zip|archive|download|backup|copy)s?\\b[^.;!?]{0,30}\\b(?:for|of|from|with) (?!${generic})\\p{L}`,
  'iu',
);

/**
 * “The link for the Guest-Workspace backup”: the newest archive of the workspace or with the asset that the message names;
 * null where it names nothing, `unclear` where what it names is in none of several.
 */
export async function archiveNamed(services: TeamsServices, turn: Turn): Promise<number | null | 'unclear'> {
  const { text } = turn;
  const archives = await requestsWithArchive(services, turn.actor.person);
  const type = /\b(guest|free|standard) (?:one|workspace|archive|backup|export|zip)\b/iu.exec(text)?.[1]?.toLowerCase();
  const isNamed = ({ workspace, ask }: RequestRecord) =>
    ask.mentions.some(({ name }) => holdsText(name)(text)) ||
    (workspace !== null && (holdsText(workspace.name)(text) || workspace.accountType === type));
  const named = archives.find(isNamed);
  if (named !== undefined) return named.number;
  return archives.length > 1 && ofSomething.test(text) ? 'unclear' : null;
}

/** Asks which archive is wanted, with a sentence for each. */
export async function whichArchiveCard(services: TeamsServices, turn: Turn): Promise<RenderedCard> {
  const archives = (await requestsWithArchive(services, turn.actor.person)).slice(0, mostNamed);
  const audience = turn.actor.conversation.kind === 'personal' ? 'requester' : 'public';
  const words = archives.map((request) => {
    const place = request.workspace === null ? '' : ` in ${request.workspace.name}`;
    return `${requestId(request.number)} (${whatWords(request, audience)}${place})`;
  });
  return renderCard('notice', {
    severity: 'info',
    sentence: `I am not sure which archive you want. There are ${listWords(words)}.`,
    next: null,
    examples: archives.map(({ number }) => `new link for ${requestId(number)}`),
  });
}
