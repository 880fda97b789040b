import type { AccountType, MemberRole } from './accounts.ts';
import type { AssetAction, Phase, WorkspaceDeletion } from './actions.ts';
import type { AssetMention, AssetSelection } from './asset-mentions.ts';
import type { Dependant } from './asset-source.ts';
import type { Asset, AssetKind } from './assets.ts';
import type { LinkRevocation } from './link-revocation.ts';
import type { Addresses, Person } from './people.ts';
import type { DataSelection } from './policy.ts';
import type { PolicyTerms } from './policy-rules.ts';
import type { ScheduledRun } from './recurrence-rule.ts';
import type { Refusal } from './refusals.ts';
import type { SnapshotChanges } from './snapshot-changes.ts';
import type { RemovalCall, WorkspaceRemoval } from './workspace-removal.ts';

/** All states of a request. */
export const requestStates = [
  'preparing',
  'awaiting-choice',
  'awaiting-confirmation',
  'awaiting-approval',
  'cooling-off',
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

/** Terminal states. */
export const finalStates: ReadonlySet<RequestState> = new Set([
  'succeeded',
  'partly-failed',
  'failed',
  'cancelled',
  'expired',
  'rejected',
]);

/**
 * A person in the directory as the requester named them: `me`, an address or a name; with the id once it was chosen.
 */
export interface PersonMention {
  readonly said: string;
  readonly id?: string;
}

/**
 * The action and its target: the whole workspace, named assets, or a person in the directory. A deletion of assets
 * cannot target a workspace, nor the other way round.
 */
type ActionAndTarget =
  | { readonly action: 'export' | WorkspaceDeletion; readonly target: 'workspace' }
  | { readonly action: 'export' | 'delete' | 'export-then-delete'; readonly target: 'assets' }
  | { readonly action: 'export-directory-data'; readonly target: 'directory-person'; readonly person: PersonMention };

/** What a person asked for, before anything is resolved; names are as they typed them. */
export type Ask = ActionAndTarget & {
  readonly workspaceName?: string;
  /**
   * Longer names that begin with `workspaceName` and continue after a separator: "R&D Lab" where "R" was taken.
   * Shortest first.
   */
  readonly workspaceLonger?: readonly string[];
  /** Set when the person chose the workspace on a card. */
  readonly workspaceId?: string;
  readonly data: DataSelection;
  readonly mentions: readonly AssetMention[];
  /** Set when everything that matches is selected, instead of single names. */
  readonly selection?: AssetSelection;
  /** Set when the request retries what failed in an earlier one of the same person, instead of names. */
  readonly retry?: Retry;
  /** Assets chosen on a card, by mention position. */
  readonly picked?: Readonly<Record<number, readonly AssetIdentity[]>>;
  /** Set by Steward alone when the request is a run of a schedule. */
  readonly schedule?: ScheduledRun;
};

/** An earlier request whose failed part is retried. */
export interface Retry {
  /** The earlier request's number. */
  readonly of: number;
  /** Whether the workspace's own files are retried as well. */
  readonly workspaceFiles: boolean;
}

/** The identity of an asset within a workspace. */
export type AssetIdentity = Pick<Asset, 'kind' | 'id' | 'familyId'>;

/** A workspace offered as an answer while a request awaits a choice. */
export interface WorkspaceOption {
  /** Short and without meaning outside its request. The only thing that a card sends back. */
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly accountType: AccountType;
  readonly role: MemberRole;
}

/** An asset offered as an answer while a request awaits a choice. */
export interface AssetOption {
  /** Short and without meaning outside its request. The only thing that a card sends back. */
  readonly id: string;
  readonly asset: AssetIdentity;
  readonly name: string;
  readonly sizeBytes: number | null;
  /** ISO 8601, or null when the service does not report it. */
  readonly createdAt: string | null;
  readonly owner: string;
}

/** A person in the directory offered as an answer while a request awaits a choice. */
export interface PersonOption {
  /** Short and without meaning outside its request. The only thing that a card sends back. */
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly address: string;
}

/** The question which person is meant. */
export interface PersonChoice {
  readonly question: 'which-person';
  readonly said: string;
  readonly options: readonly PersonOption[];
}

/** The question which workspace is meant, or whether one of those with a similar name is. */
export interface WorkspaceChoice {
  readonly question: 'which-workspace' | 'did-you-mean-workspace';
  readonly said: string | null;
  readonly options: readonly WorkspaceOption[];
}

/** The same for an asset. */
export interface AssetChoice {
  readonly question: 'which-asset' | 'did-you-mean-asset';
  readonly said: string;
  /** The index of the mention that the answer resolves. */
  readonly mention: number;
  readonly options: readonly AssetOption[];
}

/** A question that must be answered before a preview can be made. */
export type PendingChoice = PersonChoice | WorkspaceChoice | AssetChoice;

/** Snapshot of the workspace from when the preview was made. */
export interface WorkspaceSnapshot {
  readonly id: string;
  readonly name: string;
  readonly accountType: AccountType;
  readonly serviceType: string;
  readonly expiresAt: string | null;
  /** How it would be deleted; set when its deletion was requested. */
  readonly removal?: WorkspaceRemoval;
}

/** Count and size of one kind in a preview. */
export interface KindTotal {
  readonly kind: AssetKind;
  readonly count: number;
  /** Sum of the sizes that the service reports. */
  readonly sizeBytes: number;
  /** True when the service did not report every size. */
  readonly sizeIncomplete: boolean;
  /** How many of them are used by something else, when that was checked. */
  readonly used?: number;
}

/** The data subject of a request, when it is a person in the tenant's directory. */
export interface DataSubject extends Addresses {
  /** Microsoft Entra object id. */
  readonly objectId: string;
}

/** What every request has, whatever its action. */
interface RequestFacts {
  readonly number: number;
  readonly requester: Person;
  readonly originConversationId: string;
  readonly state: RequestState;
  readonly version: number;
  /** How many people must approve it before it runs; 0 when none has to. */
  readonly approvalsNeeded: number;
  /** What the policy asked for when its preview was made; null before, and where no workspace is concerned. */
  readonly terms: PolicyTerms | null;
  /** The reason that the requester gave with the confirmation; null where none was asked for. */
  readonly requesterReason: string | null;
  readonly stopRequested: boolean;
  readonly totals: readonly KindTotal[];
  /**
   * Whether the preview holds an asset that is not certainly the requester's own; null before it, and for previews of
   * earlier releases, which did not look.
   */
  readonly othersAssets: boolean | null;
  readonly choice: PendingChoice | null;
  /**
   * What differs from the preview that was confirmed earlier; null unless the data had changed when the run started.
   */
  readonly changes: SnapshotChanges | null;
  /** Why it was refused or failed, for the person. */
  readonly refusal: Refusal | null;
  /** Whose personal data the policy lets an export include. */
  readonly personalData: 'everyone' | 'own' | 'none';
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
  /** When it starts unless somebody stops it, while it cools off. */
  readonly startsAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly linkExpiresAt: Date | null;
  /** When its first link was handed out; null when there is none, or it is not known. */
  readonly linksSince: Date | null;
  /** Links that were handed out before this do not work any more, which was checked; null when none were revoked. */
  readonly linksRevokedAt: Date | null;
  /** The revocation of its links that is under way. */
  readonly revocation: LinkRevocation | null;
  /** When the archive was removed from storage; null while it is there or never was. */
  readonly archiveRemovedAt: Date | null;
  /** When its blobs are to be removed: an archive, unfinished parts of one, or a drop-off container. */
  readonly removeAfter: Date | null;
  /** When a fresh list showed that the deleted assets are gone. */
  readonly verifiedAt: Date | null;
}

/** Which action a request has, and what only such a request has. */
export type RequestByAction =
  | {
      readonly action: AssetAction;
      readonly ask: Extract<Ask, { target: 'workspace' | 'assets' }>;
      readonly workspace: WorkspaceSnapshot | null;
      readonly subject: null;
      readonly removalCall: 'none';
    }
  | {
      readonly action: WorkspaceDeletion;
      readonly ask: Extract<Ask, { target: 'workspace' }>;
      readonly workspace: WorkspaceSnapshot | null;
      readonly subject: null;
      /** The recorded state of the call that deletes the workspace. */
      readonly removalCall: RemovalCall;
    }
  | {
      readonly action: 'export-directory-data';
      readonly ask: Extract<Ask, { target: 'directory-person' }>;
      readonly workspace: null;
      /** The data subject; null until that person has been found. */
      readonly subject: DataSubject | null;
      readonly removalCall: 'none';
    };

/** The current state of a request, without its assets, history, archive and cards. */
export type RequestRecord = RequestFacts & RequestByAction;

/** One finished zip part of a request's archive. */
export interface ArchivePart {
  readonly part: number;
  readonly blobName: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly files: number;
}

/** An asset of a request: the confirmed snapshot, and the result. */
export interface RequestAsset {
  readonly position: number;
  readonly asset: Asset;
  readonly dependants: readonly Dependant[];
  readonly exported: AssetResult | null;
  readonly deleted: AssetResult | null;
  /** True when its deletion was answered with success, but its result is not recorded. */
  readonly deletionAnswered: boolean;
}

/** The result for one asset. `note` is a sentence for a person. */
export interface AssetResult {
  readonly result: 'done' | 'gone' | 'changed' | 'incomplete' | 'failed' | 'kept';
  readonly note: string | null;
  /** True for a permanent failure: the service has no such operation, so retrying cannot help. */
  readonly permanent?: boolean;
}

/** The note for an asset that did not exist when it was to be deleted, and that no call of ours can have deleted. */
export const foundGone = 'Somebody else had deleted it already.';

/** Results that a retry may improve. What is gone stays gone. */
export const retryableResults = [
  'changed',
  'incomplete',
  'failed',
  'kept',
] as const satisfies readonly AssetResult['result'][];

/** True for a result that is worth a retry. */
export function isRetryable(outcome: AssetResult | null): boolean {
  return outcome !== null && outcome.permanent !== true && retryableResults.some((result) => result === outcome.result);
}

/** The request id as displayed and typed. */
export function requestId(number: number): string {
  return `DSR-${number}`;
}

/** Parses a typed request id ("DSR-1042", "dsr 1042", "1042", "#1042"); null when it is none. */
export function requestNumber(typed: string): number | null {
  const match = /^(?:request\s+)?(?:#\s*)?(?:dsr[\s\-–#]*)?(\d{1,12})$/iu.exec(typed.trim());
  return match?.[1] === undefined ? null : Number(match[1]);
}
