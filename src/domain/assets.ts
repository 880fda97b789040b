/** The kinds of customer data that Steward speaks about, in the order in which cards and archives show them. */
export const assetKinds = [
  'dataset',
  'experiment',
  'module',
  'model',
  'transform',
  'webservice',
  'project',
  'notebook',
] as const;

export type AssetKind = (typeof assetKinds)[number];

/** How a person says a kind, for sentences. */
export const kindWords: Readonly<Record<AssetKind, { readonly one: string; readonly many: string }>> = {
  dataset: { one: 'dataset', many: 'datasets' },
  experiment: { one: 'experiment', many: 'experiments' },
  module: { one: 'custom module', many: 'custom modules' },
  model: { one: 'trained model', many: 'trained models' },
  transform: { one: 'transform', many: 'transforms' },
  webservice: { one: 'web service', many: 'web services' },
  project: { one: 'project', many: 'projects' },
  notebook: { one: 'notebook', many: 'notebooks' },
};

/** One thing in a workspace that a person made or uploaded. Microsoft's samples are never assets. */
export interface Asset {
  readonly kind: AssetKind;
  /** The service's id of this very version; changes when a new version appears. */
  readonly id: string;
  /** What the service deletes by. For kinds without families it equals `id`. */
  readonly familyId: string;
  /** The name a person sees and says. Not unique. */
  readonly name: string;
  /** Bytes, or null when the service does not tell. */
  readonly sizeBytes: number | null;
  readonly createdAt: Date | null;
  /** Free text of the service (a name, an e-mail address or the name of a client). Never an identity. */
  readonly owner: string;
  /** How many versions of the family the service lists. Deleting removes all, listed or not. */
  readonly versions: number;
  /**
   * Says in which state it is, as far as the service tells: differs after every edit in place that it lets anybody see.
   * Means nothing by itself; only equality counts.
   */
  readonly revision: string;
}

/** Kinds of which Studio does not tell every edit in place, and what it does not tell, in words for a preview. */
export const unseenEdits: Readonly<Partial<Record<AssetKind, string>>> = {
  webservice: 'Studio does not tell when a web service’s model file is overwritten under the same name.',
};

/** Says which version of an asset a person has seen; equal strings mean nothing changed since. */
export function assetFingerprint(asset: Asset): string {
  return JSON.stringify([asset.kind, asset.id, asset.familyId, asset.name, asset.sizeBytes, asset.revision]);
}
