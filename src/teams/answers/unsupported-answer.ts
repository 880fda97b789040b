import { type RequestRecord, requestId } from '../../domain/request.ts';
import { stoppableDeletions } from '../../requests/cancel.ts';
import { newestOpenable } from '../../requests/renew.ts';
import type { Audience } from '../card-context.ts';
import { renderCard } from '../cards/render.ts';
import { dayWords } from '../cards/words.ts';
import { whatWords } from '../request-wording.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { otherUnsupported, type UnsupportedWords, unsupportedWords } from '../unsupported-words.ts';

/** "rename churn.csv", "bring it back": why it is not done, and the nearest thing that is. */
export async function answerUnsupported(services: TeamsServices, turn: Turn): Promise<void> {
  const { operation } = turn.reading.slots;
  const words = operation === undefined ? otherUnsupported : unsupportedWords[operation];
  const { why, nearest, examples } = operation === 'restore' ? await restoreWords(services, turn, words) : words;
  await turn.say(
    renderCard('notice', { severity: 'info', sentence: why, next: nearest, examples: [...examples].slice(0, 6) }),
  );
}

/** How many deletions that can still be stopped an answer names. */
const mostNamed = 3;

/** What can still be had of what somebody wants back: an archive of theirs, and what a deletion has not reached yet. */
async function restoreWords(services: TeamsServices, turn: Turn, words: UnsupportedWords): Promise<UnsupportedWords> {
  const { person, conversation } = turn.actor;
  const audience: Audience = conversation.kind === 'personal' ? 'requester' : 'public';
  const deletions = (await stoppableDeletions(services, person)).slice(0, mostNamed);
  const archive = await newestOpenable(services, person);
  if (deletions.length === 0 && archive === null) return words;
  return {
    why: words.why,
    nearest: [
      ...deletions.map(
        (request) => `${described(request, audience)} is not finished: what is still there can be kept.`,
      ),
      ...(archive === null
        ? []
        : [`What you exported with ${described(archive, audience)} is still in storage${until(archive)}.`]),
    ].join(' '),
    examples: [
      ...deletions.map(({ number }) => `cancel ${requestId(number)}`),
      ...(archive === null ? [] : [`new link for ${requestId(archive.number)}`]),
      ...words.examples,
    ],
  };
}

function described(request: RequestRecord, audience: Audience): string {
  const where = request.workspace === null ? '' : ` in ${request.workspace.name}`;
  return `${requestId(request.number)} (${whatWords(request, audience)}${where})`;
}

function until({ removeAfter }: RequestRecord): string {
  return removeAfter === null ? '' : ` until ${dayWords(removeAfter)}`;
}
