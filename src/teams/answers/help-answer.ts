import type { Action } from '../../domain/actions.ts';
import { evaluate } from '../../domain/policy.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { isApprover } from '../../requests/report.ts';
import { type VisibleWorkspace, visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import { renderCard } from '../cards/render.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** What the policy lets a person do, over all their workspaces; null when Studio could not be asked. */
type Rights = {
  readonly workspaces: number;
  readonly deletes: Right;
  readonly deletesWorkspaces: Right;
} | null;

type Right = 'freely' | 'with-approval' | 'nowhere';

interface Section {
  readonly title: string;
  readonly items: readonly { readonly say: string; readonly meaning: string }[];
}

const exporting: Section = {
  title: 'Export',
  items: [
    { say: 'export my workspace', meaning: 'Everything in it, as a zip file to download.' },
    { say: 'export my personal data', meaning: 'Account ids, e-mail addresses and roles.' },
    { say: 'export dataset churn.csv', meaning: 'Only what you name.' },
    { say: 'export my workspace every month', meaning: 'Again and again, until you stop it.' },
  ],
};

const deleting: Section = {
  title: 'Delete',
  items: [
    { say: 'delete dataset churn.csv', meaning: 'Shows exactly what would be deleted, then asks you.' },
    { say: 'delete dataset a.csv and experiment b', meaning: 'Several at once, on one card.' },
  ],
};

const wholeWorkspace = {
  say: 'delete my workspace',
  meaning: 'Shows what would be deleted and what stays, then asks you.',
};

const looking: Section = {
  title: 'Look and ask',
  items: [
    { say: 'list my datasets', meaning: 'Names, sizes and dates.' },
    { say: 'list my workspaces', meaning: 'Account type and your role.' },
    { say: 'what can a guest do?', meaning: 'Answers about rules and data, from reviewed pages.' },
  ],
};

/** "help": what this person can ask for, and only that. */
export async function help(services: TeamsServices, turn: Turn): Promise<void> {
  const rights = await rightsOf(services, turn);
  const approver = isApprover(services, turn.actor.person);
  const following: Section = {
    title: 'Follow',
    items: [
      { say: 'status', meaning: 'Your requests and how far they are.' },
      { say: 'cancel', meaning: 'Withdraws or stops a request.' },
      { say: 'which exports are scheduled?', meaning: 'Exports that repeat, with a button to stop each.' },
      { say: 'new link', meaning: 'Replaces a download link that has expired.' },
      { say: 'revoke the link', meaning: 'Makes links stop working that were handed out.' },
      ...(approver ? [{ say: 'what waits for my approval', meaning: 'Requests that you can approve or reject.' }] : []),
    ],
  };
  const mayExport = rights === null || rights.workspaces > 0;
  const mayDelete = rights === null || rights.deletes !== 'nowhere';
  const mayDeleteWorkspace = rights === null || rights.deletesWorkspaces !== 'nowhere';
  const deletions = { ...deleting, items: [...deleting.items, ...(mayDeleteWorkspace ? [wholeWorkspace] : [])] };
  await turn.say(
    renderCard('help', {
      role: roleWords(rights),
      sections: [...(mayExport ? [exporting] : []), ...(mayDelete ? [deletions] : []), looking, following],
    }),
  );
}

function roleWords(rights: Rights): string | null {
  if (rights === null) return null;
  if (rights.workspaces === 0)
    return 'I cannot find a workspace that you are a member of, so you can only look and ask.';
  switch (rights.deletes) {
    case 'freely':
      return null;
    case 'with-approval':
      return 'What you want to delete needs another person’s approval.';
    case 'nowhere':
      return 'You can export, but not delete.';
  }
}

/** Null when Studio is down: help must not fail then, but shows everything. */
async function rightsOf(services: TeamsServices, turn: Turn): Promise<Rights> {
  if (turn.actor.person.addresses.length === 0)
    return { workspaces: 0, deletes: 'nowhere', deletesWorkspaces: 'nowhere' };
  try {
    const { visible, obstacle } = await visibleWorkspaces(services, turn.actor.person, turn.signal, 'recent');
    if (obstacle !== null) return null;
    const over = (action: Action) => best(visible.map((seen) => rightTo(services, action, seen)));
    return { workspaces: visible.length, deletes: over('delete'), deletesWorkspaces: over('delete-workspace') };
  } catch (error) {
    if (isSourceFailure(error) || turn.signal.aborted) return null;
    throw error;
  }
}

function best(each: readonly Right[]): Right {
  if (each.includes('freely')) return 'freely';
  return each.includes('with-approval') ? 'with-approval' : 'nowhere';
}

function rightTo(services: TeamsServices, action: Action, { workspace, role }: VisibleWorkspace): Right {
  const decision = evaluate(action, workspace.accountType, role, services.settings.policy);
  if (!decision.allowed) return 'nowhere';
  return decision.needsApproval ? 'with-approval' : 'freely';
}
