import type { RecordView } from './record-rights.ts';

/** One row of the record of a request, or the rows about its assets that say the same. */
export interface RecordRow {
  readonly action: string;
  /** Object id of a person, their pseudonym once they are erased, or `system`. */
  readonly actor: string;
  readonly at: Date;
  /** When the last of several was written. */
  readonly lastAt: Date;
  readonly count: number;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly policyVersion: string | null;
  /** Entries of the chain; null while none is sealed. */
  readonly firstEntry: number | null;
  readonly lastEntry: number | null;
  /** How many of them are not sealed yet. */
  readonly unsealed: number;
}

/** What stands beside the rows of one request. */
export interface RecordNames {
  /** Object id of who asked. */
  readonly requester: string;
  /** Names by object id, as far as they are kept. */
  readonly names: ReadonlyMap<string, string>;
  /** What those who decided wrote. */
  readonly comments: readonly WrittenComment[];
}

/** What somebody wrote with a vote. */
export interface WrittenComment {
  readonly objectId: string;
  readonly at: Date;
  readonly comment: string | null;
}

/** As what somebody acted. */
export type ActorRole = 'requester' | 'decider' | 'other' | 'system';

/** An event of the record as somebody may read it. */
export interface RecordEvent {
  readonly action: string;
  readonly role: ActorRole;
  /** Null where the reader sees roles, and where the name is not kept any more. */
  readonly name: string | null;
  readonly at: Date;
  readonly lastAt: Date;
  readonly count: number;
  /** The state that it led to. */
  readonly to: string | null;
  /** A code word that says why. */
  readonly because: string | null;
  /** What somebody wrote who rejected it. */
  readonly comment: string | null;
  /** The name of the asset that a single row is about. */
  readonly assetName: string | null;
  readonly policyVersion: string | null;
  readonly firstEntry: number | null;
  readonly lastEntry: number | null;
  readonly unsealed: number;
}

const decisions: ReadonlySet<string> = new Set(['request.approved', 'request.disapproved']);

/**
 * The rows as somebody with this view may read them: a row without the right to names keeps code words, numbers and
 * times only, whatever its detail holds.
 */
export function recordEvents(
  rows: readonly RecordRow[],
  facts: RecordNames,
  view: Exclude<RecordView, 'none'>,
): readonly RecordEvent[] {
  return rows.map((row) => {
    const { action, at, lastAt, count, policyVersion, firstEntry, lastEntry, unsealed } = row;
    const isNamed = view === 'names';
    return {
      action,
      role: roleOf(row, facts),
      name: isNamed && row.actor !== 'system' ? (facts.names.get(row.actor.toLowerCase()) ?? null) : null,
      at,
      lastAt,
      count,
      to: codeWord(row.detail.to),
      because: codeWord(row.detail.because),
      comment: isNamed && decisions.has(action) ? commentOf(row, facts) : null,
      assetName: isNamed && count === 1 && action.startsWith('asset.') ? textOf(row.detail.name) : null,
      policyVersion,
      firstEntry,
      lastEntry,
      unsealed,
    };
  });
}

function roleOf({ action, actor }: RecordRow, { requester }: RecordNames): ActorRole {
  if (actor === 'system') return 'system';
  if (decisions.has(action)) return 'decider';
  return actor.toLowerCase() === requester.toLowerCase() ? 'requester' : 'other';
}

/** A vote is stored in the transaction of its row, a moment later. */
const longestTransactionMs = 60_000;

function commentOf({ actor, at }: RecordRow, { comments }: RecordNames): string | null {
  const own = comments.find((each) => {
    const later = each.at.getTime() - at.getTime();
    return each.objectId.toLowerCase() === actor.toLowerCase() && later >= 0 && later < longestTransactionMs;
  });
  return own?.comment ?? null;
}

const codeShape = /^[a-z][a-z -]{0,60}$/u;

/** A word of the code; anything else, which may be somebody's, is none. */
function codeWord(value: unknown): string | null {
  return typeof value === 'string' && codeShape.test(value) ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The decisions by which a request was approved or rejected last: those since it was confirmed last. */
export function lastDecisions(events: readonly RecordEvent[]): readonly RecordEvent[] {
  const confirmed = events.findLastIndex(({ action }) => action === 'request.confirmed');
  return events.slice(confirmed + 1).filter(({ action }) => decisions.has(action));
}

/** The event that ended a request without what was asked for; null for none. */
export function endEvent(events: readonly RecordEvent[]): RecordEvent | null {
  return events.findLast(({ action, to }) => action.startsWith('request.') && to !== null && ends.has(to)) ?? null;
}

const ends: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'expired', 'failed', 'partly-failed']);
