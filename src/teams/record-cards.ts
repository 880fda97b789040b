import { recordPage } from '../audit/record-page.ts';
import { requestId } from '../domain/request.ts';
import type { ReadableRequest, RecordAsker } from '../requests/record-access.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { recordLength } from './cards/request-record.ts';
import { channelOf } from './channels.ts';
import type { Actor } from './identity.ts';
import { whatWords } from './request-wording.ts';
import type { TeamsServices } from './teams-services.ts';

/** Who asks for a record, and where, from the authenticated activity. */
export function recordAsker({ person, conversation }: Actor, signal: AbortSignal): RecordAsker {
  const here = channelOf(conversation.id);
  return {
    person,
    place: conversation.kind === 'personal' ? 'personal' : 'shared',
    isHere: (conversationId) => channelOf(conversationId) === here,
    signal,
  };
}

/** A page of the record of a request, as its reader may see it. */
export async function requestRecordCard(
  services: TeamsServices,
  { request, view }: ReadableRequest,
  place: RecordAsker['place'],
  { page = 0, rows = recordLength }: { readonly page?: number; readonly rows?: number | undefined } = {},
): Promise<RenderedCard> {
  const { db } = services.database;
  const { events, total, sealing } = await recordPage(db, request, view, { from: page * rows, limit: rows });
  return renderCard('request-record', {
    request: requestId(request.number),
    action: request.action,
    state: request.state,
    about:
      view === 'names' && place === 'personal'
        ? { what: whatWords(request, 'approvers'), workspaceName: request.workspace?.name ?? '' }
        : null,
    isNamed: view === 'names',
    mayExport: view === 'names' && place === 'personal',
    events: { rows: events, page, total, ...(rows === recordLength ? {} : { length: rows }) },
    sealing,
  });
}
