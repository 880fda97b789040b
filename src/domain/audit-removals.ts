import type { AuditRow, EntryBody, JsonValue } from './audit-chain.ts';

/** Actions of the audit rows that record a removal of side rows, or of parts of them. */
export const removalActions = {
  /** Erasure of a person: `detail.objectId` is the pseudonym that nobody stands behind any more. */
  person: 'person.erased',
  /** The names in the rows of one request, at the end of their retention. */
  names: 'request.names-forgotten',
  /** The side rows from before `detail.before`, at the end of their retention. */
  rows: 'audit.removed',
} as const;

/** The only place of a row that the removal of a request's names empties, as a JSON pointer (RFC 6901). */
export const namePlace = '/detail/name';

/** A part of an entry that the side rows no longer have. */
export interface MissingPart {
  readonly kind: 'person' | 'text' | 'row';
  /** The pseudonym, the request's number, or empty: of a whole row, and of what no removal can explain. */
  readonly key: string;
  /** When the entry's row was written, as ISO 8601. */
  readonly at: string;
  readonly entry: number;
}

/** Parts that are missing because of a recorded removal. */
export interface Removal {
  readonly kind: MissingPart['kind'];
  readonly key: string;
  /** How many parts, and the first entry that has one. */
  readonly parts: number;
  readonly first: number;
  /** When the removal was recorded, as ISO 8601. */
  readonly on: string;
  /** The entry that records it; null while that is not sealed yet. */
  readonly under: number | null;
  readonly request: number | null;
}

interface Record {
  readonly on: string;
  readonly under: number | null;
  readonly request: number | null;
}

interface Group {
  readonly kind: MissingPart['kind'];
  readonly key: string;
  first: number;
  last: number;
  latestAt: string;
  parts: number;
}

/**
 * Tells what was removed from what was lost. Missing parts are counted by person, request and day, so that memory does
 * not grow with rows.
 */
export function createRemovals() {
  const people = new Map<string, Record>();
  const names = new Map<string, Record>();
  const cutOffs: (Record & { readonly before: string })[] = [];
  const groups = new Map<string, Group>();

  const note = (action: string, detail: JsonValue, record: Record): void => {
    if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return;
    const { objectId, before } = detail as { [key: string]: JsonValue };
    if (action === removalActions.person) {
      const pseudonym = typeof objectId === 'object' && objectId !== null && '@' in objectId ? objectId['@'] : objectId;
      if (typeof pseudonym === 'string') people.set(pseudonym, record);
    }
    if (action === removalActions.names && record.request !== null) names.set(`${record.request}`, record);
    if (action === removalActions.rows && typeof before === 'string') cutOffs.push({ ...record, before });
  };

  const recordOf = ({ kind, key, last, latestAt }: Group): Record | null => {
    if (kind === 'row') return cutOffs.find(({ before, under }) => latestAt < before && isAfter(under, last)) ?? null;
    const record = (kind === 'person' ? people : names).get(key) ?? null;
    // An erased person's pseudonym is never used again, but by the row that records the erasure.
    return record !== null && (isAfter(record.under, last) || (kind === 'person' && record.under === last))
      ? record
      : null;
  };

  return {
    /** Notes an entry that may record a removal. */
    record: (body: EntryBody, entry: number): void =>
      note(body.action, body.detail, { on: body.at, under: entry, request: body.request }),
    /** Notes a row that is not sealed yet. */
    recordPending: (row: Pick<AuditRow, 'action' | 'at' | 'requestNumber' | 'detail'>): void =>
      note(row.action, row.detail, { on: row.at.toISOString(), under: null, request: row.requestNumber }),
    /** Notes a part that is missing. */
    miss: ({ kind, key, at, entry }: MissingPart): void => {
      const id = `${kind} ${kind === 'row' ? at.slice(0, 10) : key}`;
      const group = groups.get(id) ?? { kind, key, first: entry, last: entry, latestAt: at, parts: 0 };
      groups.set(id, group);
      group.parts += 1;
      group.last = Math.max(group.last, entry);
      if (at > group.latestAt) group.latestAt = at;
    },
    /** After the last row: which missing parts were removed, and which are lost. */
    resolve: () => {
      const removed: Removal[] = [];
      const lost: { readonly entry: number; readonly rows: number; readonly what: string }[] = [];
      for (const group of groups.values()) {
        const record = recordOf(group);
        const { kind, key, parts, first } = group;
        if (record === null) lost.push({ entry: first, rows: parts, what: words[kind] });
        else removed.push({ kind, key, parts, first, ...record });
      }
      return { removed, lost };
    },
  };
}

const words = { person: 'The proof of the person', text: 'A text', row: 'The side row' } as const;

function isAfter(under: number | null, entry: number): boolean {
  return under === null || under > entry;
}
