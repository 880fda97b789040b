import { z } from 'zod';
import { workspacesClient } from '../../../azure/arm/arm-clients.ts';
import type { ArmTransport } from '../../../azure/arm/arm-transport.ts';
import { readResourceId, refersTo } from '../../../azure/arm/resource-id.ts';
import { hasStatus } from '../../../azure/http/http-client.ts';
import { understanding } from '../../../azure/http/http-failures.ts';
import type { Clearance } from '../../../domain/clearance.ts';
import { ServiceFailure } from '../../../domain/service-failure.ts';
import { encodedText, originalText } from '../../../domain/storable-text.ts';
import { redactJson } from '../document-redaction.ts';

/** Resource id of a workspace, found by Studio's id in its subscription; null when it is not there. Throws ServiceFailure. */
export async function findArmWorkspace(
  transport: ArmTransport,
  subscription: string,
  workspaceId: string,
  signal: AbortSignal,
): Promise<string | null> {
  const call = { doing: 'reading the list of workspaces in Azure', signal };
  for await (const workspace of workspacesClient(transport, subscription, call).list()) {
    if (refersTo(workspace.workspaceId ?? '', workspaceId, null))
      return workspace.id === undefined ? null : encodedText(workspace.id);
  }
  return null;
}

/** True while the workspace exists in Resource Manager. Throws ServiceFailure. */
export async function isInArm(transport: ArmTransport, resourceId: string, signal: AbortSignal): Promise<boolean> {
  const { subscription, group, name } = parsedId(resourceId);
  const client = workspacesClient(transport, subscription, { doing: 'looking for the workspace in Azure', signal });
  try {
    await client.get(group, name);
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}

const Description = z.looseObject({ properties: z.looseObject({}).default({}) });

/** The resource as JSON, without its owner (account data is exported separately) and secrets. Throws ServiceFailure. */
export async function describeArmWorkspace(
  transport: ArmTransport,
  resourceId: string,
  signal: AbortSignal,
): Promise<string> {
  const { subscription, group, name } = parsedId(resourceId);
  const doing = 'reading the workspace in Azure';
  let json = '';
  await workspacesClient(transport, subscription, { doing, signal }).get(group, name, {
    onResponse: ({ bodyAsText }) => {
      json = bodyAsText ?? '';
    },
  });
  const { properties, ...rest } = understanding({ doing, service: 'Azure' }, () => Description.parse(JSON.parse(json)));
  return redactJson(JSON.stringify({ ...rest, properties: { ...properties, ownerEmail: '' } }), [], 2);
}

/** Requests the deletion of a workspace once; `gone` for "not found". Throws ServiceFailure, and what a clearance throws. */
export async function deleteArmWorkspace(
  transport: ArmTransport,
  resourceId: string,
  clearance: Clearance,
  signal: AbortSignal,
): Promise<'accepted' | 'gone'> {
  const { subscription, group, name } = parsedId(resourceId);
  let status = 0;
  const call = { doing: 'deleting the workspace in Azure', signal, clearance };
  const client = workspacesClient(transport, subscription, call);
  try {
    await client.delete(group, name, {
      onResponse: (response) => {
        status = response.status;
      },
    });
  } catch (error) {
    if (hasStatus(error, 404)) return 'gone';
    throw error;
  }
  return status === 204 ? 'gone' : 'accepted';
}

function parsedId(resourceId: string) {
  const parts = readResourceId(originalText(resourceId).toWellFormed(), 'workspaces');
  if (parts) return parts;
  throw new ServiceFailure('Azure', 'rejected', 'The workspace’s id in Azure cannot be read, so nothing was done.');
}
