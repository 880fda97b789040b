import type { Member } from '../../domain/accounts.ts';
import { holdsText } from '../../domain/name-folding.ts';
import { hasAddress } from '../../domain/people.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { type VisibleWorkspace, visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import { mainSource } from '../../sources/registry.ts';
import {
  readWorkspaceResourceWish,
  type WorkspaceResourceWish,
} from '../../understanding/workspace-resource-phrases.ts';
import type { CardData } from '../cards/catalogue.ts';
import { renderCard } from '../cards/render.ts';
import { unreadWords } from '../obstacle.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { deletionPage, deletionWords, exportWords, workspaceResourceWords } from '../workspace-resource-words.ts';

type Section = CardData<'workspace-resources'>['workspaces'][number];
type Line = Section['lines'][number];

/** The most workspaces in one answer. */
const mostWorkspaces = 5;

/**
 * Answers a sentence about members, data gateways, endpoints, commitment plans or settings: lists them, or says how to
 * export or delete them. Never changes anything. Returns whether it was such a sentence.
 */
export async function answerIfWorkspaceResource(services: TeamsServices, turn: Turn): Promise<boolean> {
  const wish = readWorkspaceResourceWish(turn.text);
  const { actor, text, signal } = turn;
  if (wish === null || actor.person.addresses.length === 0) return false;
  await turn.showTyping();
  const { visible, obstacle } = await visibleWorkspaces(services, actor.person, signal, 'recent');
  if (visible.length === 0 && obstacle !== null) {
    const sentence = unreadWords(obstacle.message);
    await turn.say(renderCard('notice', { severity: 'problem', sentence, next: 'Nothing was changed.', examples: [] }));
    return true;
  }
  const named = visible.filter(({ workspace }) => holdsText(workspace.name)(text));
  const chosen = (named.length > 0 ? named : visible).slice(0, mostWorkspaces);
  if (chosen.length === 0) return false;
  const byHand = chosen.filter(({ workspace }) => {
    const method = mainSource.capabilities[wish.what][workspace.accountType].delete;
    return wish.verb === 'delete' && (method === 'by-hand' || (method === 'together' && wish.what === 'endpoint'));
  });
  const pages = byHand.map(({ workspace }) => deletionPage(wish.what, workspace));
  await turn.say(
    renderCard('workspace-resources', {
      title: workspaceResourceWords[wish.what].title,
      workspaces: await Promise.all(chosen.map((seen) => sectionOf(services, turn, wish, seen))),
      // Each workspace has its own page in Studio; the portal's list is the same for all, so duplicates are removed.
      links: pages.filter(({ url }, index) => pages.findIndex((other) => other.url === url) === index),
      examples: examplesFor(wish, chosen),
    }),
  );
  return true;
}

async function sectionOf(
  services: TeamsServices,
  turn: Turn,
  { what, verb }: WorkspaceResourceWish,
  seen: VisibleWorkspace,
): Promise<Section> {
  const { workspace } = seen;
  const ways = mainSource.capabilities[what][workspace.accountType];
  const say = (note: string): Section => ({ name: workspace.name, lines: [], total: 0, note });
  if (verb === 'delete') return say(deletionWords(what, ways.delete, workspace));
  if (verb === 'export' || ways.list !== 'asked' || what === 'settings') return say(exportWords(what, ways.export));
  if (what === 'member') return membersOf(turn, seen);
  try {
    const found = await services.source.workspaceResources(workspace.id, what, turn.signal);
    const lines = found.map(({ name, detail }) => ({ name, detail }));
    return { name: workspace.name, lines, total: lines.length, note: lines.length === 0 ? 'None.' : null };
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    return say(error.message);
  }
}

/** Owners see all members, others only themselves, as in an export. Never where others can read it. */
function membersOf(turn: Turn, { workspace, members, role }: VisibleWorkspace): Section {
  const { person, conversation } = turn.actor;
  const everyone = role === 'owner';
  const own = members.filter(({ email }) => hasAddress(person, email));
  const shown = conversation.kind === 'personal' ? (everyone ? members : own) : [];
  const note =
    conversation.kind !== 'personal'
      ? 'Ask me in our personal chat: I do not show e-mail addresses where others can read them.'
      : everyone
        ? null
        : 'Only owners can see the other members’ account data.';
  return { name: workspace.name, lines: shown.map(memberLine), total: shown.length, note };
}

function memberLine({ name, email, role, status }: Member): Line {
  const membershipRole = role === 'owner' ? 'owner' : 'member';
  const detail =
    status === 'invited' ? `invited as ${membershipRole === 'owner' ? 'an owner' : 'a member'}` : membershipRole;
  return name === '' ? { name: email, detail } : { name, detail: `${detail}, ${email}` };
}

function examplesFor({ what, verb }: WorkspaceResourceWish, chosen: readonly VisibleWorkspace[]): string[] {
  const exports = chosen.map(({ workspace }) =>
    what === 'member' && workspace.accountType !== 'guest'
      ? `export the personal data of the workspace "${workspace.name}"`
      : `export the workspace "${workspace.name}"`,
  );
  return verb === 'list' || what === 'settings'
    ? exports
    : [...exports, `list ${workspaceResourceWords[what].many}`].slice(-4);
}
