import path from 'node:path';
import { type StudioEmulator, startStudioEmulator } from '../emulators/studio-classic/studio-emulator.ts';
import { systemClock } from '../system-clock.ts';
import { readArguments } from './arguments.ts';
import { type Azurite, startAzurite } from './azurite.ts';

const usage = `Starts an emulator of Azure Machine Learning Studio (classic) on this machine.

  npm run local:studio -- [--seed <folder>] [--port <n>] [--data <folder>] [--blob-port <n>]

  --seed       folder that describes the workspaces; read at the first start only (default: the built-in one)
  --port       port of the emulator, 0 for any free one (default 7071)
  --blob-port  port of the blob service, 0 for any free one (default 0)
  --data       folder for all data; delete it to start from scratch (default .data/studio/<name of the seed>)
  --blob-proxy serves downloads through the emulator, so that faults can be injected into them too
  --link-life  lifetime of links to blobs, in seconds (default 86400)`;

const builtInSeed = path.join(import.meta.dirname, 'seeds', 'default');

const values = readArguments(usage, {
  seed: { type: 'string', default: builtInSeed },
  port: { type: 'string', default: '7071' },
  'blob-port': { type: 'string', default: '0' },
  data: { type: 'string' },
  'blob-proxy': { type: 'boolean', default: false },
  'link-life': { type: 'string', default: '86400' },
  help: { type: 'boolean', short: 'h' },
});

await run().catch(fail);

async function run(): Promise<void> {
  const seedFolder = path.resolve(values.seed);
  const data = path.resolve(values.data ?? path.join('.data', 'studio', path.basename(seedFolder)));
  const port = wholeNumber('port', 65_535);
  const blobPort = wholeNumber('blob-port', 65_535);
  const linkLifetimeMs = wholeNumber('link-life', 31_536_000) * 1_000;
  const azurite = await startAzurite({ dataFolder: path.join(data, 'blobs'), port: blobPort, silent: true });
  const emulator = await startStudioEmulator({
    clock: systemClock,
    blobClock: systemClock,
    dataFolder: path.join(data, 'state'),
    seedFolder,
    port,
    blobs: azurite,
    blobProxy: values['blob-proxy'],
    linkLifetimeMs,
    deletionLagMs: 2_000,
    onError: (error) => say(`Error in the emulator: ${error instanceof Error ? error.stack : String(error)}`),
  }).catch(async (error: unknown) => {
    await azurite.close();
    throw error;
  });
  introduce(emulator, azurite, data);

  let stopping = false;
  const stop = async () => {
    stopping = true;
    await emulator.close();
    await azurite.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  const how = await azurite.ended;
  if (stopping) return;
  await emulator.close();
  throw new Error(`The blob service ended unexpectedly. ${how}`);
}

function introduce(emulator: StudioEmulator, azurite: Azurite, data: string): void {
  const names = emulator.workspaceNames();
  say(`Studio (classic) emulator: ${emulator.url}/api/ (management host: ${emulator.url}/)`);
  say(
    `Resource Manager: ${emulator.resourceManager.endpoint}/subscriptions/ (bearer token ${emulator.resourceManager.token})`,
  );
  say(`Blobs: ${azurite.url}`);
  say(`State: ${data}`);
  for (const { workspaceId, token } of emulator.registrations()) {
    say(`\n  ${names.get(workspaceId)}\n    workspace ${workspaceId}\n    token     ${token}`);
  }
  say(`\nStop with Ctrl-C${process.platform === 'win32' ? '' : ` or kill ${process.pid}`}.`);
}

function wholeNumber(name: 'port' | 'blob-port' | 'link-life', most: number): number {
  const text = values[name];
  const number = Number(text);
  if (/^\d+$/u.test(text) && number <= most) return number;
  throw new RangeError(`--${name} must be a whole number up to ${most}, not "${text}".`);
}

function fail(error: unknown): void {
  say(`The emulator cannot run. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
