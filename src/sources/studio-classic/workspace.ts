import { z } from 'zod';
import type { AccountType, Member, Workspace } from '../../domain/accounts.ts';
import { ServiceFailure } from '../../domain/service-failure.ts';
import { date, text } from './payload-fields.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** The payload of `workspaces/{id}`; its tokens and keys are never read. */
const WorkspacePayload = z.object({
  WorkspaceId: z.string(),
  FriendlyName: text,
  Description: text,
  Type: z.union([z.string(), z.number()]),
  Region: text,
  OwnerEmail: text,
  CreatedTime: date,
});

const MemberPayload = z.object({
  Status: text,
  User: z.object({ UserId: text, Email: text, Name: text, Role: text }),
});

/** Names of the web application's type numbers 0 to 4. */
const typeNames = ['Production', 'Free', 'Anonymous', 'PaidStandard', 'PaidPremium'];

const accountTypes: ReadonlyMap<string, AccountType> = new Map([
  ['anonymous', 'guest'],
  ['free', 'free'],
  ['production', 'standard'],
  ['paidstandard', 'standard'],
  ['paidpremium', 'standard'],
]);

/** Reads a workspace. `guestLifetimeMs` is the lifetime of a guest workspace. Throws ServiceFailure. */
export async function readWorkspace(
  client: WorkspaceClient,
  guestLifetimeMs: number,
  signal: AbortSignal,
): Promise<Workspace> {
  const payload = await client.json({ path: '', doing: 'reading the workspace', signal }, WorkspacePayload);
  const serviceType = typeNameOf(String(payload.Type));
  const name = payload.FriendlyName || payload.WorkspaceId;
  const accountType = accountTypeOf(name, serviceType);
  const created = payload.CreatedTime;
  return {
    id: payload.WorkspaceId.replaceAll('-', '').toLowerCase(),
    name,
    description: payload.Description,
    accountType,
    serviceType,
    region: payload.Region,
    ownerEmail: payload.OwnerEmail,
    createdAt: created,
    expiresAt: accountType === 'guest' && created ? new Date(created.getTime() + guestLifetimeMs) : null,
  };
}

function typeNameOf(type: string): string {
  return /^\d+$/.test(type) ? (typeNames[Number(type)] ?? type) : type;
}

/** The account type for the service's name of the type. Throws ServiceFailure for an unknown name. */
function accountTypeOf(name: string, serviceType: string): AccountType {
  const accountType = accountTypes.get(serviceType.toLowerCase());
  if (accountType) return accountType;
  throw new ServiceFailure(
    'Studio',
    'rejected',
    `The workspace “${name}” is of a type that Steward does not know (“${serviceType}”), so nothing was done with it. ` +
      'Ask your Studio Steward administrator.',
  );
}

/** Members and open invitations. Unknown roles count as user, unknown statuses as invited. Throws ServiceFailure. */
export function readMembers(client: WorkspaceClient, signal: AbortSignal): Promise<readonly Member[]> {
  const call = { path: 'users', doing: 'reading the members of the workspace', signal };
  return client.list(
    call,
    MemberPayload,
    ({ Status, User }): Member => ({
      userId: User.UserId,
      email: User.Email,
      name: User.Name,
      role: User.Role.toLowerCase() === 'owner' ? 'owner' : 'user',
      status: Status.toLowerCase() === 'active' ? 'active' : 'invited',
    }),
  );
}
