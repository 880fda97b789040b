import type { Asset } from '../../src/domain/assets.ts';
import {
  type AskForClearance,
  assetSubject,
  type Clearance,
  directorySubject,
  mayStill,
  workspaceSubject,
} from '../../src/domain/clearance.ts';
import type { WorkspaceRemoval } from '../../src/domain/workspace-removal.ts';
import { systemClock } from '../../src/system-clock.ts';

/** Clearances for tests of clients, which are about what is sent and not about whether it may be: there is no check. */
const unchecked = { checks: [], lastChecks: [], goodForMs: 60_000 };

/** What a test that deletes an asset passes on. */
export function clearedAsset(workspaceId: string, asset: Asset): AskForClearance {
  return () => mayStill({ ...unchecked, subject: assetSubject(workspaceId, asset) }, systemClock);
}

/** What a test that deletes a whole workspace passes on. */
export function clearedWorkspace(workspaceId: string, removal: WorkspaceRemoval): Promise<Clearance> {
  return mayStill({ ...unchecked, subject: workspaceSubject(workspaceId, removal) }, systemClock);
}

/** What a test that starts the export of a person's directory data passes on. */
export function clearedExport(personId: string): Promise<Clearance> {
  return mayStill({ ...unchecked, subject: directorySubject(personId) }, systemClock);
}
