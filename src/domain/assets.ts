/** The kinds of customer data, in the order in which cards and archives show them. */
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

/** The state of what runs, as far as the service reports it. */
export const assetStatuses = ['draft', 'running', 'finished', 'failed', 'cancelled'] as const;

export type AssetStatus = (typeof assetStatuses)[number];

/** An object in a workspace that a person made or uploaded. Microsoft's samples are never assets. */
export interface Asset {
  readonly kind: AssetKind;
  /** The service's id of this version; a new version has a new id. */
  readonly id: string;
  /** The id by which the service deletes. For kinds without families it equals `id`. */
  readonly familyId: string;
  /** The display name. Not unique. */
  readonly name: string;
  /** Bytes, or null when the service does not report them. */
  readonly sizeBytes: number | null;
  readonly createdAt: Date | null;
  /** Free text from the service (a name, an e-mail address or the name of a client). Never an identity. */
  readonly owner: string;
  /** Of an experiment: the state of its newest run. */
  readonly status?: AssetStatus;
  /** How many versions of the family the service lists. Deletion removes all, listed or not. */
  readonly versions: number;
  /**
   * A revision tag (like an ETag) of the asset's state, as far as the service reports it: it differs after every edit
   * in place that the service shows. Opaque; only equality counts.
   */
  readonly revision: string;
}

/** A fingerprint of the asset as a person has seen it; equal strings mean that nothing changed since. */
export function assetFingerprint(asset: Asset): string {
  return JSON.stringify([asset.kind, asset.id, asset.familyId, asset.name, asset.sizeBytes, asset.revision]);
}
