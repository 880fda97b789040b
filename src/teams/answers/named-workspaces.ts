import { foldName } from '../../domain/name-folding.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Ask } from '../../domain/request.ts';
import { isDirectoryFailure, isSourceFailure } from '../../domain/service-failure.ts';
import { findWorkspace } from '../../requests/find-workspace.ts';
import { type Visibility, type VisibleWorkspace, visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import type { Slots } from '../../understanding/intents.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { unreadWords } from '../obstacle.ts';
import { refusalWords } from '../refusal-words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { placeOf } from './request-answers.ts';

/**
 * The workspaces that a message means: the one or the several that it names, or all that the person sees. Null after
 * answering that one of them is unknown. Throws ServiceFailure.
 */
export async function workspacesMeant(
  services: TeamsServices,
  turn: Turn,
  slots: Slots,
): Promise<readonly VisibleWorkspace[] | null> {
  const visibility = await visibleOrRefused(services, turn);
  if (visibility === null) return null;
  const { visible, obstacle } = visibility;
  const named = slots.workspaces ?? (slots.workspace === undefined ? [] : [slots.workspace]);
  if (named.length === 0) {
    if (visible.length > 0) return visible;
    await turn.say(refused(services, turn, { reason: 'no-workspace' }));
    return null;
  }
  const found: VisibleWorkspace[] = [];
  for (const workspace of named) {
    const only = named.length === 1 ? placeOf(slots) : { workspaceName: workspace };
    const wish: Ask = { action: 'export', target: 'workspace', data: 'customer', mentions: [], ...only };
    const finding = findWorkspace(services, wish, visible);
    const almost = finding.kind === 'found' ? null : onlyOneLike(workspace, visible);
    if (finding.kind === 'found') found.push(finding.seen);
    else if (almost !== null) found.push(almost);
    else if (finding.kind === 'choice') {
      await turn.say(
        whichWorkspace(workspace, finding.choice.question === 'which-workspace' ? 'ambiguous' : 'unknown', visible),
      );
      return null;
    } else {
      // The named workspace may be one that could not be read.
      if (obstacle !== null) throw obstacle;
      await turn.say(refused(services, turn, finding.refusal));
      return null;
    }
  }
  return [...new Map(found.map((seen) => [seen.workspace.id, seen])).values()];
}

/** “The fraud one”: the only workspace with this word in its name. What is only shown says which one it is. */
function onlyOneLike(said: string, visible: readonly VisibleWorkspace[]): VisibleWorkspace | null {
  const word = foldName(said);
  const like = visible.filter(({ workspace }) =>
    foldName(workspace.name)
      .split(/[\s_-]+/u)
      .includes(word),
  );
  const [only, ...others] = like;
  return only !== undefined && others.length === 0 ? only : null;
}

function whichWorkspace(
  said: string,
  why: 'ambiguous' | 'unknown',
  visible: readonly VisibleWorkspace[],
): RenderedCard {
  const names = visible.slice(0, 5).map(({ workspace }) => `“${workspace.name}”`);
  return renderCard('notice', {
    severity: 'info',
    sentence: why === 'ambiguous' ? `More than one workspace is called “${said}”.` : `Which workspace is “${said}”?`,
    next: `You see ${new Intl.ListFormat('en').format(names)}. Please ask again with the whole name.`,
    examples: ['list my workspaces'],
  });
}

/** The person's workspaces; null after answering with a refusal. Throws ServiceFailure. */
export async function visibleOrRefused(services: TeamsServices, turn: Turn): Promise<Visibility | null> {
  const { person } = turn.actor;
  if (person.addresses.length === 0) {
    await turn.say(refused(services, turn, { reason: 'no-email' }));
    return null;
  }
  const visibility = await visibleWorkspaces(services, person, turn.signal, 'recent');
  if (visibility.visible.length === 0 && visibility.obstacle !== null) throw visibility.obstacle;
  return visibility;
}

/** Does the work; a failure of the source or the directory is answered in words. */
export async function answeringFailures(turn: Turn, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isSourceFailure(error) && !isDirectoryFailure(error)) throw error;
    await turn.say(
      renderCard('notice', {
        severity: 'problem',
        sentence: error.outage === null && isSourceFailure(error) ? unreadWords(error.message) : error.message,
        // A refused token stays refused until somebody registers a new one, so trying again is pointless.
        next:
          error.reason === 'unauthorized'
            ? 'Nothing was changed.'
            : 'Nothing was changed. Please try again in a while.',
        examples: [],
      }),
    );
  }
}

/** The card of a refusal, which is also logged. */
export function refused(services: TeamsServices, { actor }: Turn, refusal: Refusal): RenderedCard {
  const { person, conversation } = actor;
  services.log.info('question refused', { reason: refusal.reason, objectId: person.objectId });
  return notice(refusalWords(services, refusal, person, conversation.kind === 'personal'));
}

function notice(sentence: string): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence, next: null, examples: [] });
}
