import type { Asset, AssetKind } from './assets.ts';

/** An asset that a preview lists as changed. */
export interface ChangedAsset {
  readonly kind: AssetKind;
  readonly name: string;
}

/** The number of assets with one kind of change, and the first of them. */
export interface ChangedAssets<Each extends ChangedAsset = ChangedAsset> {
  readonly count: number;
  readonly first: readonly Each[];
}

/**
 * The difference between a confirmed preview and the next one. Assets that are only `gone` need no new confirmation,
 * since nothing would happen that the person has not seen.
 */
export interface SnapshotChanges {
  readonly added: ChangedAssets;
  readonly renamed: ChangedAssets<ChangedAsset & { readonly before: string }>;
  /** Same name, different version or size. */
  readonly updated: ChangedAssets;
  /** The same version, edited in place. Missing in records stored before edits were tracked. */
  readonly edited?: ChangedAssets;
  readonly gone: ChangedAssets;
  /** Whether the method of deleting a whole workspace, or what it affects, has changed. */
  readonly removal: boolean;
}

/** The most assets that are listed for each kind of change. */
export const maxListedChanges = 5;

type ChangeKind = 'added' | 'renamed' | 'updated' | 'edited' | 'gone';

const none: ChangedAssets = { count: 0, first: [] };

/** No difference. */
export const noChanges: SnapshotChanges = {
  added: { count: 0, first: [] },
  renamed: { count: 0, first: [] },
  updated: { count: 0, first: [] },
  edited: { count: 0, first: [] },
  gone: { count: 0, first: [] },
  removal: false,
};

type Compared = Pick<Asset, 'id' | 'name' | 'sizeBytes' | 'revision'>;

/**
 * How a family's asset differs from the one that was shown; null when it does not. A new name outranks a new version,
 * and a new version outranks an edit.
 */
export function differenceOf(
  before: Compared,
  now: Compared,
): Extract<ChangeKind, 'renamed' | 'updated' | 'edited'> | null {
  if (before.name !== now.name) return 'renamed';
  if (before.id !== now.id || before.sizeBytes !== now.sizeBytes) return 'updated';
  return before.revision === now.revision ? null : 'edited';
}

/** Adds one asset to the changes; `before` is its former name. */
export function withChange(
  changes: SnapshotChanges,
  changeKind: ChangeKind,
  { kind, name }: ChangedAsset,
  before = name,
): SnapshotChanges {
  const { count, first } = changes[changeKind] ?? none;
  const named = changeKind === 'renamed' ? { kind, name, before } : { kind, name };
  return {
    ...changes,
    [changeKind]: { count: count + 1, first: first.length < maxListedChanges ? [...first, named] : first },
  };
}

/** True when something would happen that the person has not seen yet. */
export function needsConfirmation({ added, renamed, updated, edited = none, removal }: SnapshotChanges): boolean {
  return removal || added.count + renamed.count + updated.count + edited.count > 0;
}

/** Reports a removed asset and a new one of the same kind and name as one updated asset. */
export function withReplacements(changes: SnapshotChanges): SnapshotChanges {
  const replaced = changes.added.first.filter((each) => isAmong(each, changes.gone.first));
  if (replaced.length === 0) return changes;
  const without = ({ count, first }: ChangedAssets): ChangedAssets => ({
    count: count - replaced.length,
    first: first.filter((each) => !isAmong(each, replaced)),
  });
  const { updated } = changes;
  return {
    ...changes,
    added: without(changes.added),
    gone: without(changes.gone),
    updated: {
      count: updated.count + replaced.length,
      first: [...updated.first, ...replaced].slice(0, maxListedChanges),
    },
  };
}

function isAmong({ kind, name }: ChangedAsset, others: readonly ChangedAsset[]): boolean {
  return others.some((other) => other.kind === kind && other.name === name);
}
