import { projectContentWords } from './assumed-endpoints.ts';
import { derivedId, idOf, type SeedingContext } from './seed-context.ts';
import { newEndpoint } from './service-endpoints-endpoints.ts';
import type { EndpointResource } from './studio-records.ts';
import { present } from './studio-state.ts';

/**
 * Stores the projects, notebooks, gateways and web services of a seed. Must run last, since they refer to the other
 * assets.
 */
export function seedServices(context: SeedingContext): void {
  const { studio, workspace } = context;
  const { seed } = workspace;
  const table = studio.store.table.bind(studio.store);
  for (const { contents, ...project } of seed.projects) {
    const id = derivedId(seed.id, 'project', project.name);
    table(seed.id, 'project').put({ ...project, id, deletedAt: null, contents: contentsOf(context, contents) });
  }
  for (const notebook of seed.notebooks) {
    const id = derivedId(seed.id, 'notebook', notebook.name);
    table(seed.id, 'notebook').put({ ...notebook, id, deletedAt: null });
  }
  for (const { name, lastConnectAt = null, ...gateway } of seed.gateways) {
    table(seed.id, 'gateway').put({ ...gateway, id: name, deletedAt: null, lastConnectAt });
  }
  for (const { endpoints, ...service } of seed.webServices) {
    const id = derivedId(seed.id, 'web service', service.name);
    const defaultEndpointName = endpoints[0]?.name ?? 'default';
    table(seed.id, 'webservice').put({ ...service, id, deletedAt: null, defaultEndpointName });
    for (const { models, ...endpoint } of endpoints) {
      const key = (which: string) => Buffer.from(derivedId(id, endpoint.name, which)).toString('base64');
      const record = newEndpoint({
        ...endpoint,
        webServiceId: id,
        createdAt: service.createdAt,
        endpointId: derivedId(id, endpoint.name),
        keys: { primary: key('primary'), secondary: key('secondary') },
        resources: models.flatMap((model) => modelResource(context, model)),
      });
      table(seed.id, 'endpoint').put(record);
    }
  }
}

type SeedContents = SeedingContext['workspace']['seed']['projects'][number]['contents'];

/** Project contents: experiments by id, the others by family id. */
function contentsOf(context: SeedingContext, contents: SeedContents): Record<string, string[]> {
  const family = (kind: 'dataset' | 'model' | 'transform') => (key: string) =>
    idOf(context, kind, key).split('.')[1] ?? '';
  return {
    [projectContentWords.experiments]: contents.experiments.map((key) => idOf(context, 'experiment', key)),
    [projectContentWords.datasets]: contents.datasets.map(family('dataset')),
    [projectContentWords.models]: contents.models.map(family('model')),
    [projectContentWords.transforms]: contents.transforms.map(family('transform')),
  };
}

function modelResource({ studio, ...context }: SeedingContext, key: string): EndpointResource[] {
  const id = idOf({ studio, ...context }, 'model', key);
  const model = present(studio, context.workspace.seed.id, 'model', id);
  if (!model?.content) return [];
  return [{ name: `${model.name} [trained model]`, kind: 'TrainedModel', at: { location: model.content.location } }];
}
