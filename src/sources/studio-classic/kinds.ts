import type { AssetKind } from '../../domain/assets.ts';
import type { AssetKindAdapter } from './asset-kind-adapter.ts';
import { datasets } from './datasets.ts';
import { experiments } from './experiments.ts';
import { modules } from './modules.ts';
import { notebooks } from './notebooks.ts';
import { projectsOf } from './projects.ts';
import { models, transforms } from './trained-assets.ts';
import { webServices } from './web-services.ts';

const nameable = {
  dataset: datasets,
  experiment: experiments,
  module: modules,
  model: models,
  transform: transforms,
  webservice: webServices,
  notebook: notebooks,
} as const;

/** The adapters of all kinds in Studio: how each is listed, exported and deleted. */
export const kinds: Readonly<Record<AssetKind, AssetKindAdapter>> = { ...nameable, project: projectsOf(nameable) };

/** Kinds whose ids begin with the id of the owning workspace. Lists of the other kinds contain no samples. */
export const kindsWithOwner: ReadonlySet<AssetKind> = new Set([
  'dataset',
  'experiment',
  'module',
  'model',
  'transform',
]);
