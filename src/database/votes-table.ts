import type { Time } from './column-types.ts';

/** A reviewer's vote on one version of a request. */
export interface VotesTable {
  requestNumber: number;
  version: number;
  tenantId: string;
  objectId: string;
  name: string;
  userPrincipalName: string | null;
  mail: string | null;
  vote: 'approve' | 'reject';
  /** What the reviewer wrote with it; removed with the names. */
  comment: string | null;
  at: Time;
}
