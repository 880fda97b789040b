import { projectContentWords } from '../assumed-endpoints.ts';
import { newEndpoint } from '../service-endpoints-endpoints.ts';
import type {
  EndpointRecord,
  EndpointResource,
  ModuleRecord,
  NotebookRecord,
  ProjectRecord,
  WebServiceRecord,
} from '../studio-records.ts';
import { experimentIdAt, familyIdAt, type Generator } from './asset-ids.ts';
import { firstVersion } from './family-pattern.ts';
import { momentOf, nameOf, personOf, series } from './generated-names.ts';
import { hexId, mixed, placeOfHexId } from './ids.ts';
import { generatedLocation } from './locations.ts';
import { type GeneratedTable, generatedTable } from './table.ts';

const batch = 'v1-default-1652';

/** Custom modules. */
export function moduleTable({ workspaceId, plan }: Generator): GeneratedTable<ModuleRecord> {
  const familyAt = (place: number) => hexId(plan.seed, series.modules, place);
  const guess = (familyId: string) => placeOfHexId(plan.seed, series.modules, familyId);
  return generatedTable<ModuleRecord>({
    size: plan.counts.modules,
    idAt: (place) => `${workspaceId}.${familyAt(place)}.${batch}`,
    at: (place, id) => ({
      id,
      deletedAt: null,
      familyId: familyAt(place),
      name: nameOf(plan.seed, 'modules', place),
      description: '',
      category: 'Custom',
      language: { name: 'R', version: '3.1.0' },
      releaseState: 'Custom',
      uploadId: hexId(plan.seed, 100 + series.modules, place),
      sizeBytes: 2_048 + (mixed(plan.seed, series.modules, place) % 8_192),
      createdAt: momentOf(plan, 'modules', place),
      owner: personOf(plan, 'modules', place),
      batch: 1,
    }),
    guess: (id) => guess(id.split('.')[1] ?? ''),
    group: (familyId) => (familyAt(guess(familyId)) === familyId ? [guess(familyId)] : []),
  });
}

/** Projects, each with a few of the workspace's experiments and datasets. */
export function projectTable(generator: Generator): GeneratedTable<ProjectRecord> {
  const { plan } = generator;
  const some = (count: number, place: number, idAt: (place: number) => string) =>
    count === 0 ? [] : [1, 2, 3].map((part) => idAt(mixed(plan.seed, series.projects, place, part) % count));
  return generatedTable<ProjectRecord>({
    size: plan.counts.projects,
    idAt: (place) => hexId(plan.seed, series.projects, place),
    at: (place, id) => ({
      id,
      deletedAt: null,
      name: nameOf(plan.seed, 'projects', place),
      description: '',
      creator: personOf(plan, 'projects', place),
      contents: {
        [projectContentWords.experiments]: some(plan.counts.experiments, place, (at) =>
          experimentIdAt(generator, firstVersion(at)),
        ),
        [projectContentWords.datasets]: some(plan.counts.datasets, place, (at) =>
          familyIdAt(generator, 'datasets', at),
        ),
      },
    }),
    guess: (id) => placeOfHexId(plan.seed, series.projects, id),
  });
}

export function notebookTable({ plan }: Generator): GeneratedTable<NotebookRecord> {
  return generatedTable<NotebookRecord>({
    size: plan.counts.notebooks,
    idAt: (place) => hexId(plan.seed, series.notebooks, place),
    at: (place, id) => ({
      id,
      deletedAt: null,
      name: nameOf(plan.seed, 'notebooks', place),
      author: personOf(plan, 'notebooks', place),
      language: 'Python 3',
      createdAt: momentOf(plan, 'notebooks', place),
      modifiedAt: momentOf(plan, 'notebooks', place, 86_400),
      tags: '',
      attachments: place % 3 === 0 ? ['figure.png'] : [],
    }),
    guess: (id) => placeOfHexId(plan.seed, series.notebooks, id),
  });
}

const endpointName = 'default';

/** Classic web services, each with one endpoint. */
export function webServiceTable({ plan }: Generator): GeneratedTable<WebServiceRecord> {
  return generatedTable<WebServiceRecord>({
    size: plan.counts.webServices,
    idAt: (place) => hexId(plan.seed, series.webServices, place),
    at: (place, id) => ({
      id,
      deletedAt: null,
      name: nameOf(plan.seed, 'webServices', place),
      description: '',
      createdAt: momentOf(plan, 'webServices', place),
      defaultEndpointName: endpointName,
    }),
    guess: (id) => placeOfHexId(plan.seed, series.webServices, id),
  });
}

export function endpointTable({ workspaceId, plan }: Generator): GeneratedTable<EndpointRecord> {
  const serviceAt = (place: number) => hexId(plan.seed, series.webServices, place);
  const guess = (serviceId: string) => placeOfHexId(plan.seed, series.webServices, serviceId);
  const resource = (place: number): EndpointResource[] => {
    const { models } = plan.counts;
    if (models === 0) return [];
    const file = { workspaceId, table: 'model', place: firstVersion(place % models) } as const;
    return [{ name: 'trained model', kind: 'TrainedModel', at: { location: generatedLocation(file, 'content') } }];
  };
  return generatedTable<EndpointRecord>({
    size: plan.counts.webServices,
    idAt: (place) => `${serviceAt(place)}/${endpointName}`,
    at: (place) => {
      const key = (part: number) => Buffer.from(hexId(plan.seed, 200 + part, place)).toString('base64');
      return newEndpoint({
        webServiceId: serviceAt(place),
        name: endpointName,
        createdAt: momentOf(plan, 'webServices', place),
        endpointId: hexId(plan.seed, 300, place),
        keys: { primary: key(1), secondary: key(2) },
        resources: resource(place),
      });
    },
    guess: (id) => guess(id.split('/')[0] ?? ''),
    group: (serviceId) => (serviceAt(guess(serviceId)) === serviceId ? [guess(serviceId)] : []),
  });
}
