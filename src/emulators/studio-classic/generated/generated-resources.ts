import type { ResourceRecord, StoredFile } from '../studio-records.ts';
import { familyIdAt, familyOf, type Generator, versionIdAt, versionOfId } from './asset-ids.ts';
import { isTable } from './contents.ts';
import { descriptionFile } from './descriptions.ts';
import { firstVersion, versionAt, versionsOf } from './family-pattern.ts';
import { momentOf, nameOf, personOf, series } from './generated-names.ts';
import { hexId, mixed } from './ids.ts';
import { type FileTable, generatedLocation } from './locations.ts';
import type { Generation } from './plan.ts';
import { modelOfExperiment, sourceOfModel } from './promotions.ts';
import type { SizedKind } from './sizes.ts';
import { type GeneratedTable, generatedTable } from './table.ts';

const weekSeconds = 604_800;
/** The types of every ten datasets. `Dataset` is the service's own binary format. */
const datasetTypes = [
  'GenericCSV',
  'GenericCSV',
  'GenericTSV',
  'GenericCSV',
  'PlainText',
  'GenericCSV',
  'Dataset',
  'GenericCSV',
  'GenericTSV',
  'GenericCSV',
];
const extensions: Readonly<Record<string, string>> = { GenericCSV: '.csv', GenericTSV: '.tsv', PlainText: '.txt' };
const tables = { datasets: 'dataset', models: 'model', transforms: 'transform' } as const satisfies Record<
  SizedKind,
  FileTable
>;

type Sizes = (kind: SizedKind, place: number) => number;

/** All versions of a plan's datasets, models or transforms. */
export function resourceTable(generator: Generator, kind: SizedKind, sizes: Sizes): GeneratedTable<ResourceRecord> {
  const count = generator.plan.counts[kind];
  const places = (family: number | null) =>
    family === null ? [] : Array.from({ length: versionsOf(family) }, (_, index) => firstVersion(family) + index);
  return generatedTable<ResourceRecord>({
    size: firstVersion(count),
    idAt: (place) => {
      const { family, version } = versionAt(place);
      return versionIdAt(generator, kind, family, version);
    },
    at: (place, id) => recordAt(generator, kind, place, id, sizes(kind, place)),
    guess: (id) => {
      const family = familyOf(generator, kind, id.split('.')[1] ?? '');
      return family === null ? -1 : firstVersion(family) + versionOfId(id) - 1;
    },
    // Group ids are families or experiments; only an experiment's id contains dots.
    group: (groupId) => {
      if (!groupId.includes('.')) return places(familyOf(generator, kind, groupId));
      return kind === 'models' ? places(modelOfExperiment(generator, groupId)) : [];
    },
  });
}

function recordAt(generator: Generator, kind: SizedKind, place: number, id: string, sizeBytes: number): ResourceRecord {
  const { workspaceId, plan } = generator;
  const { family, version } = versionAt(place);
  const dataTypeId = dataTypeOf(plan, kind, family);
  const source = kind === 'models' ? sourceOfModel(generator, family) : null;
  const file = { workspaceId, table: tables[kind], place };
  const content: StoredFile = {
    location: generatedLocation(file, `content${extensions[dataTypeId] ?? ''}`),
    sizeBytes,
    name: null,
    fileType: dataTypeId,
    auxiliary: false,
  };
  const described = kind === 'datasets' && isTable(dataTypeId) && dataTypeId !== 'PlainText';
  const name = nameOf(plan.seed, kind, family) + (kind === 'datasets' ? (extensions[dataTypeId] ?? '') : '');
  return {
    id,
    deletedAt: null,
    familyId: familyIdAt(generator, kind, family),
    batch: version,
    name,
    description: '',
    dataTypeId,
    owner: personOf(plan, kind, family),
    createdAt: momentOf(plan, kind, family, (version - 1) * weekSeconds),
    origin: source ? 'FromOutputPromotion' : 'FromResourceUpload',
    experimentId: source?.experimentId ?? null,
    promotedFrom: source?.port ?? null,
    uploadId: source ? null : hexId(plan.seed, 100 + series[kind], place),
    uploadedFrom: source ? null : name,
    schema: { pollsLeft: 0, end: described ? 'Complete' : 'NotSupported' },
    content,
    visualization: described ? descriptionFile(file, 'visualization') : null,
    schemaFile: described ? descriptionFile(file, 'schema') : null,
  };
}

function dataTypeOf(plan: Generation, kind: SizedKind, family: number): string {
  if (kind === 'models') return 'iLearnerDotNet';
  if (kind === 'transforms') return 'iTransformDotNet';
  return datasetTypes[mixed(plan.seed, series.datasets, family, 15) % datasetTypes.length] ?? '';
}
