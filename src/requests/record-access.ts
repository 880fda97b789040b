import { readDeliveryStates } from '../database/outbox-rows.ts';
import { readAllVotes, recipientsOf } from '../database/record-rows.ts';
import { readRequest } from '../database/request-rows.ts';
import { rolesOf } from '../domain/bot-roles.ts';
import { type Person, sameId, samePerson } from '../domain/people.ts';
import { type ReadingPlace, type RecordReader, type RecordView, recordView } from '../domain/record-rights.ts';
import type { RequestRecord } from '../domain/request.ts';
import { isSourceFailure } from '../domain/service-failure.ts';
import { reviews } from './report.ts';
import type { RequestServices } from './request-services.ts';
import { reviewPlaces } from './review-conversations.ts';
import { type RoleServices, roleMembers } from './role-members.ts';
import { see } from './visible-workspaces.ts';

/** Who asks for a record, and where. */
export interface RecordAsker {
  readonly person: Person;
  readonly place: ReadingPlace;
  /** Whether the conversation with this id is the one in which is asked. */
  readonly isHere: (conversationId: string) => boolean;
  readonly signal: AbortSignal;
}

/** A request with what of its record the asker may read. */
export interface ReadableRequest {
  readonly request: RequestRecord;
  readonly view: Exclude<RecordView, 'none'>;
}

/** True for people with the role of auditor, groups as they are known within a minute. */
export function isAuditor(services: RoleServices, person: Person): boolean {
  return rolesOf(roleMembers(services), person).includes('auditor');
}

/** The request with this number, when the asker may read of its record at all; null otherwise, as for an unknown number. */
export async function readableRequest(
  services: RequestServices,
  number: number,
  asker: RecordAsker,
): Promise<ReadableRequest | null> {
  const request = await readRequest(services.database.db, number);
  if (request === null || request.requester.tenantId !== asker.person.tenantId) return null;
  const view = recordView(await readerOf(services, request, asker), asker.place);
  return view === 'none' ? null : { request, view };
}

/** How the asker stands to the request, as far as that is known now; what cannot be read gives no right. */
async function readerOf(services: RequestServices, request: RequestRecord, asker: RecordAsker): Promise<RecordReader> {
  const { db } = services.database;
  const { person, isHere } = asker;
  const { number, originConversationId, workspace } = request;
  const cards = await readDeliveryStates(db, number);
  const sharedIn = cards.flatMap(({ audience, sharedIn: place }) => (audience === 'approvers' ? (place ?? []) : []));
  const places = reviewPlaces(services, request).map(({ conversationId }) => conversationId);
  const isReviewed = request.approvalsNeeded > 0 || cards.some(({ audience }) => audience === 'approvers');
  const votes = await readAllVotes(db, number);
  const recipients = await recipientsOf(db, number);
  const own = recipients.filter(({ objectId }) => sameId(objectId, person.objectId));
  const decides =
    votes.some(({ objectId }) => sameId(objectId, person.objectId)) ||
    own.some(({ isTold }) => !isTold) ||
    (isReviewed && (await reviews(services, request, person)));
  const known = {
    isAuditor: isAuditor(services, person),
    isRequester: samePerson(request.requester, person),
    decides,
    wasTold: own.some(({ isTold }) => isTold),
    isShownHere:
      asker.place === 'shared' && [originConversationId, ...(isReviewed ? [...places, ...sharedIn] : [])].some(isHere),
  };
  const mayNeedOwner = !known.isAuditor && !known.isRequester && !known.decides && workspace !== null;
  return { ...known, ownsWorkspace: mayNeedOwner && (await owns(services, person, workspace.id, asker.signal)) };
}

/** Whether the person owns the workspace, as read within a minute; false where the service does not say. */
async function owns(services: RequestServices, person: Person, id: string, signal: AbortSignal): Promise<boolean> {
  if (!services.source.workspaceIds().includes(id)) return false;
  try {
    return (await see(services, person, id, signal, 'recent'))?.role === 'owner';
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    return false;
  }
}
