import { readFileSync } from 'node:fs';
import type { Clock } from '../domain/clock.ts';

/** Interval of the check whether npm still runs, in milliseconds. */
const checkIntervalMs = 1_000;

/**
 * Calls `end` when this process was started by npm and npm has ended. npm does not forward a signal that only npm
 * itself receives, as from a supervisor, so its children would keep running without a parent. Does nothing when started
 * otherwise, or on a system without /proc.
 */
export function endWithNpm(end: () => void, clock: Clock): void {
  // npm starts its script in a shell, which is the direct parent on most systems.
  const [parent, grandparent] = [identityOf(process.ppid), identityOf(parentOf(process.ppid))];
  const npm = [parent, grandparent].find((each) => each !== null && isNpm(each.id));
  if (!npm) return;
  const watch = async () => {
    while (identityOf(npm.id)?.startedAt === npm.startedAt) await clock.wait(checkIntervalMs);
    end();
  };
  void watch();
}

/** A process by its id and start time, since ids are reused; null when it has ended or is unknown. */
function identityOf(id: number | null): { readonly id: number; readonly startedAt: string } | null {
  const fields = id === null ? null : statOf(id);
  // "Z" is a zombie: it has ended, and its parent has not collected its status yet.
  if (id === null || fields === null || fields[0] === 'Z') return null;
  return { id, startedAt: fields[19] ?? '' };
}

function parentOf(id: number): number | null {
  const parent = Number(statOf(id)?.[1]);
  return Number.isInteger(parent) && parent > 1 ? parent : null;
}

/** The fields of `/proc/<id>/stat` after the name of the program, which may contain blanks and brackets itself. */
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
