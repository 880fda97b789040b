import type { Asset, AssetKind } from './assets.ts';

/** An asset that a preview names as different from the one before. */
export interface ChangedAsset {
  readonly kind: AssetKind;
  readonly name: string;
}

/** How many assets changed in one way, and the first of them. */
export interface ChangedAssets<Each extends ChangedAsset = ChangedAsset> {
  readonly count: number;
  readonly first: readonly Each[];
}

/**
 * What differs between a confirmed preview and the one after it. What is `gone` alone is no reason to ask anew: nothing
 * unseen would happen.
 */
export interface SnapshotChanges {
  readonly added: ChangedAssets;
  readonly renamed: ChangedAssets<ChangedAsset & { readonly before: string }>;
  /** Same name, another version or size. */
  readonly updated: ChangedAssets;
  /** The very same version, edited in place. Not there in what was stored before edits were seen. */
  readonly edited?: ChangedAssets;
  readonly gone: ChangedAssets;
  /** How a whole workspace goes, or what that touches, is not what it was. */
  readonly removal: boolean;
}

/** The most assets that are named for each way of changing. */
export const mostNamedChanges = 5;

type Way = 'added' | 'renamed' | 'updated' | 'edited' | 'gone';

const none: ChangedAssets = { count: 0, first: [] };

/** The same as before in every way. */
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
 * How a family's asset differs from the one that was shown; null when it does not. A new name says more than a new
 * version, and that more than an edit.
 */
export function differenceOf(before: Compared, now: Compared): Extract<Way, 'renamed' | 'updated' | 'edited'> | null {
  if (before.name !== now.name) return 'renamed';
  if (before.id !== now.id || before.sizeBytes !== now.sizeBytes) return 'updated';
  return before.revision === now.revision ? null : 'edited';
}

/** The changes with one more asset; `before` is its former name. */
export function withChange(
  changes: SnapshotChanges,
  wording: Way,
  { kind, name }: ChangedAsset,
  before = name,
): SnapshotChanges {
  const { count, first } = changes[wording] ?? none;
  const named = wording === 'renamed' ? { kind, name, before } : { kind, name };
  return {
    ...changes,
    [wording]: { count: count + 1, first: first.length < mostNamedChanges ? [...first, named] : first },
  };
}

/** True when something would happen that the person has not seen. */
export function needsConfirmation({ added, renamed, updated, edited = none, removal }: SnapshotChanges): boolean {
  return removal || added.count + renamed.count + updated.count + edited.count > 0;
}

/** The same changes, where something new of a kind and name that is gone is told as a new version of it. */
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
      first: [...updated.first, ...replaced].slice(0, mostNamedChanges),
    },
  };
}

function isAmong({ kind, name }: ChangedAsset, others: readonly ChangedAsset[]): boolean {
  return others.some((other) => other.kind === kind && other.name === name);
}
