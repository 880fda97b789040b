import type { Workspace } from '../domain/accounts.ts';
import type { Capability, WorkspaceResourceKind } from '../domain/capabilities.ts';
import { mainSource } from '../sources/registry.ts';
import { plainName } from './cards/literal.ts';

/** The name of each kind, as a title and in a sentence. */
export const workspaceResourceWords: Readonly<
  Record<WorkspaceResourceKind, { readonly title: string; readonly many: string }>
> = {
  settings: { title: 'Settings', many: 'settings' },
  member: { title: 'Members and invitations', many: 'members' },
  gateway: { title: 'Data gateways', many: 'data gateways' },
  endpoint: { title: 'Endpoints of web services', many: 'endpoints' },
  plan: { title: 'Commitment plans', many: 'commitment plans' },
};

/** How a person can have these resources deleted, in sentences. */
export function deletionWords(kind: WorkspaceResourceKind, method: Capability, { expiresAt }: Workspace): string {
  const { many } = workspaceResourceWords[kind];
  switch (method) {
    case 'none':
      return noneWords(kind);
    case 'expiry': {
      const when =
        expiresAt === null ? 'when it expires' : `on ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      return `Nothing in a guest workspace can be deleted on request. The workspace and all its data are deleted ${when}; you can export it before that.`;
    }
    case 'together':
      return kind === 'endpoint'
        ? `An endpoint is deleted with its web service. I can delete the web service: write its name. To delete only an endpoint, open the page of its web service in ${mainSource.name}.`
        : `The ${many} are deleted only with the whole workspace.`;
    case 'asked':
    case 'tried':
    case 'by-hand':
      return `I cannot delete ${many}, so nothing was done. ${steps[kind]}`;
  }
}

const steps: Readonly<Record<WorkspaceResourceKind, string>> = {
  settings: 'They are deleted with the whole workspace.',
  member: `An owner opens the workspace in ${mainSource.name}, goes to Settings and then Users, and removes the person or the invitation there.`,
  gateway: `Open the workspace in ${mainSource.name}, go to Settings and then Data Gateways, and delete it there.`,
  endpoint: `Open its web service in ${mainSource.name} and delete it there.`,
  plan: 'Open it in the Azure portal and press Delete. That works only when no web service is billed to it any more.',
};

/** What an export contains of these resources, in a sentence. */
export function exportWords(kind: WorkspaceResourceKind, method: Capability): string {
  if (method === 'none') return noneWords(kind);
  const { many } = workspaceResourceWords[kind];
  if (kind === 'member') return 'Account ids, e-mail addresses and roles are in personal-data.json of an export.';
  if (kind === 'endpoint') return 'Endpoints are exported with their web services, without keys.';
  return `The ${many} are in the folder “workspace” of an export of the whole workspace, without keys.`;
}

function noneWords(kind: WorkspaceResourceKind): string {
  const account = kind === 'member' ? 'A guest workspace' : 'A workspace of this type of account';
  return `${account} has no ${workspaceResourceWords[kind].many}.`;
}

/** The page on which a person can delete them. */
export function deletionPage(
  kind: WorkspaceResourceKind,
  { id, name }: Workspace,
): { readonly title: string; readonly url: string } {
  return kind === 'plan'
    ? {
        title: 'Open the Azure portal',
        url: 'https://portal.azure.com/#blade/HubsExtension/BrowseResource/resourceType/Microsoft.MachineLearning%2FcommitmentPlans',
      }
    : { title: `Open “${plainName(name, 30)}” in ${mainSource.name}`, url: `${mainSource.workspacePage}${id}` };
}
