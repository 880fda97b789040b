import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Another living process has the data folder; two at once would destroy the database in it. */
class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/**
 * Takes a data folder for this process. A lock left by a process that no longer lives is taken over.
 * Throws FolderInUseError when a living process holds it. Returns what gives it back.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'in-use-by.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) break;
      await rm(path, { force: true });
    }
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
