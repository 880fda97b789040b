import { defaultRetention } from '../../src/domain/retention.ts';
import type { Facts } from '../../src/knowledge/facts.ts';
import { membersNeedApproval } from '../harness/policies.ts';

const hour = 3_600_000;

/** A configuration like the default one, with an approver. */
export const sampleFacts: Facts = {
  linkLifetimeMs: 24 * hour,
  archiveRetentionMs: 168 * hour,
  requestLifetimeMs: 24 * hour,
  partBytes: 1_073_741_824,
  policy: { ...membersNeedApproval, approversExist: true },
  approvers: ['megan.bowen@example.com'],
  kinds: ['dataset', 'experiment'],
  languageModel: false,
  retention: defaultRetention,
  directoryExport: false,
};
