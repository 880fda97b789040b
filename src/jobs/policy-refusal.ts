import type { PolicyRefusal } from '../domain/policy.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { VisibleWorkspace } from '../requests/visible-workspaces.ts';

/** The policy's refusal with the facts of this workspace that tell the person what to do instead. */
export function policyRefusal(reason: PolicyRefusal, { workspace, members }: VisibleWorkspace): Refusal {
  switch (reason) {
    case 'guest-cannot-delete': {
      const when = workspace.expiresAt === null ? 'when it expires' : `on ${utc(workspace.expiresAt)}`;
      return { reason, name: workspace.name, detail: `It is purged with all its data ${when}.` };
    }
    case 'owner-only': {
      const owners = members.filter(({ role, status }) => role === 'owner' && status === 'active');
      const names = owners.map(({ name, email }) => name || email).filter((name) => name !== '');
      return {
        reason,
        name: workspace.name,
        detail: names.length > 0 ? `Please ask ${names.slice(0, 3).join(' or ')}.` : 'Please ask an owner.',
      };
    }
    case 'not-a-member':
      return { reason, name: workspace.name };
  }
}

function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
