import { evaluate } from '../../domain/policy.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Ask } from '../../domain/request.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { findWorkspace } from '../../requests/find-workspace.ts';
import { isApprover } from '../../requests/report.ts';
import { type Visibility, type VisibleWorkspace, visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import { kindWords } from '../../sources/registry.ts';
import { assetListCard } from '../asset-list.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { unreadWords } from '../obstacle.ts';
import { comparedAddresses, refusalWords } from '../refusal-words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { placeOf } from './request-answers.ts';

/** "list my datasets": names, sizes and dates, newest first. */
export async function listAssets(services: TeamsServices, turn: Turn): Promise<void> {
  const { slots } = turn.reading;
  const { kind } = slots;
  await turn.showTyping();
  await answeringFailures(turn, async () => {
    const visibility = await visibleOrRefused(services, turn);
    if (visibility === null) return;
    const ask: Ask = {
      action: 'export',
      target: 'workspace',
      data: 'customer',
      mentions: [],
      ...placeOf(slots),
    };
    const finding = findWorkspace(services, ask, visibility.visible);
    switch (finding.kind) {
      case 'refusal':
        // The named workspace may be one that could not be read.
        if (visibility.obstacle !== null) throw visibility.obstacle;
        return turn.say(refused(services, turn, finding.refusal));
      case 'choice': {
        const what = kind === undefined ? 'everything' : kindWords[kind].many;
        return turn.say(
          renderCard('notice', {
            severity: 'info',
            sentence:
              finding.choice.said === null ? 'In which workspace?' : `Which workspace is “${finding.choice.said}”?`,
            next: null,
            examples: visibility.visible
              .slice(0, 5)
              .map(({ workspace }) => `list ${what} in workspace "${workspace.name}"`),
          }),
        );
      }
      case 'found': {
        const wish = { kind, filter: slots.filter };
        return turn.say(await assetListCard({ services, seen: finding.seen, wish, signal: turn.signal }));
      }
    }
  });
}

/** "which workspaces do I have". */
export async function listWorkspaces(services: TeamsServices, turn: Turn): Promise<void> {
  await turn.showTyping();
  await answeringFailures(turn, async () => {
    const visibility = await visibleOrRefused(services, turn);
    if (visibility === null) return;
    if (visibility.visible.length === 0) return turn.say(refused(services, turn, { reason: 'no-workspace' }));
    await turn.say(
      renderCard('list-workspaces', {
        workspaces: visibility.visible.slice(0, 20).map((seen) => workspaceRow(seen)),
        total: visibility.visible.length,
        unseen: visibility.obstacle?.message ?? null,
      }),
    );
  });
}

/** "what may I do": the person's addresses, workspaces and rights. */
export async function accountInfo(services: TeamsServices, turn: Turn): Promise<void> {
  await turn.showTyping();
  await answeringFailures(turn, async () => {
    const visibility = await visibleOrRefused(services, turn);
    if (visibility === null) return;
    const { person, conversation } = turn.actor;
    await turn.say(
      renderCard('account-info', {
        personName: person.name,
        known: conversation.kind === 'personal' ? comparedAddresses(person, 'I know you as') : null,
        isApprover: isApprover(services, person),
        workspaces: visibility.visible
          .slice(0, 20)
          .map((seen) => ({ ...workspaceRow(seen), deletes: deletes(services, seen) })),
      }),
    );
  });
}

/** The person's workspaces; null after answering with a refusal. Throws ServiceFailure. */
async function visibleOrRefused(services: TeamsServices, turn: Turn): Promise<Visibility | null> {
  const { person } = turn.actor;
  if (person.addresses.length === 0) {
    await turn.say(refused(services, turn, { reason: 'no-email' }));
    return null;
  }
  const visibility = await visibleWorkspaces(services, person, turn.signal, 'recent');
  if (visibility.visible.length === 0 && visibility.obstacle !== null) throw visibility.obstacle;
  return visibility;
}

function workspaceRow({ workspace, role }: VisibleWorkspace) {
  return {
    name: workspace.name,
    accountType: workspace.accountType,
    serviceType: workspace.serviceType,
    expiresAt: workspace.expiresAt,
    role: role,
  };
}

function deletes(services: TeamsServices, { workspace, role }: VisibleWorkspace): 'yes' | 'with-approval' | 'no' {
  const decision = evaluate('delete', workspace.accountType, role, services.settings.policy);
  if (!decision.allowed) return 'no';
  return decision.needsApproval ? 'with-approval' : 'yes';
}

async function answeringFailures(turn: Turn, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    await turn.say(
      renderCard('notice', {
        severity: 'problem',
        sentence: error.outage === null ? unreadWords(error.message) : error.message,
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
function refused(services: TeamsServices, { actor }: Turn, refusal: Refusal): RenderedCard {
  const { person, conversation } = actor;
  services.log.info('question refused', { reason: refusal.reason, objectId: person.objectId });
  return notice(refusalWords(refusal, person, conversation.kind === 'personal'));
}

function notice(sentence: string): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence, next: null, examples: [] });
}
