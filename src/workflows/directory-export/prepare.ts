import type { Directory, DirectoryPerson } from '../../domain/directory.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { PendingChoice, RequestRecord } from '../../domain/request.ts';
import { isDirectoryFailure } from '../../domain/service-failure.ts';
import { recordRetry } from '../../requests/backoff.ts';
import { recordPreparation, type Snapshot } from '../../requests/preparation.ts';
import { logRefusal } from '../refusal-log.ts';
import type { WorkflowServices } from '../workflow-services.ts';
import { recordDirectoryPreview } from './records.ts';

type Finding =
  | { readonly kind: 'person'; readonly person: DirectoryPerson }
  | { readonly kind: 'choice'; readonly choice: PendingChoice }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/**
 * Prepares the export of a person's directory data: a preview to confirm, a question, or a refusal. The directory alone
 * decides who may ask, by the identity of the authenticated activity.
 */
export async function prepareDirectoryExport(
  services: WorkflowServices,
  request: RequestRecord,
  snapshot: Snapshot,
  signal: AbortSignal,
): Promise<void> {
  try {
    const finding = await findPerson(services, request, signal);
    if (finding.kind === 'person') return await recordDirectoryPreview(services, snapshot, finding.person);
    await recordPreparation(services, snapshot, { ...finding, workspace: null });
    if (finding.kind === 'refusal') logRefusal(services, request, finding.refusal);
  } catch (error) {
    if (!isDirectoryFailure(error)) throw error;
    const refusal: Refusal = { reason: 'directory-unavailable', detail: error.message };
    if (error.transient && (await recordRetry(services, 'prepare', { number: request.number, token: null }, refusal)))
      return;
    await recordPreparation(services, snapshot, { kind: 'refusal', refusal, workspace: null });
  }
}

async function findPerson(
  { directory }: WorkflowServices,
  { requester, ask }: RequestRecord,
  signal: AbortSignal,
): Promise<Finding> {
  if (!directory || ask.target !== 'directory-person') return refused({ reason: 'directory-off' });
  if (!(await directory.isAdministrator(requester.objectId, signal)))
    return refused({ reason: 'not-an-administrator' });
  const { said, id } = ask.person;
  const found = await candidates(directory, said, id, requester.objectId, signal);
  const [person, ...others] = found;
  if (person === undefined) return refused({ reason: 'unknown-person', name: said });
  if (others.length > 0) {
    const options = found.map(({ id: personId, name, address }, index) => ({
      id: `person-${index + 1}`,
      personId,
      name,
      address,
    }));
    return { kind: 'choice', choice: { question: 'which-person', said, options } };
  }
  if (person.isPersonalAccount) return refused({ reason: 'personal-account', name: person.name });
  return { kind: 'person', person };
}

async function candidates(
  directory: Directory,
  said: string,
  id: string | undefined,
  requesterId: string,
  signal: AbortSignal,
): Promise<readonly DirectoryPerson[]> {
  const known = id ?? (said === 'me' ? requesterId : null);
  if (known === null) return directory.find(said, signal);
  const person = await directory.person(known, signal);
  return person === null ? [] : [person];
}

function refused(refusal: Refusal): Finding {
  return { kind: 'refusal', refusal };
}
