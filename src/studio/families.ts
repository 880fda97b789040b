import type { Asset } from '../domain/assets.ts';

/** An asset as it stands in a list, one version of its family. */
export interface ListedVersion {
  readonly asset: Asset;
  /** What the service says; null when it says nothing. */
  readonly isLatest: boolean | null;
}

/**
 * One asset for each family, newest families first: the version the service calls the latest, otherwise the newest.
 * `versions` counts what was listed. The order depends on the assets alone, not on the order of the list.
 */
export function newestOfFamilies(listed: readonly ListedVersion[]): readonly Asset[] {
  const families = new Map<string, { best: ListedVersion; versions: number }>();
  for (const version of listed) {
    const family = families.get(version.asset.familyId);
    if (!family) {
      families.set(version.asset.familyId, { best: version, versions: 1 });
      continue;
    }
    family.versions += 1;
    if (supersedes(version, family.best)) family.best = version;
  }
  return Array.from(families.values(), ({ best, versions }) => ({ ...best.asset, versions })).sort(newestFirst);
}

/** Orders assets by date, newest first, then by id. */
export function newestFirst(a: Asset, b: Asset): number {
  return moment(b) - moment(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function supersedes(a: ListedVersion, b: ListedVersion): boolean {
  if (a.isLatest !== b.isLatest) return a.isLatest === true || (b.isLatest === false && a.isLatest === null);
  return newestFirst(a.asset, b.asset) < 0;
}

function moment(asset: Asset): number {
  return asset.createdAt?.getTime() ?? 0;
}

/** The family in an id of the form `workspace.family.version`; the whole id when it has another form. */
export function familyOf(id: string): string {
  return id.split('.')[1]?.toLowerCase() ?? id.toLowerCase();
}
