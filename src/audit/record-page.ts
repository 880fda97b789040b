import type { Connection } from '../database/connection.ts';
import { readAllVotes, readNames, readRecord, readSealing } from '../database/record-rows.ts';
import { type RecordEvent, type RecordNames, type RecordRow, recordEvents } from '../domain/record-events.ts';
import type { RecordView } from '../domain/record-rights.ts';
import type { RequestRecord } from '../domain/request.ts';

/** A page of the record of one request, for one reader. */
export interface RecordPage {
  readonly events: readonly RecordEvent[];
  /** How many events all pages have. */
  readonly total: number;
  /** The entries of the chain that seal it, and how many of its rows wait for theirs. */
  readonly sealing: { readonly first: number | null; readonly last: number | null; readonly unsealed: number };
}

/** Events that are read at once to answer who decided, and why. A request has fewer, apart from its assets. */
const mostEvents = 500;

/** A page of the record of a request as a reader with this view may see it. Throws the database's error. */
export async function recordPage(
  db: Connection,
  request: RequestRecord,
  view: Exclude<RecordView, 'none'>,
  { from, limit }: { readonly from: number; readonly limit: number } = { from: 0, limit: mostEvents },
): Promise<RecordPage> {
  const { tenantId } = request.requester;
  const { rows, total } = await readRecord(db, tenantId, request.number, from, limit);
  const events = recordEvents(rows, await namesOf(db, request, rows), view);
  return { events, total, sealing: await readSealing(db, request.number) };
}

/** Names and comments beside the rows of a request: people as last seen, or as they were stored with it. */
async function namesOf(db: Connection, request: RequestRecord, rows: readonly RecordRow[]): Promise<RecordNames> {
  const { number, requester } = request;
  const votes = await readAllVotes(db, number);
  const stored = [requester, ...votes].filter(({ name }) => name !== '');
  const seen = await readNames(
    db,
    requester.tenantId,
    rows.map(({ actor }) => actor),
  );
  const names = new Map([...stored.map(({ objectId, name }) => [objectId.toLowerCase(), name] as const), ...seen]);
  return { requester: requester.objectId, names, comments: votes };
}
