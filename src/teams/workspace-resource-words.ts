import type { Workspace } from '../domain/accounts.ts';
import type { Way, WorkspaceResourceKind } from '../domain/capabilities.ts';
import { plainName } from './cards/literal.ts';

/** How each is called, as a title and in a sentence. */
export const workspaceResourceWords: Readonly<
  Record<WorkspaceResourceKind, { readonly title: string; readonly many: string }>
> = {
  settings: { title: 'Settings', many: 'settings' },
  member: { title: 'Members and invitations', many: 'members' },
  gateway: { title: 'Data gateways', many: 'data gateways' },
  endpoint: { title: 'Endpoints of web services', many: 'endpoints' },
  plan: { title: 'Commitment plans', many: 'commitment plans' },
};

/** What a person can do to have something deleted, in sentences. */
export function deletionWords(kind: WorkspaceResourceKind, method: Way, { expiresAt }: Workspace): string {
  const { many } = workspaceResourceWords[kind];
  switch (method) {
    case 'none':
      return noneWords(kind);
    case 'expiry': {
      const when =
        expiresAt === null ? 'when it expires' : `on ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      return `Nothing in a guest workspace is deleted on request. It is purged with all its data ${when}; you can export it before that.`;
    }
    case 'together':
      return kind === 'endpoint'
        ? 'An endpoint goes when its web service is deleted, which I can do: name the web service. A single endpoint you delete in Studio, on the page of its web service.'
        : `The ${many} go when the whole workspace is deleted; by themselves they stay.`;
    case 'asked':
    case 'tried':
    case 'by-hand':
      return `I do not delete ${many}, so nothing was done. ${steps[kind]}`;
  }
}

const steps: Readonly<Record<WorkspaceResourceKind, string>> = {
  settings: 'They go with the whole workspace.',
  member:
    'An owner opens the workspace in Studio, goes to Settings and then Users, and removes the person or the invitation there.',
  gateway: 'Open the workspace in Studio, go to Settings and then Data Gateways, and delete it there.',
  endpoint: 'Open its web service in Studio and delete it there.',
  plan: 'Open it in the Azure portal and press Delete. That works only when no web service is charged to it any more.',
};

/** What an export holds of them, in a sentence. */
export function exportWords(kind: WorkspaceResourceKind, method: Way): string {
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

/** The page on which a person deletes it. */
export function deletionPage(
  kind: WorkspaceResourceKind,
  { id, name }: Workspace,
): { readonly title: string; readonly url: string } {
  return kind === 'plan'
    ? {
        title: 'Open the Azure portal',
        url: 'https://portal.azure.com/#blade/HubsExtension/BrowseResource/resourceType/Microsoft.MachineLearning%2FcommitmentPlans',
      }
    : { title: `Open “${plainName(name, 30)}” in Studio`, url: `https://studio.azureml.net/Home/ViewWorkspace/${id}` };
}
