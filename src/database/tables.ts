import type { ColumnType, Generated } from 'kysely';
import type { Action, Phase } from '../domain/actions.ts';
import type { Dependant } from '../domain/asset-source.ts';
import type { AssetKind } from '../domain/assets.ts';
import type { OperationStatus } from '../domain/directory.ts';
import type { HostLimits } from '../domain/host-limits.ts';
import type { AccountRole } from '../domain/people.ts';
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
import type { StoredJson } from './storable.ts';

/** A point in time as both drivers read and write it. */
type Time = ColumnType<Date, Date, Date>;
type MaybeTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Json<T extends object> = ColumnType<T, StoredJson, StoredJson>;
type MaybeJson<T extends object> = ColumnType<T | null, StoredJson | null | undefined, StoredJson | null>;

type MaybeText = ColumnType<string | null, string | null | undefined, string | null>;
type MaybeResult = ColumnType<
  AssetResult['result'] | null,
  AssetResult['result'] | null | undefined,
  AssetResult['result'] | null
>;

interface PeopleTable {
  tenant_id: string;
  object_id: string;
  name: string;
  user_principal_name: string | null;
  mail: string | null;
  role: AccountRole;
  /** The person's own tenant as the roster gives it; null when it does not. */
  roster_tenant_id: string | null;
  /** The id of the person in Teams' connector. */
  channel_user_id: string;
  personal_conversation_id: string | null;
  roster_read_at: MaybeTime;
  seen_at: Time;
}

interface AddressLinksTable {
  tenant_id: string;
  /** In plain form. */
  address: string;
  /** The first account that was seen with it. */
  object_id: string;
  linked_at: Time;
}

interface ConversationsTable {
  id: string;
  tenant_id: string;
  kind: 'personal' | 'group' | 'channel';
  /** Botbuilder's conversation reference; holds no secret. */
  reference: Json<object>;
  updated_at: Time;
}

interface ConversationStatesTable {
  tenant_id: string;
  object_id: string;
  conversation_id: string;
  /** The last turns of one person in one conversation; `understanding` defines its shape. */
  memory: Json<object>;
  expires_at: Time;
}

interface RequestsTable {
  number: Generated<number>;
  tenant_id: string;
  requester_object_id: string;
  requester_name: string;
  requester_user_principal_name: string | null;
  requester_mail: string | null;
  requester_role: AccountRole;
  /** The addresses that gave the requester rights when they asked. */
  requester_addresses: Json<readonly string[]>;
  /** Whose data it is about, when that is a person in the directory. */
  subject: MaybeJson<DataSubject>;
  origin_conversation_id: string;
  /** The message that asked, as an idempotency key: a redelivered one creates no second request. */
  origin_activity_id: string | null;
  ask: Json<Ask>;
  action: Action;
  state: RequestState;
  version: number;
  needs_approval: boolean;
  stop_requested: boolean;
  workspace: MaybeJson<WorkspaceSnapshot>;
  totals: MaybeJson<KindTotal[]>;
  choice: MaybeJson<PendingChoice>;
  /** Differences from the earlier preview, once the request was sent back to be reconfirmed. */
  changes: MaybeJson<SnapshotChanges>;
  refusal: MaybeJson<Refusal>;
  /** `everyone`, `own` or `none`: whose personal data the policy lets an export hold. */
  personal_data: ColumnType<
    'everyone' | 'own' | 'none',
    'everyone' | 'own' | 'none' | undefined,
    'everyone' | 'own' | 'none'
  >;
  decided_by_name: ColumnType<string | null, string | null | undefined, string | null>;
  assets_total: Generated<number>;
  assets_done: Generated<number>;
  bytes_total: Generated<number>;
  bytes_done: Generated<number>;
  phase: ColumnType<Phase | null, Phase | null | undefined, Phase | null>;
  /** What is known of the call that deletes a whole workspace. */
  removal_call: ColumnType<RemovalCall, RemovalCall | undefined, RemovalCall>;
  /** Fencing token of the worker run that may write; a later run replaces it and the earlier one stops. */
  run_token: ColumnType<string | null, string | null | undefined, string | null>;
  /** The current snapshot of assets, which was shown; rows of other preparations are ignored. */
  snapshot: MaybeText;
  /** Transient failures since the last success, and since when. */
  retries: Generated<number>;
  retrying_since: MaybeTime;
  /** Fair queuing: the lane of its runs, and its turn in it; both are kept over all attempts. */
  lane: ColumnType<'small' | 'large' | null, 'small' | 'large' | null | undefined, 'small' | 'large' | null>;
  turn: ColumnType<number | null, number | null | undefined, number | null>;
  /** The most progress of any run, in assets and bytes together; repeating the same is no progress. */
  furthest: Generated<number>;
  /** Attempts since the last progress that ended for an unknown reason, and since when. */
  faults: Generated<number>;
  faults_since: MaybeTime;
  /** Set when its assets, and every name with them, were erased; its refusal then says how many there were. */
  names_removed_at: MaybeTime;
  created_at: Time;
  updated_at: Time;
  expires_at: MaybeTime;
  started_at: MaybeTime;
  finished_at: MaybeTime;
  link_expires_at: MaybeTime;
  archive_removed_at: MaybeTime;
  /** When its files in storage are to be removed; null while there are none, or the time is not known yet. */
  remove_after: MaybeTime;
  verified_at: MaybeTime;
}

interface RequestAssetsTable {
  request_number: number;
  /** Which preparation wrote the row. */
  snapshot: string;
  position: number;
  kind: AssetKind;
  asset_id: string;
  family_id: string;
  name: string;
  size_bytes: number | null;
  created_at: MaybeTime;
  owner: string;
  versions: number;
  revision: string;
  dependants: Json<readonly Dependant[]>;
  exported: MaybeResult;
  export_note: MaybeText;
  /** Set when a retry cannot help. */
  export_permanent: Generated<boolean>;
  /** Write-ahead mark, set in its own transaction before the delete call, so that a crash is detected. */
  delete_begun: Generated<boolean>;
  /** Set when a delete call succeeded but its superseded run could not record the result. */
  delete_answered: Generated<boolean>;
  deleted: MaybeResult;
  delete_note: MaybeText;
  delete_permanent: Generated<boolean>;
}

interface RequestHistoryTable {
  request_number: number;
  version: number;
  event: string;
  from_state: RequestState;
  to_state: RequestState;
  actor: string;
  /** `<version>:<choice>:<object id>` of a press; a repeated one is answered, but not applied again. */
  idempotency_key: string | null;
  at: Time;
}

interface ArchivePartsTable {
  request_number: number;
  part: number;
  blob_name: string;
  size_bytes: number;
  sha256: string;
  files: number;
  /** What the writer needs to resume after a crash; `archive` defines its shape. */
  contents: Json<object>;
  /** True for the part that completes the archive. */
  completes: boolean;
  written_at: Time;
}

interface CardsTable {
  id: Generated<number>;
  request_number: number;
  audience: 'requester' | 'public' | 'approvers';
  /** Null until the person has been reached for the first time. */
  conversation_id: string | null;
  activity_id: string | null;
  /** Version counter: grows whenever the card changes; `delivered` is the version that Teams has. */
  wanted: number;
  delivered: number;
  /** Set while a call to Teams is under way. Found at start, it means that the outcome is unknown. */
  sending_since: MaybeTime;
  last_sent_at: MaybeTime;
  /** Consecutive failed calls. */
  attempts: Generated<number>;
  /** Why it was given up; such a card is retried only when there is a sign that its people can be reached. */
  undeliverable: string | null;
  /** When the first of the consecutive failures was. */
  failing_since: MaybeTime;
  /** What caused the last failure: this card alone, its conversation, or the service. */
  failure: ColumnType<FailureScope | null, FailureScope | null | undefined, FailureScope | null>;
  /** Earliest moment of the next retry; a delivery is enqueued for then. */
  retry_at: MaybeTime;
  /** Since when other cards say that these people have not been reached; null once they have been. */
  unreached_since: MaybeTime;
  given_up_at: MaybeTime;
  times_given_up: Generated<number>;
  /** How many steps smaller than usual it has to be for Teams to accept it. */
  size_step: Generated<number>;
  /** True while only a reduced card could be made; the complete one stays in the outbox. */
  degraded: Generated<boolean>;
}

/** What caused a failed delivery. */
export type FailureScope = 'card' | 'conversation' | 'service';

interface SupersededCardsTable {
  id: Generated<number>;
  request_number: number;
  conversation_id: string;
  activity_id: string;
  attempts: Generated<number>;
  since: Time;
}

interface ReadMessagesTable {
  conversation_id: string;
  activity_id: string;
  /** Hash of the text that was answered last; null when the message was deleted since. */
  text_hash: string | null;
  edits: Generated<number>;
  at: Time;
}

interface UnclearMessagesTable {
  id: Generated<number>;
  expires_at: Time;
  text: string;
  chosen: Json<object>;
}

interface ToldTable {
  request_number: number;
  version: number;
  object_id: string;
  at: Time;
}

interface DirectoryExportsTable {
  request_number: number;
  person_id: string;
  person_name: string;
  person_address: string;
  /** The drop-off container of this operation alone. Write access to it is created when needed and never stored. */
  container: string;
  /** Write-ahead mark, set in its own transaction before Graph is called, so that a crash is detected. */
  asked_at: MaybeTime;
  access_ends_at: MaybeTime;
  /** Set once Graph throttled an attempt, which does not prove that the attempt had no effect. */
  turned_away: Generated<boolean>;
  operation_id: MaybeText;
  status: ColumnType<OperationStatus | null, OperationStatus | null | undefined, OperationStatus | null>;
  progress: Generated<number>;
  files: Generated<number>;
  bytes: Generated<number>;
}

interface DirectoryFilesTable {
  request_number: number;
  position: number;
  name: string;
  size_bytes: number;
}

interface SendsTable {
  conversation_id: string;
  at: Time;
}

interface AuditTable {
  sequence: Generated<number>;
  at: Time;
  tenant_id: string;
  actor: string;
  action: string;
  request_number: number | null;
  workspace_id: string | null;
  detail: Json<object>;
}

interface HostLimitsTable {
  host: string;
  /** Null only while the row is being made. */
  limits: MaybeJson<HostLimits>;
  updated_at: Time;
}

interface SweepsTable {
  /** What is swept. */
  name: string;
  /** Continuation marker of the next run in storage's list; null starts from the beginning. */
  marker: string | null;
  updated_at: Time;
}

/** Every table of Steward's own; pg-boss keeps its tables in a schema of its own. */
export interface Tables {
  people: PeopleTable;
  address_links: AddressLinksTable;
  conversations: ConversationsTable;
  conversation_states: ConversationStatesTable;
  requests: RequestsTable;
  request_assets: RequestAssetsTable;
  request_history: RequestHistoryTable;
  archive_parts: ArchivePartsTable;
  cards: CardsTable;
  superseded_cards: SupersededCardsTable;
  read_messages: ReadMessagesTable;
  told: ToldTable;
  unclear_messages: UnclearMessagesTable;
  directory_exports: DirectoryExportsTable;
  directory_files: DirectoryFilesTable;
  sends: SendsTable;
  audit: AuditTable;
  host_limits: HostLimitsTable;
  sweeps: SweepsTable;
}
