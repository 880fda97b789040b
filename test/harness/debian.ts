import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Path of the first of these programs on the PATH; null when there is none. */
export async function programOnPath(names: readonly string[]): Promise<string | null> {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const candidate = path.join(folder, name);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return null;
}

/** True when this file exists and is executable. */
export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Installs a Debian package if possible, which needs apt and root. Resolves to null, or to the reason why it was not
 * installed.
 */
export async function installDebianPackage(name: string): Promise<string | null> {
  const apt = await programOnPath(['apt-get']);
  if (apt === null) return `${name} is not installed and this machine has no apt to install it with`;
  if (process.getuid?.() !== 0) return `${name} is not installed and only root may run: apt-get install ${name}`;
  console.log(`Installing ${name} from Debian's packages ...`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 };
  const install = ['-o', 'DPkg::Lock::Timeout=600', 'install', '-y', name];
  try {
    await run(apt, install, options).catch(async () => {
      await run(apt, ['update'], options);
      await run(apt, install, options);
    });
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `apt-get install ${name} failed: ${message.slice(0, 500)}`;
  }
}
