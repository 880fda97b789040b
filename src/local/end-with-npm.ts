import { readFileSync } from 'node:fs';
import type { Clock } from '../domain/clock.ts';

/** How often it is looked whether npm still lives, in milliseconds. */
const everyMs = 1_000;

/**
 * Calls `end` when this was started by npm and npm is gone. npm hands on no signal that it gets alone, as a supervisor
 * sends it, and its children would stay: a server without anybody who knows of it. Started in another way, or on a
 * system without /proc, this does nothing.
 */
export function endWithNpm(end: () => void, clock: Clock): void {
  // npm starts its script in a shell, which stands between on most systems.
  const [parent, grandparent] = [identityOf(process.ppid), identityOf(parentOf(process.ppid))];
  const npm = [parent, grandparent].find((each) => each !== null && isNpm(each.id));
  if (!npm) return;
  const watch = async () => {
    while (identityOf(npm.id)?.startedAt === npm.startedAt) await clock.wait(everyMs);
    end();
  };
  void watch();
}

/** A process by its id and the moment it started, since ids are used again; null when it is gone or unknown. */
function identityOf(id: number | null): { readonly id: number; readonly startedAt: string } | null {
  const fields = id === null ? null : statOf(id);
  // "Z" is a process that has ended and waits for its parent to notice.
  if (id === null || fields === null || fields[0] === 'Z') return null;
  return { id, startedAt: fields[19] ?? '' };
}

function parentOf(id: number): number | null {
  const parent = Number(statOf(id)?.[1]);
  return Number.isInteger(parent) && parent > 1 ? parent : null;
}

/** The fields of `/proc/<id>/stat` from the state on; before it stands a name that may hold blanks and brackets. */
function statOf(id: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function isNpm(id: number): boolean {
  try {
    return /(?:^|[/\s\0])npm(?:-cli\.js)?(?:[\s\0]|$)/u.test(readFileSync(`/proc/${id}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}
