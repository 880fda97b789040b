import type { Blobs } from './blobs.ts';
import type {
  AnnotationRecord,
  ExperimentRecord,
  MemberRecord,
  NodeRunRecord,
  ResourceRecord,
  RunTimes,
  StoredFile,
  WorkspaceRecord,
} from './studio-records.ts';

/** A date in the service's format. */
export function wireDate(milliseconds: number): string {
  return `/Date(${milliseconds})/`;
}

/** .NET ticks: units of 100 nanoseconds since the year 1. Exact for whole seconds, which is how times are stored. */
function ticks(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 10_000_000 + 621_355_968_000_000_000;
}

/** The current time rounded to whole seconds, as assets store it. */
export function wholeSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

export function wireWorkspace(record: WorkspaceRecord): Record<string, unknown> {
  const { storage, subscription, tokens } = record;
  const account = storage?.account ?? '';
  return {
    WorkspaceId: record.id,
    FriendlyName: record.name,
    Description: record.description,
    Type: record.type,
    WorkspaceStatus: record.status,
    Region: record.region,
    OwnerEmail: record.owner.email,
    OwnerPrincipalId: record.owner.principalId,
    TenantId: record.tenantId,
    SubscriptionId: subscription.id,
    SubscriptionName: subscription.name,
    SubscriptionState: subscription.state,
    CreatedTime: wireDate(record.createdAt),
    AuthorizationToken: { PrimaryToken: tokens.primary, SecondaryToken: tokens.secondary },
    UserStorage: account,
    UserStorageKey: storage?.key ?? '',
    UserStorageArmId: storage
      ? `/subscriptions/${subscription.id}/resourceGroups/${storage.resourceGroup}/providers/Microsoft.Storage/storageAccounts/${account}`
      : '',
    UserStorageBlobEndpoint: storage ? `https://${account}.blob.core.windows.net/` : '',
    HDInsightClusterConnectionString: '',
    HDInsightStorageConnectionString: '',
    UseDefaultHDInsightSettings: true,
    MigrationStatus: null,
    Tags: null,
    KeyVaultKeyIdentifier: null,
    Etag: `W/"${record.revision}"`,
  };
}

export function wireMember(record: MemberRecord): unknown {
  return { Status: record.status, User: wireUser(record) };
}

export function wireUser(record: MemberRecord): unknown {
  return { UserId: record.userId, Email: record.email, Name: record.name, Role: record.role };
}

export function wireDataset(record: ResourceRecord, latest: boolean, blobs: Blobs): unknown {
  const status = record.schema.pollsLeft > 0 ? 'Pending' : record.schema.end;
  return {
    ...wireResource(record, latest, blobs),
    SchemaStatus: status,
    VisualizeEndPoint: wireEndpoint(status === 'Complete' ? record.visualization : null, 'visualization', blobs),
    SchemaEndPoint: wireEndpoint(status === 'Complete' ? record.schemaFile : null, 'schema', blobs),
  };
}

/** The fields that datasets, trained models and transforms have in common. */
export function wireResource(record: ResourceRecord, latest: boolean, blobs: Blobs): Record<string, unknown> {
  return {
    Id: record.id,
    FamilyId: record.familyId,
    Name: record.name,
    Description: record.description,
    DataTypeId: record.dataTypeId,
    Owner: record.owner,
    SourceOrigin: record.origin,
    Size: record.content?.sizeBytes ?? 0,
    CreatedDate: wireDate(record.createdAt),
    CreatedDateTicks: ticks(record.createdAt),
    ExperimentId: record.experimentId,
    PromotedFrom: record.promotedFrom,
    ResourceUploadId: record.uploadId,
    UploadedFromFilename: record.uploadedFrom ?? '',
    IsLatest: latest,
    IsDeprecated: false,
    Category: null,
    Culture: 'en-US',
    ClientVersion: null,
    ServiceVersion: 0,
    Batch: record.batch,
    Language: null,
    DownloadLocation: wireEndpoint(record.content, record.dataTypeId, blobs),
  };
}

/** A file's endpoint, or the empty endpoint that means "none". */
function wireEndpoint(file: StoredFile | null, fileType: string, blobs: Blobs): unknown {
  if (file !== null) return blobs.endpoint(file);
  return {
    BaseUri: null,
    Location: null,
    AccessCredential: null,
    Size: 0,
    Name: null,
    EndpointType: 'AzureBlob',
    CredentialContainer: null,
    FileType: fileType,
    IsAuxiliary: fileType === 'visualization' || fileType === 'schema',
    IsDirectory: false,
  };
}

function wireStatus(times: RunTimes): unknown {
  return {
    StatusCode: times.code,
    StatusDetail: times.detail,
    CreationTime: wireDate(times.createdAt),
    StartTime: times.startedAt === null ? null : wireDate(times.startedAt),
    EndTime: times.endedAt === null ? null : wireDate(times.endedAt),
    Metadata: null,
  };
}

/** An experiment as lists return it. */
export function wireExperimentHead(record: ExperimentRecord): Record<string, unknown> {
  return {
    ExperimentId: record.id,
    RunId: record.id,
    JobId: null,
    VersionId: null,
    ParentExperimentId: record.parentId,
    OriginalExperimentDocumentationLink: null,
    Summary: record.summary,
    Description: record.name,
    Status: wireStatus(record.status),
    Etag: wireEtag(record),
    Creator: record.creator,
    IsLeaf: record.leaf,
    IsArchived: record.archived,
    IsPartialRun: false,
    DisableNodesUpdate: record.disableNodesUpdate,
    Category: record.category,
    Tags: record.tags,
    SchemaVersion: 1,
  };
}

export function wireEtag(record: ExperimentRecord): string {
  return record.revision.toString(16).padStart(4, '0');
}

/** The whole experiment, with links to all outputs of its last run. */
export function wireExperiment(record: ExperimentRecord, blobs: Blobs): unknown {
  return {
    ...wireExperimentHead(record),
    Graph: record.graph,
    WebService: record.webService,
    NodeStatuses: record.nodes.map((node) => wireNodeStatus(node, blobs)),
  };
}

function wireNodeStatus(node: NodeRunRecord, blobs: Blobs): unknown {
  const metadata: Record<string, unknown[]> = {};
  for (const file of node.visualizations) {
    const port = file.name ?? '';
    metadata[port] = [...(metadata[port] ?? []), { Key: 'visualization', Value: blobs.endpoint(file) }];
  }
  return {
    NodeId: node.nodeId,
    Status: wireStatus(node.status),
    OutputEndpoints: node.outputs.map((file) => blobs.endpoint(file)),
    MetadataOutputEndpoints: metadata,
    StandardOutEndpoint: node.standardOutput && blobs.endpoint(node.standardOutput),
    StandardErrorEndpoint: node.standardError && blobs.endpoint(node.standardError),
  };
}

export function wireAnnotation(record: AnnotationRecord): unknown {
  return {
    Id: record.id,
    ParentAnnotationId: record.parentId,
    ExperimentId: record.experimentId,
    Content: record.content,
    IsCollapsed: record.collapsed,
    NodeId: record.nodeId,
    Edge: null,
  };
}
