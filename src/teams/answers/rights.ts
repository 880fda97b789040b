import type { Action } from '../../domain/actions.ts';
import { rolesOf } from '../../domain/bot-roles.ts';
import type { Person } from '../../domain/people.ts';
import { evaluate } from '../../domain/policy.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { roleMembers } from '../../requests/role-members.ts';
import { type VisibleWorkspace, visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import type { TeamsServices } from '../teams-services.ts';

/** What the policy lets a person do, over all their workspaces; null when Studio could not be asked. */
export type Rights = {
  readonly workspaces: number;
  readonly deletes: Right;
  readonly deletesWorkspaces: Right;
} | null;

export type Right = 'freely' | 'with-approval' | 'nowhere';

/** The rights of somebody who is in no workspace. */
const noRights: Rights = { workspaces: 0, deletes: 'nowhere', deletesWorkspaces: 'nowhere' };

/** How long help and greetings wait for Studio, in milliseconds. They only choose what is suggested. */
const longestWaitMs = 3_000;

/** The person's rights, for suggestions only. Null when Studio does not answer in time: then everything is suggested. */
export async function rightsOf(services: TeamsServices, person: Person, turn: AbortSignal): Promise<Rights> {
  if (person.addresses.length === 0) return noRights;
  const signal = AbortSignal.any([turn, AbortSignal.timeout(longestWaitMs)]);
  try {
    const { visible, obstacle } = await visibleWorkspaces(services, person, signal, 'recent');
    if (obstacle !== null) return null;
    const over = (action: Action) => best(visible.map((seen) => rightTo(services, person, action, seen)));
    return { workspaces: visible.length, deletes: over('delete'), deletesWorkspaces: over('delete-workspace') };
  } catch (error) {
    if (isSourceFailure(error) || signal.aborted) return null;
    throw error;
  }
}

function best(each: readonly Right[]): Right {
  if (each.includes('freely')) return 'freely';
  return each.includes('with-approval') ? 'with-approval' : 'nowhere';
}

function rightTo(
  services: TeamsServices,
  person: Person,
  action: Action,
  { workspace, role }: VisibleWorkspace,
): Right {
  const botRoles = rolesOf(roleMembers(services), person);
  const question = { action, accountType: workspace.accountType, role, botRoles };
  const decision = evaluate(question, services.settings.policy);
  if (!decision.allowed) return 'nowhere';
  return decision.terms.approvals > 0 ? 'with-approval' : 'freely';
}
