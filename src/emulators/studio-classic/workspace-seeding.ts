import { seedArm } from './arm/arm-seeding.ts';
import { describeContent } from './content-description.ts';
import type { ResourceTable } from './resource-versions.ts';
import { derivedId, idOf, nodeIdOf, type SeedingContext, storeContent } from './seed-context.ts';
import { seedExperiment } from './seed-experiments.ts';
import { SeedError, type SeedWorkspace } from './seed-folder.ts';
import type { SeedResource, WorkspaceSeed } from './seed-format.ts';
import { seedServices } from './seed-services.ts';
import type { MemberRecord, ModuleRecord, ResourceRecord, WorkspaceRecord } from './studio-records.ts';
import type { Studio } from './studio-state.ts';

/** Stores a workspace of a seed and its contents, unless that was done before. */
export async function seedWorkspace(
  studio: Studio,
  workspace: SeedWorkspace,
  moduleIds: ReadonlyMap<string, string>,
  /** Ids of Microsoft's samples, which every workspace may use, by kind and key. */
  samples: ReadonlyMap<string, string>,
): Promise<void> {
  const { seed } = workspace;
  if (studio.store.isSeeded(seed.id)) return;
  // An interrupted start may have stored a part; the same ids are written again.
  studio.store.dropWorkspace(seed.id);
  const context: SeedingContext = { studio, workspace, moduleIds, samples, ids: new Map() };
  if (seed.generated) studio.store.generate(seed.id, seed.generated);
  studio.store.table(seed.id, 'workspace').put(workspaceOf(seed));
  for (const [index, member] of seed.members.entries()) {
    const record: MemberRecord = {
      ...member,
      id: derivedId(seed.id, 'member', String(index)),
      userId: member.status === 'Active' ? derivedId(seed.id, member.email).slice(0, 16).toUpperCase() : '',
      deletedAt: null,
    };
    studio.store.table(seed.id, 'member').put(record);
  }
  for (const module of seed.modules) studio.store.table(seed.id, 'module').put(moduleOf(seed, module));
  nameResources(seed, context.ids);
  for (const experiment of seed.experiments) {
    context.ids.set(`experiment ${experiment.key ?? experiment.name}`, experimentId(seed, experiment));
  }
  for (const experiment of seed.experiments) await seedExperiment(context, experiment);
  for (const [table, resources] of resourcesOf(seed)) {
    for (const resource of resources) await seedResource(context, table, resource);
  }
  seedServices(context);
  seedArm(studio, seed);
  studio.store.markSeeded(seed.id);
}

function resourcesOf(seed: WorkspaceSeed): readonly (readonly [ResourceTable, readonly SeedResource[]])[] {
  return [
    ['dataset', seed.datasets],
    ['model', seed.models],
    ['transform', seed.transforms],
  ];
}

function experimentId(seed: WorkspaceSeed, experiment: WorkspaceSeed['experiments'][number]): string {
  const own = experiment.experimentId ?? derivedId(seed.id, 'experiment', experiment.key ?? experiment.name);
  return `${seed.id}.f-id.${own}`;
}

function workspaceOf(seed: WorkspaceSeed): WorkspaceRecord {
  const { storage } = seed;
  const key = storage ? Buffer.from(derivedId(seed.id, 'storage').repeat(2)).toString('base64') : '';
  return {
    id: seed.id,
    deletedAt: null,
    name: seed.name,
    description: seed.description,
    type: seed.type,
    status: seed.status,
    region: seed.region,
    createdAt: seed.createdAt,
    owner: {
      email: seed.ownerEmail,
      principalId: seed.ownerEmail === '' ? '' : derivedId(seed.id, seed.ownerEmail).slice(0, 16).toUpperCase(),
    },
    tenantId: seed.tenantId,
    subscription: seed.subscription,
    tokens: seed.tokens ?? { primary: derivedId(seed.id, 'primary'), secondary: derivedId(seed.id, 'secondary') },
    storage: storage ? { ...storage, key } : null,
    registeredBy: seed.registeredBy ?? (seed.ownerEmail === '' ? null : seed.ownerEmail),
    revision: 1,
  };
}

/** The id of a seed's module: workspace, family, and what the service calls the batch. */
export function seedModuleId(seed: WorkspaceSeed, module: WorkspaceSeed['modules'][number]): string {
  return `${seed.id}.${module.familyId ?? derivedId(seed.id, 'module', module.name)}.${module.batch}`;
}

function moduleOf(seed: WorkspaceSeed, module: WorkspaceSeed['modules'][number]): ModuleRecord {
  const id = seedModuleId(seed, module);
  return {
    id,
    deletedAt: null,
    familyId: id.split('.')[1] ?? '',
    name: module.name,
    description: module.description,
    category: module.category,
    language: module.language,
    releaseState: module.releaseState,
    uploadId: module.releaseState === 'Custom' ? derivedId(id, 'upload') : null,
    sizeBytes: module.bytes,
    createdAt: module.createdAt,
    owner: module.owner,
    batch: 1,
  };
}

function keyOf(resource: SeedResource): string {
  return resource.key ?? resource.name;
}

function familyIdOf(seed: WorkspaceSeed, table: ResourceTable, resource: SeedResource): string {
  return resource.familyId ?? derivedId(seed.id, table, keyOf(resource));
}

/**
 * Records the ids of a seed's datasets, models and transforms and of their versions, by kind and key, so that graphs
 * can refer to them before they are stored.
 */
export function nameResources(seed: WorkspaceSeed, ids: Map<string, string>): void {
  for (const [table, resources] of resourcesOf(seed)) {
    for (const resource of resources) nameVersions(seed, ids, table, resource);
  }
}

function nameVersions(
  seed: WorkspaceSeed,
  ids: Map<string, string>,
  table: ResourceTable,
  resource: SeedResource,
): void {
  const name = `${table} ${keyOf(resource)}`;
  if (ids.has(name)) throw new SeedError(`${seed.name} has two things called "${name}": give one a key.`);
  const familyId = familyIdOf(seed, table, resource);
  for (const [index] of resource.versions.entries()) {
    const id = versionId(seed.id, familyId, index + 1);
    ids.set(name, id);
    ids.set(`${name} #${index + 1}`, id);
  }
}

function versionId(workspaceId: string, familyId: string, batch: number): string {
  return `${workspaceId}.${familyId}.v1-default-${1640 + batch}`;
}

async function seedResource(context: SeedingContext, table: ResourceTable, resource: SeedResource): Promise<void> {
  const { studio, workspace } = context;
  const { seed } = workspace;
  const familyId = familyIdOf(seed, table, resource);
  const promotion = resource.promotedFrom ? promotionOf(context, resource.promotedFrom) : null;
  for (const [index, version] of resource.versions.entries()) {
    const id = versionId(seed.id, familyId, index + 1);
    const location = `uploadedresources/${derivedId(id).slice(0, 12)}_${blobName(version.uploadedFrom ?? resource.name)}`;
    const content = version.content
      ? await storeContent(context, location, version.content, resource.dataTypeId)
      : (promotion?.output ?? null);
    const described =
      table === 'dataset' && content
        ? await describeContent(studio.blobs, content, resource.dataTypeId)
        : { schemaStatus: 'NotSupported' as const, schemaFile: null, visualization: null };
    const record: ResourceRecord = {
      id,
      deletedAt: null,
      familyId,
      batch: index + 1,
      name: resource.name,
      description: resource.description,
      dataTypeId: resource.dataTypeId,
      owner: resource.owner,
      createdAt: version.createdAt,
      origin: promotion ? 'FromOutputPromotion' : 'FromResourceUpload',
      experimentId: promotion?.experimentId ?? null,
      promotedFrom: promotion?.promotedFrom ?? null,
      uploadId: promotion ? null : derivedId(id, 'upload'),
      uploadedFrom: promotion ? null : (version.uploadedFrom ?? resource.name),
      schema: { pollsLeft: 0, end: described.schemaStatus },
      content,
      visualization: described.visualization,
      schemaFile: described.schemaFile,
    };
    studio.store.table(seed.id, table).put(record);
  }
}

function promotionOf(context: SeedingContext, from: NonNullable<SeedResource['promotedFrom']>) {
  const experimentId = idOf(context, 'experiment', from.experiment);
  const nodeId = nodeIdOf(experimentId, from.node);
  const experiment = context.studio.store.table(context.workspace.seed.id, 'experiment').get(experimentId);
  const node = experiment?.nodes.find((candidate) => candidate.nodeId === nodeId);
  const output = node?.outputs.find((candidate) => candidate.name === from.port) ?? null;
  return { experimentId, promotedFrom: `${nodeId}:${from.port}`, output };
}

/** Clients concatenate base address, location and link without encoding, so a location must need none. */
function blobName(fileName: string): string {
  return fileName.replace(/[^A-Za-z0-9._-]/gu, '_').slice(-80);
}
