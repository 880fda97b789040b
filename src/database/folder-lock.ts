import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another running process uses the data folder; two at once would destroy the database in it. */
class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Locks a data folder for this process with a file that holds its process id. A stale lock, of a process that has
 * ended, is replaced. Throws FolderInUseError when a running process holds the lock. Returns a function that releases
 * it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const lock = join(folder, 'in-use-by.pid');
  const own = join(folder, `in-use-by.pid.${process.pid}`);
  // Written first and then linked (atomic), so that a lock without a process id is never read.
  await writeFile(own, String(process.pid));
  try {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        await link(own, lock);
        return () => rm(lock, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
        if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) break;
        await rm(lock, { force: true });
      }
    }
  } finally {
    await rm(own, { force: true });
  }
  throw new FolderInUseError(
    `The data folder ${folder} is in use by another Studio Steward. Stop that one, or name another folder.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
