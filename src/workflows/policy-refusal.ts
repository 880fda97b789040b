import type { PolicyDecision } from '../domain/policy.ts';
import { ruleWords } from '../domain/policy-rules.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { VisibleWorkspace } from '../requests/visible-workspaces.ts';

/** What would be deleted with Steward's own rights in Azure, and the page on which a person can delete it. */
export interface InAzure {
  readonly name: string;
  readonly url: string;
}

/** The policy's refusal with the facts of this workspace that tell the person what to do instead. */
export function policyRefusal(
  { refusal: reason, rule }: Extract<PolicyDecision, { allowed: false }>,
  { workspace, members }: VisibleWorkspace,
  what: InAzure | null = null,
): Refusal {
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
    case 'azure-needs-approval':
      return { reason, name: what?.name ?? workspace.name, detail: byHandWords(what?.url ?? null) };
    case 'refused-by-rule':
      return { reason, name: workspace.name, detail: ruleWords(rule) };
    case 'not-a-member':
    case 'nobody-can-approve':
      return { reason, name: workspace.name };
  }
}

function byHandWords(url: string | null): string {
  const page = url === null ? '' : ` (${url})`;
  return `Somebody with the right to do so can delete it in the Azure portal${page}.`;
}

function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
