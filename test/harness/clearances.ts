import type { Asset } from '../../src/domain/assets.ts';
import {
  type AskForClearance,
  assetSubject,
  type Clearance,
  directorySubject,
  issueClearance,
  workspaceSubject,
} from '../../src/domain/clearance.ts';
import type { WorkspaceRemoval } from '../../src/domain/workspace-removal.ts';
import { systemClock } from '../../src/system-clock.ts';

/** Clearances for tests of clients, which test what is sent and not whether it is allowed: they have no checks. */
const unchecked = { checks: [], lastChecks: [], goodForMs: 60_000 };

/** The clearance for tests that delete an asset. */
export function clearedAsset(workspaceId: string, asset: Asset): AskForClearance {
  return () => issueClearance({ ...unchecked, subject: assetSubject(workspaceId, asset) }, systemClock);
}

/** The clearance for tests that delete a whole workspace. */
export function clearedWorkspace(workspaceId: string, removal: WorkspaceRemoval): Promise<Clearance> {
  return issueClearance({ ...unchecked, subject: workspaceSubject(workspaceId, removal) }, systemClock);
}

/** The clearance for tests that start an export of a person's directory data. */
export function clearedExport(personId: string): Promise<Clearance> {
  return issueClearance({ ...unchecked, subject: directorySubject(personId) }, systemClock);
}
