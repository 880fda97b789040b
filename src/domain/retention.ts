/** How long each kind of record is kept, in milliseconds. */
export interface Retention {
  /** Requests, after their end. */
  readonly requestsMs: number;
  /** The names of assets and people in a request and its audit rows, after its end; no longer than requests. */
  readonly namesMs: number;
  /** Audit rows. */
  readonly auditMs: number;
  /** People and conversations, after they were last seen. */
  readonly peopleMs: number;
  /** Messages that were not understood at first; 0 means that none are kept. */
  readonly unclearMs: number;
}

/** Milliseconds. */
export const day = 24 * 3_600_000;

/** The default retention. */
export const defaultRetention: Retention = {
  requestsMs: 365 * day,
  namesMs: 30 * day,
  auditMs: 730 * day,
  peopleMs: 365 * day,
  unclearMs: 0,
};
