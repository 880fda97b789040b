import { isObjectId } from './people.ts';

/** Who is in the Microsoft Entra groups of the tenant. */
export interface DirectoryGroups {
  /**
   * The object ids, in small letters, of everybody who is in a group, directly or through groups inside it. Throws
   * ServiceFailure when the directory does not say, or knows no such group, or the group has too many people; and the
   * reason of an aborted signal.
   */
  members(groupId: string, signal: AbortSignal): Promise<readonly string[]>;
}

/** How an entry of the settings names a group rather than a person. */
const prefix = 'group:';

/** The object id of the group that an entry names (`group:<object id>`), in small letters; null for any other entry. */
export function groupOfEntry(entry: string): string | null {
  const text = entry.trim().toLowerCase();
  const id = text.startsWith(prefix) ? text.slice(prefix.length).trim() : '';
  return isObjectId(id) ? id : null;
}

/** The object ids of the groups that lists of people name, each once. */
export function groupsIn(entries: readonly string[]): readonly string[] {
  return [...new Set(entries.flatMap((entry) => groupOfEntry(entry) ?? []))];
}
