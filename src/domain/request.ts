import type { AccountType, MemberRole } from './accounts.ts';
import type { Dependant } from './asset-source.ts';
import type { Asset, AssetKind } from './assets.ts';
import type { Addresses, Person } from './people.ts';
import type { Action, DataSelection, WorkspaceDeletion } from './policy.ts';
import type { Refusal } from './refusals.ts';
import type { SnapshotChanges } from './snapshot-changes.ts';
import type { RemovalCall, WorkspaceRemoval } from './workspace-removal.ts';

/** Every state that a request can be in. */
export const requestStates = [
  'preparing',
  'awaiting-choice',
  'awaiting-confirmation',
  'awaiting-approval',
  'scheduled',
  'running',
  'succeeded',
  'partly-failed',
  'failed',
  'cancelled',
  'expired',
  'rejected',
] as const;

export type RequestState = (typeof requestStates)[number];

/** States that nothing leads out of. */
export const finalStates: ReadonlySet<RequestState> = new Set([
  'succeeded',
  'partly-failed',
  'failed',
  'cancelled',
  'expired',
  'rejected',
]);

/** An asset as a person named it. */
export interface AssetMention {
  readonly kind?: AssetKind;
  readonly name: string;
  /** What was typed between this name and the next one of a list, where both may be one name: "R&D.csv", "x, y.csv". */
  readonly joinedBy?: string;
}

/** A person in the directory as somebody named them: `me`, an address or a name; with the id once it was chosen. */
export interface PersonMention {
  readonly said: string;
  readonly id?: string;
}

/** Assets meant by what they have in common ("all my datasets older than 2020 except churn"). */
export interface AssetSelection {
  readonly kind?: AssetKind;
  /** Part of the name, without case. */
  readonly filter?: string;
  /** First day, ISO 8601, of those meant. */
  readonly after?: string;
  /** First day, ISO 8601, of those no longer meant. */
  readonly before?: string;
  /** Named exceptions. Each must be found, or the whole selection is refused. */
  readonly except: readonly AssetMention[];
}

/**
 * What is done, and to what: the whole workspace, named assets, or a person in the directory. A deletion of assets
 * cannot be aimed at a workspace, nor the other way round.
 */
type Aim =
  | { readonly action: 'export' | WorkspaceDeletion; readonly target: 'workspace' }
  | { readonly action: 'export' | 'delete' | 'export-then-delete'; readonly target: 'assets' }
  | { readonly action: 'export-directory-data'; readonly target: 'directory-person'; readonly person: PersonMention };

/** What a person asked for, in their own words where names are concerned; nothing of it is resolved yet. */
export type Ask = Aim & {
  readonly workspaceName?: string;
  /** Names that begin with `workspaceName` and go on over a joint: "R&D Lab" where "R" was taken. Shortest first. */
  readonly workspaceLonger?: readonly string[];
  /** Set when the person chose the workspace on a card. */
  readonly workspaceId?: string;
  readonly data: DataSelection;
  readonly mentions: readonly AssetMention[];
  /** Everything that fits is meant, instead of names one by one. */
  readonly selection?: AssetSelection;
  /** What an earlier request of the same person did not bring to a good end is meant, instead of names. */
  readonly retry?: Retry;
  /** Assets chosen on a card, by mention position. */
  readonly picked?: Readonly<Record<number, readonly AssetIdentity[]>>;
};

/** An earlier request of which the failed part is tried again. */
export interface Retry {
  /** The earlier request's number. */
  readonly of: number;
  /** Whether the workspace's own files are tried again as well. */
  readonly workspaceFiles: boolean;
}

/** What tells one asset from every other one in a workspace. */
export type AssetIdentity = Pick<Asset, 'kind' | 'id' | 'familyId'>;

/** A workspace that a person may tap while a request awaits a choice. */
export interface WorkspaceOption {
  /** Short and without meaning outside its request. The only thing that a card sends back. */
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly accountType: AccountType;
  readonly role: MemberRole;
}

/** An asset that a person may tap while a request awaits a choice. */
export interface AssetOption {
  /** Short and without meaning outside its request. The only thing that a card sends back. */
  readonly id: string;
  readonly asset: AssetIdentity;
  readonly name: string;
  readonly sizeBytes: number | null;
  /** ISO 8601, or null when the service does not tell. */
  readonly createdAt: string | null;
  readonly owner: string;
}

/** A person in the directory who may be meant while a request awaits a choice. */
export interface PersonOption {
  /** Short and without meaning outside its request. The only thing that a card sends back. */
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly address: string;
}

/** A question that has to be answered before a preview can be made. */
export type PendingChoice =
  | { readonly question: 'which-person'; readonly said: string; readonly options: readonly PersonOption[] }
  | {
      readonly question: 'which-workspace' | 'did-you-mean-workspace';
      readonly said: string | null;
      readonly options: readonly WorkspaceOption[];
    }
  | {
      readonly question: 'which-asset' | 'did-you-mean-asset';
      readonly said: string;
      /** Which mention of the ask this settles. */
      readonly mention: number;
      readonly options: readonly AssetOption[];
    };

/** The workspace as it was when the preview was made. */
export interface WorkspaceSnapshot {
  readonly id: string;
  readonly name: string;
  readonly accountType: AccountType;
  readonly serviceType: string;
  readonly expiresAt: string | null;
  /** How it would be deleted; there when that was asked for. */
  readonly removal?: WorkspaceRemoval;
}

/** Count and size of one kind in a preview. */
export interface KindTotal {
  readonly kind: AssetKind;
  readonly count: number;
  /** Sum of the sizes that the service tells. */
  readonly sizeBytes: number;
  /** True when the service did not tell every size. */
  readonly sizeIncomplete: boolean;
  /** How many of them something else uses, when that was looked up. */
  readonly used?: number;
}

/**
 * What a running request is busy with. Of a workspace: `removing` while its deletion may have been asked for without an
 * answer, `checking` once that was answered or the workspace no longer shows, `waiting` while a person has to do it by hand. Of directory data: `asking` once
 * Graph may have been asked, `following` once it has accepted.
 */
export type Phase = 'exporting' | 'deleting' | 'checking' | 'removing' | 'waiting' | 'asking' | 'following';

/** Whose data a request is about, when that is a person in the tenant's directory. */
export interface DataSubject extends Addresses {
  /** Microsoft Entra object id. */
  readonly objectId: string;
}

/** A request as it stands, without its assets, history, archive and cards. */
export interface RequestRecord {
  readonly number: number;
  readonly requester: Person;
  /** Whose directory data it is about; null for everything else, and until that person has been found. */
  readonly subject: DataSubject | null;
  readonly originConversationId: string;
  readonly ask: Ask;
  readonly action: Action;
  readonly state: RequestState;
  readonly version: number;
  readonly needsApproval: boolean;
  readonly stopRequested: boolean;
  readonly workspace: WorkspaceSnapshot | null;
  readonly totals: readonly KindTotal[];
  readonly choice: PendingChoice | null;
  /** What differs from the preview that was confirmed before; null unless it had changed when it was to start. */
  readonly changes: SnapshotChanges | null;
  /** Why it was refused or failed, for the person. */
  readonly refusal: Refusal | null;
  /** Whose personal data the policy lets an export hold. */
  readonly personalData: 'everyone' | 'own' | 'none';
  /** What is known of the call that deletes its whole workspace. */
  readonly removalCall: RemovalCall;
  /** Who approved or rejected it. */
  readonly decidedBy: string | null;
  readonly progress: {
    readonly phase: Phase | null;
    readonly assetsDone: number;
    readonly assetsTotal: number;
    readonly bytesDone: number;
    readonly bytesTotal: number;
  };
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** When it expires unless somebody acts. */
  readonly expiresAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly linkExpiresAt: Date | null;
  /** When the archive was removed from storage; null while it is there or never was. */
  readonly archiveRemovedAt: Date | null;
  /** When what it has in storage is to be removed: an archive, unfinished parts of one, or a drop-off container. */
  readonly removeAfter: Date | null;
  /** When a fresh list showed that the deleted assets are gone. */
  readonly verifiedAt: Date | null;
}

/** One finished zip part of a request's archive. */
export interface ArchivePart {
  readonly part: number;
  readonly blobName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly files: number;
}

/** An asset in a request: the snapshot that was confirmed, and what became of it. */
export interface RequestAsset {
  readonly position: number;
  readonly asset: Asset;
  readonly dependants: readonly Dependant[];
  readonly exported: AssetResult | null;
  readonly deleted: AssetResult | null;
  /** True when a call for its deletion was answered with success, but its result is not recorded. */
  readonly deletionAnswered: boolean;
}

/** What became of one asset. `note` is a sentence for a person. */
export interface AssetResult {
  readonly result: 'done' | 'gone' | 'changed' | 'incomplete' | 'failed' | 'kept';
  readonly note: string | null;
  /** True when trying again cannot help, since the service has no way to do it. */
  readonly permanent?: boolean;
}

/** The note of an asset that was not there when it was to be deleted, and that no call of ours can have deleted. */
export const foundGone = 'Somebody else had deleted it already.';

/** The work of a request that counts for what failed: of a deletion with a backup, the deletion. */
export function stepOf(action: Action): 'exported' | 'deleted' {
  return action === 'export' ? 'exported' : 'deleted';
}

/** What is done with each of a request's assets, so that each has a result of it in the end. */
export function assetSteps(action: Action): readonly ('exported' | 'deleted')[] {
  switch (action) {
    case 'export':
    case 'export-then-delete-workspace':
      return ['exported'];
    case 'delete':
      return ['deleted'];
    case 'export-then-delete':
      return ['exported', 'deleted'];
    case 'delete-workspace':
    case 'export-directory-data':
      return [];
  }
}

/** Results that trying again may better. What is gone stays gone. */
export const retryableResults = [
  'changed',
  'incomplete',
  'failed',
  'kept',
] as const satisfies readonly AssetResult['result'][];

/** True for an asset that is worth trying again. */
export function isRetryable(outcome: AssetResult | null): boolean {
  return outcome !== null && outcome.permanent !== true && retryableResults.some((result) => result === outcome.result);
}

/** The request id that people see and type. */
export function requestId(number: number): string {
  return `DSR-${number}`;
}

/** Reads a request id as people type it ("DSR-1042", "dsr 1042", "1042", "#1042"); null when it is none. */
export function requestNumber(typed: string): number | null {
  const match = /^(?:request\s+)?(?:#\s*)?(?:dsr[\s\-–#]*)?(\d{1,12})$/iu.exec(typed.trim());
  return match?.[1] === undefined ? null : Number(match[1]);
}
