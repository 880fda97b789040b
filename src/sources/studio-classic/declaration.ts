import type { CapabilitiesByAccount, Capability, CapabilityMatrix, Subject } from '../../domain/capabilities.ts';
import type { KindDeclaration, SourceDeclaration } from '../../domain/source-declaration.ts';

const kinds: readonly KindDeclaration[] = [
  {
    id: 'dataset',
    one: 'dataset',
    many: 'datasets',
    synonyms: ['dataset', 'data set'],
    folder: 'datasets',
  },
  {
    id: 'experiment',
    one: 'experiment',
    many: 'experiments',
    synonyms: ['experiment', 'training experiment', 'predictive experiment'],
    folder: 'experiments',
  },
  {
    id: 'module',
    one: 'custom module',
    many: 'custom modules',
    synonyms: ['module', 'custom module', 'r module', 'python module'],
    folder: 'modules',
    notInArchives: 'The code of custom modules, which Studio gives nobody.',
  },
  {
    id: 'model',
    one: 'trained model',
    many: 'trained models',
    synonyms: ['model', 'trained model', 'ml model'],
    folder: 'models',
  },
  {
    id: 'transform',
    one: 'transform',
    many: 'transforms',
    synonyms: ['transform', 'data transform'],
    folder: 'transforms',
  },
  {
    id: 'webservice',
    one: 'web service',
    many: 'web services',
    synonyms: ['webservice', 'web service', 'classic web service', 'predictive web service', 'api webservice'],
    folder: 'webservices',
    unreportedEdits: 'Studio does not report when a web service’s model file is overwritten under the same name.',
  },
  {
    id: 'project',
    one: 'project',
    many: 'projects',
    synonyms: ['project'],
    folder: 'projects',
  },
  {
    id: 'notebook',
    one: 'notebook',
    many: 'notebooks',
    synonyms: ['notebook', 'jupyter notebook', 'jupyter', 'python notebook', 'ipython notebook'],
    folder: 'notebooks',
    notInArchives: 'The contents of notebooks, which Studio shows only in Jupyter.',
  },
];

const of = (list: Capability, exporting: Capability, deleting: Capability): CapabilityMatrix => ({
  list,
  export: exporting,
  delete: deleting,
});
const nothing = of('none', 'none', 'none');

/** An asset that Steward deletes by a documented call (`asked`) or by an assumed one (`tried`). */
const asset = (deleting: 'asked' | 'tried'): CapabilitiesByAccount => ({
  guest: of('asked', 'asked', 'expiry'),
  free: of('asked', 'asked', deleting),
  standard: of('asked', 'asked', deleting),
});

const settings = of('together', 'together', 'together');
const member = of('asked', 'asked', 'by-hand');
const fixture = of('asked', 'together', 'by-hand');
const endpoint = of('asked', 'together', 'together');
const telemetry = of('by-hand', 'by-hand', 'by-hand');

/**
 * The capability matrix: what Steward does with each resource, by account type, for a person whom the policy allows it.
 * The README shows this table, and a test compares each cell with what happens over HTTP.
 */
const capabilities: Readonly<Record<Subject, CapabilitiesByAccount>> = {
  dataset: asset('asked'),
  experiment: asset('asked'),
  module: asset('tried'),
  model: asset('tried'),
  transform: asset('tried'),
  webservice: asset('asked'),
  project: asset('tried'),
  notebook: asset('tried'),
  endpoint: { guest: of('asked', 'together', 'expiry'), free: endpoint, standard: endpoint },
  settings: { guest: of('together', 'together', 'expiry'), free: settings, standard: settings },
  member: { guest: nothing, free: member, standard: member },
  gateway: { guest: nothing, free: nothing, standard: fixture },
  plan: { guest: nothing, free: nothing, standard: fixture },
  workspace: {
    guest: of('asked', 'asked', 'expiry'),
    // Studio's call for a free workspace is not documented; Resource Manager's is.
    free: of('asked', 'asked', 'tried'),
    standard: of('asked', 'asked', 'asked'),
  },
  telemetry: { guest: nothing, free: telemetry, standard: telemetry },
};

const page = 'https://studio.azureml.net';

/** Azure Machine Learning Studio (classic). */
export const studioClassic: SourceDeclaration = {
  id: 'studio-classic',
  name: 'Studio',
  distinctName: 'Studio (classic)',
  fullName: 'Azure Machine Learning Studio (classic)',
  page,
  workspacePage: `${page}/Home/ViewWorkspace/`,
  service: 'Studio',
  kinds,
  capabilities,
};
