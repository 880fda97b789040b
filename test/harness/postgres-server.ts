import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { installDebianPackage, isExecutable, programOnPath } from './debian.ts';
import { freePort } from './ports.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test run's own PostgreSQL server, or the reason why there is none. */
    postgres: { url: string } | { missing: string };
  }
}

const run = promisify(execFile);

/**
 * Global set-up of tests that use real services: a private PostgreSQL cluster in a temporary folder, from the machine's
 * installation or from Debian's packages. Returns the function that stops and removes it.
 */
export default async function providePostgres(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const server = await startPostgres();
  if ('missing' in server) {
    console.warn(`The tests on PostgreSQL are skipped: ${server.missing}.`);
    project.provide('postgres', server);
    return undefined;
  }
  project.provide('postgres', { url: server.url });
  return server.close;
}

/** Starts a private PostgreSQL cluster in a temporary folder, or returns why that is not possible. */
export async function startPostgres(): Promise<{ url: string; close: () => Promise<void> } | { missing: string }> {
  const programs = await findPrograms();
  return 'missing' in programs ? programs : startCluster(programs.folder);
}

async function findPrograms(): Promise<{ folder: string } | { missing: string }> {
  const present = await installedPrograms();
  if (present !== null) return { folder: present };
  const problem = await installDebianPackage('postgresql');
  const installed = await installedPrograms();
  return installed === null
    ? { missing: problem ?? 'postgresql was installed but has no initdb' }
    : { folder: installed };
}

/** Debian installs the server's programs outside the PATH, in one folder per version. */
async function installedPrograms(): Promise<string | null> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const newestFirst = versions
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => b - a);
  for (const version of newestFirst) {
    const folder = `/usr/lib/postgresql/${version}/bin`;
    if (await isExecutable(path.join(folder, 'initdb'))) return folder;
  }
  const onPath = await programOnPath(['initdb']);
  return onPath === null ? null : path.dirname(onPath);
}

async function startCluster(programs: string): Promise<{ url: string; close: () => Promise<void> }> {
  const account = await serverAccount();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'steward-postgres-'));
  if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
  const data = path.join(folder, 'data');
  await run(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'steward', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { cwd: folder, ...account },
  );
  const port = await freePort();
  const server = spawn(
    'sh',
    ['-c', untilInputCloses, folder, path.join(programs, 'postgres'), ...serverSettings(data, port)],
    {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
      ...account,
    },
  );
  const ended = once(server, 'exit');
  const close = async () => {
    server.stdin?.end();
    await ended;
  };
  try {
    await untilReady(server);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `postgres://steward@127.0.0.1:${port}/postgres`, close };
}

/**
 * Runs the server until its standard input closes, which also happens when the test run is killed. Then interrupts the
 * server (a fast shutdown) and removes its folder. Only the server has the log open, so the log ends with it.
 */
const untilInputCloses =
  '"$@" </dev/null & server=$!; exec 2>/dev/null; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$0"';

function serverSettings(data: string, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function untilReady(server: ChildProcess): Promise<void> {
  if (!server.stderr) throw new Error('The PostgreSQL server has no log.');
  const said: string[] = [];
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    if (line.includes('ready to accept connections')) {
      server.stderr.resume();
      return;
    }
  }
  throw new Error(`PostgreSQL did not start: ${said.slice(-5).join(' | ')}`);
}

/** The server does not run as root: as root it uses Debian's account for it, or else the account nobody. */
async function serverAccount(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const account = lines.find(([name]) => name === 'postgres') ?? lines.find(([name]) => name === 'nobody');
  if (!account) throw new Error('PostgreSQL refuses to run as root and there is no account "postgres" or "nobody".');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}
