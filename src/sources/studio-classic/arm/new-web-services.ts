import type { WebService } from '@azure/arm-webservices';
import { webServicesClient } from '../../../azure/arm/arm-clients.ts';
import type { ArmTransport } from '../../../azure/arm/arm-transport.ts';
import { readResourceId, refersTo } from '../../../azure/arm/resource-id.ts';
import { retryWithClearance } from '../../../azure/http/cleared-calls.ts';
import { hasStatus } from '../../../azure/http/http-client.ts';
import { understanding } from '../../../azure/http/http-failures.ts';
import type { AssetFile } from '../../../domain/asset-source.ts';
import type { Asset } from '../../../domain/assets.ts';
import type { AskForClearance } from '../../../domain/clearance.ts';
import { isSourceFailure, ServiceFailure } from '../../../domain/service-failure.ts';
import { encodedText, originalText } from '../../../domain/storable-text.ts';
import { documentFile } from '../document-file.ts';
import { revisionOf } from '../revisions.ts';
import { redactArm } from './definition-redaction.ts';

/** Maximum number of polls of an accepted deletion, and the interval between them in milliseconds. */
const mostPolls = 60;
const pollEveryMs = 2_000;

/** A new web service as an asset, and the commitment plan that pays for it. */
export interface ArmWebService {
  readonly asset: Asset;
  readonly planId: string | null;
}

/**
 * The new web services of a workspace. List items can be incomplete, so those without their workspace or modification
 * date are read one by one. Throws ServiceFailure.
 */
export async function armWebServicesOf(
  transport: ArmTransport,
  subscription: string,
  workspace: { readonly id: string; readonly resourceId: string | null },
  signal: AbortSignal,
): Promise<readonly ArmWebService[]> {
  const call = { doing: 'reading the list of web services in Azure', signal };
  const found: ArmWebService[] = [];
  for await (const listed of webServicesClient(transport, subscription, call).listBySubscriptionId()) {
    const id = listed.id ?? '';
    const isComplete = listed.properties?.machineLearningWorkspace && listed.properties.modifiedOn;
    const whole = isComplete ? listed : await readService(transport, id, signal);
    if (whole && refersTo(whole.properties.machineLearningWorkspace?.id ?? '', workspace.id, workspace.resourceId)) {
      found.push({ asset: toAsset(whole), planId: encodedText(whole.properties.commitmentPlan?.id ?? '') || null });
    }
  }
  return found;
}

/** True for the id of a web service in Azure, as opposed to a classic one. */
export function isArmWebService(id: string): boolean {
  return readResourceId(id, 'webServices') !== null;
}

/** The service as it is now; null when it is gone, or belongs to another workspace. Throws ServiceFailure. */
export async function findArmWebService(
  transport: ArmTransport,
  id: string,
  workspace: { readonly id: string; readonly resourceId: string | null },
  signal: AbortSignal,
): Promise<Asset | null> {
  const service = await readService(transport, id, signal);
  const owner = service?.properties.machineLearningWorkspace?.id ?? '';
  return service && refersTo(owner, workspace.id, workspace.resourceId) ? toAsset(service) : null;
}

/** The service's definition as JSON. Its keys are never requested. Throws ServiceFailure. */
export async function armWebServiceFiles(
  transport: ArmTransport,
  asset: Asset,
  signal: AbortSignal,
): Promise<readonly AssetFile[]> {
  const read = async (aborted: AbortSignal): Promise<string> => {
    const { subscription, group, name } = parsedId(asset.id);
    let json = '';
    const call = { doing: `reading the web service “${asset.name}” in Azure`, signal: aborted };
    const onResponse = ({ bodyAsText }: { bodyAsText?: string | null }) => {
      json = bodyAsText ?? '';
    };
    await webServicesClient(transport, subscription, call).get(group, name, { onResponse });
    return understanding({ ...call, service: 'Azure' }, () => redactArm(json));
  };
  const source = transport.endpoint + asset.id;
  return [documentFile({ name: `${asset.name}.json`, role: 'content', source }, await read(signal), read)];
}

/**
 * Deletes a service and polls, a limited number of times, until Azure has finished. Once Azure has accepted the deletion
 * the result is `deleted`, even when its end was not seen: a later check of a fresh list reports what is still there.
 * Throws ServiceFailure, and NotCleared.
 */
export async function deleteArmWebService(
  transport: ArmTransport,
  asset: Asset,
  ask: AskForClearance,
  signal: AbortSignal,
): Promise<'deleted' | 'gone'> {
  if ((await readService(transport, asset.id, signal)) === null) return 'gone';
  const { subscription, group, name } = parsedId(asset.id);
  const doing = `deleting the web service “${asset.name}” in Azure`;
  const poller = await retryWithClearance(transport.http, ask, signal, (clearance) =>
    webServicesClient(transport, subscription, { doing, signal, clearance }).beginRemove(group, name),
  );
  for (let poll = 0; poll < mostPolls && !poller.isDone(); poll += 1) {
    await transport.clock.wait(pollEveryMs, signal);
    try {
      await poller.poll();
    } catch (error) {
      signal.throwIfAborted();
      // A failed poll says nothing about the deletion, which continues.
      if (isSourceFailure(error)) return 'deleted';
      // Any other error comes from the package and means that the operation failed.
      throw new ServiceFailure(
        'Azure',
        'rejected',
        `Azure could not finish ${doing}. Check it in the Azure portal, then ask again.`,
      );
    }
  }
  return 'deleted';
}

async function readService(transport: ArmTransport, id: string, signal: AbortSignal): Promise<WebService | null> {
  const { subscription, group, name } = parsedId(id);
  try {
    const call = { doing: 'reading a web service in Azure', signal };
    const service = await webServicesClient(transport, subscription, call).get(group, name);
    if (service.properties) return service;
    throw new ServiceFailure('Azure', 'unreadable', 'Azure described a web service without its properties.');
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

function parsedId(id: string) {
  const parts = readResourceId(originalText(id).toWellFormed(), 'webServices');
  if (parts) return parts;
  throw new ServiceFailure('Azure', 'unreadable', 'Azure listed a web service with an id that cannot be read.');
}

/** The definition without secrets, as the revision of a service that has no modification date. */
function definitionWithoutSecrets({
  keys: _keys,
  storageAccount: _account,
  provisioningState: _state,
  ...rest
}: WebService['properties']) {
  return rest;
}

function toAsset({ id = '', name, properties }: WebService): Asset {
  return {
    kind: 'webservice',
    id: encodedText(id),
    familyId: encodedText(id),
    name: encodedText(properties.title || name || id),
    sizeBytes: null,
    createdAt: properties.createdOn ?? null,
    owner: '',
    versions: 1,
    revision: revisionOf(properties.modifiedOn ?? definitionWithoutSecrets(properties), properties.description ?? ''),
  };
}
