import type { ColumnType, Generated } from 'kysely';
import type { Action, Phase } from '../domain/actions.ts';
import type { Dependant } from '../domain/asset-source.ts';
import type { AssetKind } from '../domain/assets.ts';
import type { OperationStatus } from '../domain/directory.ts';
import type { HostLimits } from '../domain/host-limits.ts';
import type { LinkRevocation } from '../domain/link-revocation.ts';
import type { AccountRole } from '../domain/people.ts';
import type { PolicyTerms } from '../domain/policy-rules.ts';
import type { Refusal } from '../domain/refusals.ts';
import type {
  Ask,
  AssetResult,
  DataSubject,
  KindTotal,
  PendingChoice,
  RequestState,
  WorkspaceSnapshot,
} from '../domain/request.ts';
import type { SnapshotChanges } from '../domain/snapshot-changes.ts';
import type { RemovalCall } from '../domain/workspace-removal.ts';
import type {
  AddressChangesTable,
  AddressCodesTable,
  AddressLinksTable,
  FormerAddressLinksTable,
} from './address-tables.ts';
import type { AuditTables } from './audit-table.ts';
import type { CardsTable } from './cards-table.ts';
import type { Json, Maybe, MaybeJson, MaybeTime, Time } from './column-types.ts';
import type { DeputyshipsTable } from './deputies-table.ts';
import type { HoldTables } from './hold-tables.ts';
import type { SchedulesTable } from './schedules-table.ts';
import type { VotesTable } from './votes-table.ts';

type MaybeText = Maybe<string>;
type MaybeResult = Maybe<AssetResult['result']>;

interface PeopleTable {
  tenantId: string;
  objectId: string;
  name: string;
  userPrincipalName: string | null;
  mail: string | null;
  role: AccountRole;
  /** The person's own tenant as the roster gives it; null when it does not. */
  rosterTenantId: string | null;
  /** The id of the person in Teams' connector. */
  channelUserId: string;
  personalConversationId: string | null;
  rosterReadAt: MaybeTime;
  seenAt: Time;
}

interface ConversationsTable {
  id: string;
  tenantId: string;
  kind: 'personal' | 'group' | 'channel';
  /** Botbuilder's conversation reference; holds no secret. */
  reference: Json<object>;
  updatedAt: Time;
}

interface ConversationStatesTable {
  tenantId: string;
  objectId: string;
  conversationId: string;
  /** The last turns of one person in one conversation; `understanding` defines its shape. */
  memory: Json<object>;
  expiresAt: Time;
}

interface RequestsTable {
  number: Generated<number>;
  tenantId: string;
  requesterObjectId: string;
  requesterName: string;
  requesterUserPrincipalName: string | null;
  requesterMail: string | null;
  requesterRole: AccountRole;
  /** The addresses that gave the requester rights when they asked. */
  requesterAddresses: Json<readonly string[]>;
  /** Whose data it is about, when that is a person in the directory. */
  subject: MaybeJson<DataSubject>;
  originConversationId: string;
  /** The message that asked, as an idempotency key: a redelivered one creates no second request. */
  originActivityId: string | null;
  ask: Json<Ask>;
  action: Action;
  state: RequestState;
  version: number;
  /** Read by earlier releases: whether `approvals_needed` is more than 0. */
  needsApproval: boolean;
  approvalsNeeded: Generated<number>;
  /** What the policy asked for when the preview was made. */
  terms: MaybeJson<PolicyTerms>;
  /** The reason given with the confirmation, removed with the names; whether the preview holds what others made. */
  requesterReason: MaybeText;
  othersAssets: Maybe<boolean>;
  stopRequested: boolean;
  workspace: MaybeJson<WorkspaceSnapshot>;
  totals: MaybeJson<KindTotal[]>;
  choice: MaybeJson<PendingChoice>;
  /** Differences from the earlier preview, once the request was sent back to be reconfirmed. */
  changes: MaybeJson<SnapshotChanges>;
  refusal: MaybeJson<Refusal>;
  /** `everyone`, `own` or `none`: whose personal data the policy lets an export hold. */
  personalData: ColumnType<
    'everyone' | 'own' | 'none',
    'everyone' | 'own' | 'none' | undefined,
    'everyone' | 'own' | 'none'
  >;
  decidedByName: Maybe<string>;
  assetsTotal: Generated<number>;
  assetsDone: Generated<number>;
  bytesTotal: Generated<number>;
  bytesDone: Generated<number>;
  phase: Maybe<Phase>;
  /** What is known of the call that deletes a whole workspace. */
  removalCall: ColumnType<RemovalCall, RemovalCall | undefined, RemovalCall>;
  /** Fencing token of the worker run that may write; a later run replaces it and the earlier one stops. */
  runToken: Maybe<string>;
  /** The current snapshot of assets, which was shown; rows of other preparations are ignored. */
  snapshot: MaybeText;
  /** Transient failures since the last success, and since when. */
  retries: Generated<number>;
  retryingSince: MaybeTime;
  /** Fair queuing: the lane of its runs, and its turn in it; both are kept over all attempts. */
  lane: Maybe<'small' | 'large'>;
  turn: Maybe<number>;
  /** The most progress of any run, in assets and bytes together; repeating the same is no progress. */
  furthest: Generated<number>;
  /** Attempts since the last progress that ended for an unknown reason, and since when. */
  faults: Generated<number>;
  faultsSince: MaybeTime;
  /** Set when its assets, and every name with them, were erased; its refusal then says how many there were. */
  namesRemovedAt: MaybeTime;
  createdAt: Time;
  updatedAt: Time;
  expiresAt: MaybeTime;
  /** When what cools off starts. */
  startsAt: MaybeTime;
  startedAt: MaybeTime;
  finishedAt: MaybeTime;
  linkExpiresAt: MaybeTime;
  /** Since when there are links, and before which moment those that were handed out work no longer. */
  linksSince: MaybeTime;
  linksRevokedAt: MaybeTime;
  revocation: MaybeJson<LinkRevocation>;
  archiveRemovedAt: MaybeTime;
  /** When its files in storage are to be removed; null while there are none, or the time is not known yet. */
  removeAfter: MaybeTime;
  verifiedAt: MaybeTime;
}

interface RequestAssetsTable {
  requestNumber: number;
  /** Which preparation wrote the row. */
  snapshot: string;
  position: number;
  kind: AssetKind;
  assetId: string;
  familyId: string;
  name: string;
  sizeBytes: number | null;
  createdAt: MaybeTime;
  owner: string;
  versions: number;
  revision: string;
  dependants: Json<readonly Dependant[]>;
  exported: MaybeResult;
  exportNote: MaybeText;
  /** Set when a retry cannot help. */
  exportPermanent: Generated<boolean>;
  /** Write-ahead mark, set in its own transaction before the delete call, so that a crash is detected. */
  deleteBegun: Generated<boolean>;
  /** Set when a delete call succeeded but its superseded run could not record the result. */
  deleteAnswered: Generated<boolean>;
  deleted: MaybeResult;
  deleteNote: MaybeText;
  deletePermanent: Generated<boolean>;
}

interface RequestHistoryTable {
  requestNumber: number;
  version: number;
  event: string;
  fromState: RequestState;
  toState: RequestState;
  /** A person's name or `system`. */
  actor: string;
  /** `<version>:<choice>:<object id>` of a press; a repeated one is answered, but not applied again. */
  idempotencyKey: string | null;
  at: Time;
}

interface ArchivePartsTable {
  requestNumber: number;
  part: number;
  blobName: string;
  sizeBytes: number;
  sha256: string;
  files: number;
  /** What the writer needs to resume after a crash; `archive` defines its shape. */
  contents: Json<object>;
  /** True for the part that completes the archive. */
  completes: boolean;
  writtenAt: Time;
}

interface SupersededCardsTable {
  id: Generated<number>;
  requestNumber: number;
  conversationId: string;
  activityId: string;
  attempts: Generated<number>;
  since: Time;
}

interface ReadMessagesTable {
  conversationId: string;
  activityId: string;
  /** Hash of the text that was answered last; null when the message was deleted since. */
  textHash: string | null;
  edits: Generated<number>;
  at: Time;
}

interface UnclearMessagesTable {
  id: Generated<number>;
  expiresAt: Time;
  text: string;
  chosen: Json<object>;
}

interface ToldTable {
  requestNumber: number;
  version: number;
  objectId: string;
  at: Time;
}

interface DirectoryExportsTable {
  requestNumber: number;
  personId: string;
  personName: string;
  personAddress: string;
  /** The drop-off container of this operation alone. Write access to it is created when needed and never stored. */
  container: string;
  /** Write-ahead mark, set in its own transaction before Graph is called, so that a crash is detected. */
  askedAt: MaybeTime;
  accessEndsAt: MaybeTime;
  /** Set once Graph throttled an attempt, which does not prove that the attempt had no effect. */
  turnedAway: Generated<boolean>;
  operationId: MaybeText;
  status: Maybe<OperationStatus>;
  progress: Generated<number>;
  files: Generated<number>;
  bytes: Generated<number>;
}

interface DirectoryFilesTable {
  requestNumber: number;
  position: number;
  name: string;
  sizeBytes: number;
}

interface SendsTable {
  conversationId: string;
  at: Time;
}

interface HostLimitsTable {
  host: string;
  /** Null only while the row is being made. */
  limits: MaybeJson<HostLimits>;
  updatedAt: Time;
}

interface SweepsTable {
  /** What is swept. */
  name: string;
  /** Continuation marker of the next run in storage's list; null starts from the beginning. */
  marker: string | null;
  updatedAt: Time;
}

/** Every table of Steward's own; pg-boss keeps its tables in a schema of its own. */
export interface Tables extends AuditTables, HoldTables {
  people: PeopleTable;
  addressLinks: AddressLinksTable;
  formerAddressLinks: FormerAddressLinksTable;
  addressChanges: AddressChangesTable;
  addressCodes: AddressCodesTable;
  conversations: ConversationsTable;
  conversationStates: ConversationStatesTable;
  requests: RequestsTable;
  requestAssets: RequestAssetsTable;
  requestHistory: RequestHistoryTable;
  archiveParts: ArchivePartsTable;
  cards: CardsTable;
  supersededCards: SupersededCardsTable;
  readMessages: ReadMessagesTable;
  told: ToldTable;
  unclearMessages: UnclearMessagesTable;
  directoryExports: DirectoryExportsTable;
  directoryFiles: DirectoryFilesTable;
  schedules: SchedulesTable;
  deputyships: DeputyshipsTable;
  votes: VotesTable;
  sends: SendsTable;
  hostLimits: HostLimitsTable;
  sweeps: SweepsTable;
}
