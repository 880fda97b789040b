import type { ArmTables } from './arm/arm-records.ts';

/** The emulator's records. Times are milliseconds since 1970 UTC. */

/** A file in the blob service; `location` is container and blob name, as in an endpoint's `Location`. */
export interface StoredFile {
  readonly location: string;
  readonly sizeBytes: number;
  readonly name: string | null;
  readonly fileType: string;
  readonly auxiliary: boolean;
}

/** When it was deleted, while lists still show it; null when it is not deleted. */
interface Deletable {
  readonly id: string;
  readonly deletedAt: number | null;
}

export interface WorkspaceRecord extends Deletable {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly status: string;
  readonly region: string;
  readonly createdAt: number;
  readonly owner: { readonly email: string; readonly principalId: string };
  readonly tenantId: string;
  readonly subscription: { readonly id: string; readonly name: string; readonly state: string };
  readonly tokens: { readonly primary: string; readonly secondary: string };
  readonly storage: { readonly account: string; readonly key: string; readonly resourceGroup: string } | null;
  readonly registeredBy: string | null;
  readonly revision: number;
}

export interface MemberRecord extends Deletable {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly status: 'Active' | 'Invited';
}

/** A version of a dataset, trained model or transform. */
export interface ResourceRecord extends Deletable {
  readonly familyId: string;
  readonly name: string;
  readonly description: string;
  readonly dataTypeId: string;
  readonly owner: string;
  readonly origin: string;
  readonly createdAt: number;
  readonly batch: number;
  readonly experimentId: string | null;
  readonly promotedFrom: string | null;
  readonly uploadId: string | null;
  readonly uploadedFrom: string | null;
  readonly schema: { readonly pollsLeft: number; readonly end: 'Complete' | 'NotSupported' | 'Failed' };
  /** Null for a model or transform whose `DownloadLocation` the service leaves empty. */
  readonly content: StoredFile | null;
  readonly visualization: StoredFile | null;
  readonly schemaFile: StoredFile | null;
}

export interface ModuleRecord extends Deletable {
  readonly familyId: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly language: { readonly name: string; readonly version: string };
  readonly releaseState: string;
  readonly uploadId: string | null;
  readonly sizeBytes: number;
  readonly createdAt: number;
  readonly owner: string;
  readonly batch: number;
}

export interface RunTimes {
  readonly code: string;
  readonly detail: string | null;
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface NodeRunRecord {
  readonly nodeId: string;
  readonly status: RunTimes;
  /** In the order of the node's output ports; `name` is the name of the port. */
  readonly outputs: readonly StoredFile[];
  readonly visualizations: readonly StoredFile[];
  readonly standardOutput: StoredFile | null;
  readonly standardError: StoredFile | null;
}

export interface ExperimentRecord extends Deletable {
  readonly parentId: string | null;
  readonly name: string;
  readonly summary: string;
  readonly creator: string;
  readonly status: RunTimes;
  /** Number of polls for which a started run is still reported as running; null when no run is in progress. */
  readonly runPollsLeft: number | null;
  readonly revision: number;
  readonly leaf: boolean;
  readonly archived: boolean;
  readonly disableNodesUpdate: boolean;
  readonly category: string;
  readonly tags: readonly string[];
  /** `Graph` and `WebService` in the service's format. */
  readonly graph: unknown;
  readonly webService: unknown;
  readonly nodes: readonly NodeRunRecord[];
}

export interface AnnotationRecord extends Deletable {
  readonly parentId: string | null;
  readonly experimentId: string;
  readonly content: string;
  readonly collapsed: boolean;
  readonly nodeId: string | null;
}

export interface UploadRecord extends Deletable {
  readonly dataTypeId: string;
  readonly location: string;
  readonly blockIds: readonly number[];
  readonly expectedBlocks: number | null;
  /** Size of the completed blob; null while blocks are still expected. */
  readonly sizeBytes: number | null;
  /** Set once a dataset or module was created from the upload and owns its bytes. */
  readonly used?: true;
}

export interface ProjectRecord extends Deletable {
  readonly name: string;
  readonly description: string;
  readonly creator: string;
  /** Ids of the project's assets, by kind. */
  readonly contents: Readonly<Record<string, readonly string[]>>;
}

/** A pair of a training and a scoring experiment, stored as it was received. */
export interface PairingRecord extends Deletable {
  readonly body: Readonly<Record<string, unknown>>;
}

/** `id` is the family's id. */
export interface NotebookRecord extends Deletable {
  readonly name: string;
  readonly author: string;
  readonly language: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly tags: string;
  readonly attachments: readonly string[];
}

/** `id` is the gateway's name. */
export interface GatewayRecord extends Deletable {
  readonly description: string;
  readonly host: string;
  readonly status: string;
  readonly version: string;
  readonly createdAt: number;
  readonly lastConnectAt: number | null;
}

export interface WebServiceRecord extends Deletable {
  readonly name: string;
  readonly description: string;
  readonly createdAt: number;
  readonly defaultEndpointName: string;
}

export interface EndpointResource {
  readonly name: string;
  readonly kind: string;
  /** A file in the blob service, or an address that a client has set. */
  readonly at:
    | { readonly location: string }
    | { readonly base: string; readonly relative: string; readonly sas: string };
}

/** `id` is the id of the web service and the name of the endpoint, joined by a slash. */
export interface EndpointRecord extends Deletable {
  readonly webServiceId: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: number;
  readonly endpointId: string;
  readonly keys: { readonly primary: string; readonly secondary: string };
  readonly throttleLevel: string;
  readonly maxConcurrentCalls: number;
  readonly preventUpdate: boolean;
  readonly resources: readonly EndpointResource[];
}

/** An asynchronous operation. Its outcome is determined at the start and reported after some polls. */
export interface ActivityRecord extends Deletable {
  readonly pollsLeft: number;
  readonly outcome:
    | { readonly kind: 'module'; readonly status: 'Finished' | 'Failed'; readonly text: string }
    | { readonly kind: 'deployment'; readonly webServiceId: string; readonly endpointId: string }
    | { readonly kind: 'pack'; readonly location: string; readonly experimentId: string; readonly cleared: boolean }
    | { readonly kind: 'unpack'; readonly location: string; readonly experimentId: string };
}

/** All kinds of records of a workspace or a subscription, by their names in the journal. */
export interface Tables extends ArmTables {
  workspace: WorkspaceRecord;
  member: MemberRecord;
  dataset: ResourceRecord;
  model: ResourceRecord;
  transform: ResourceRecord;
  module: ModuleRecord;
  experiment: ExperimentRecord;
  annotation: AnnotationRecord;
  upload: UploadRecord;
  project: ProjectRecord;
  pairing: PairingRecord;
  notebook: NotebookRecord;
  gateway: GatewayRecord;
  webservice: WebServiceRecord;
  endpoint: EndpointRecord;
  activity: ActivityRecord;
}

export type TableName = keyof Tables;
