import type { AssetKindTable } from './asset-kind-adapter.ts';
import { datasets } from './datasets.ts';
import { experiments } from './experiments.ts';

/** Every kind that Steward can list, export and delete in Studio. */
export const kinds: AssetKindTable = {
  dataset: datasets,
  experiment: experiments,
};
