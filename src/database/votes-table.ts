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
  at: Time;
}
