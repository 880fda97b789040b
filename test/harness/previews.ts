import type { PolicyTerms } from '../../src/domain/policy-rules.ts';
import type { KindTotal, WorkspaceSnapshot } from '../../src/domain/request.ts';
import type { Preparation } from '../../src/requests/preparation.ts';

const lab: WorkspaceSnapshot = {
  id: 'ws',
  name: 'Churn Lab',
  accountType: 'free',
  serviceType: 'Free',
  expiresAt: null,
};

/** The preview that a finished preparation records, for tests that start behind it. */
export function previewOf(
  terms: PolicyTerms,
  totals: readonly KindTotal[] = [],
  workspace: WorkspaceSnapshot = lab,
): Extract<Preparation, { kind: 'preview' }> {
  return { kind: 'preview', workspace, totals, terms, othersAssets: false, personalData: 'none', changes: null };
}
