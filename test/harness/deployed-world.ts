import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inject } from 'vitest';
import { chatPeople, chatTenantId } from '../../src/emulators/graph/sample-people.ts';
import { type SecureAzurite, startSecureAzurite } from '../archive/secure-azurite.ts';
import { emptyEmbedded } from './databases.ts';
import { startTestEmulator, type TestEmulator } from './emulator.ts';
import { Entra, type RegisteredApp } from './entra.ts';
import { freePort } from './ports.ts';
import { Teams } from './teams.ts';
import { namesOfMicrosoft, startTlsFront } from './tls-front.ts';

/** How the deployed bot authenticates. */
export type DeployedIdentity = 'secret' | 'managed-identity' | 'managed-identity-of-a-machine';

/**
 * Steward as it is deployed: `src/main.ts`, configured by environment variables only, with stand-ins for every service.
 */
export interface DeployedWorld {
  readonly entra: Entra;
  readonly teams: Teams;
  readonly studio: TestEmulator;
  readonly app: RegisteredApp;
  /** Address of the bot's web server. */
  readonly address: string;
  /** All lines that it wrote to standard output and standard error. */
  readonly lines: readonly string[];
  /** The current response of `/readyz`. */
  readiness(): Promise<{ status: number; body: Record<string, unknown> & { reasons?: Record<string, string> } }>;
  /** Resolves when the response of `/readyz` fits; rejects with its last response after a time-out. */
  becomes(fits: (readiness: { status: number; text: string }) => boolean): Promise<void>;
  /** Ends it as the platform does; resolves to its exit code. */
  terminate(): Promise<number | null>;
  close(): Promise<void>;
}

/** Services that several deployed bots can share, because each bot uses its own data in them. */
export interface SharedServices {
  readonly studio: TestEmulator;
  readonly blobs: SecureAzurite;
  close(): Promise<void>;
}

export async function startSharedServices(): Promise<SharedServices> {
  const [studio, blobs] = await Promise.all([startTestEmulator(), startSecureAzurite('names-of-microsoft')]);
  return { studio, blobs, close: async () => void (await Promise.all([studio.close(), blobs.close()])) };
}

/** Address of Teams' connector for a deployed bot. */
export const serviceUrl = 'https://smba.trafficmanager.net/';
const secret = 'The~Secret.of-the-bot';
const machineTokens = '169.254.169.254';

/**
 * Starts Steward with these services and waits until its web server responds. `variables` are added to the complete
 * settings; `arrange` is called with the stand-ins before Steward starts.
 */
export async function startDeployedWorld(
  { studio, blobs }: SharedServices,
  identity: DeployedIdentity,
  variables: Readonly<Record<string, string>> = {},
  arrange: (world: { readonly entra: Entra; readonly teams: Teams; readonly studio: TestEmulator }) => unknown = () =>
    undefined,
): Promise<DeployedWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'steward-deployed-'));
  const app: RegisteredApp = {
    appId: '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
    tenantId: chatTenantId,
    secret: identity === 'secret' ? secret : null,
  };
  // For storage, both kinds of deployments use the web app's managed identity.
  const ofStorage: RegisteredApp = { ...app, appId: '9a0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a22', secret: null };
  const [entra, teams, port] = await Promise.all([Entra.start([app, ofStorage]), Teams.start(chatPeople), freePort()]);
  teams.trust = {
    serviceUrl,
    accepts: async (authorization) => (await entra.speaker(authorization)) === app.appId,
    token: () => entra.channelToken(app.appId, serviceUrl),
  };
  await arrange({ entra, teams, studio });
  const behind = new Map([
    ['login.microsoftonline.com', entra.port],
    ['login.botframework.com', entra.port],
    ['smba.trafficmanager.net', Number(new URL(teams.url).port)],
    ['studioapi.azureml.net', Number(new URL(studio.url).port)],
    ['management.azureml.net', Number(new URL(studio.url).port)],
  ]);
  const front = await startTlsFront(behind);
  const storageHost = `${blobs.accountName}.blob.core.windows.net`;
  const routes = {
    ...Object.fromEntries([...behind.keys()].map((name) => [name, front.port])),
    [storageHost]: Number(new URL(blobs.url).port),
    [machineTokens]: entra.port,
  };
  const registrations = studio.registrations().map((each) => ({ ...each, endpoint: 'https://studioapi.azureml.net' }));
  // For one kind of deployment the folder does not exist, as at a first deployment.
  const data = path.join(folder, 'data');
  if (identity !== 'secret') await emptyEmbedded(data);
  const child = spawn(process.execPath, ['--import', preload, '--import', hurry, main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_EXTRA_CA_CERTS: namesOfMicrosoft('certificate.pem'),
      TEST_ROUTES: JSON.stringify(routes),
      PORT: String(port),
      HOST: '127.0.0.1',
      MICROSOFT_APP_ID: app.appId,
      MICROSOFT_APP_TENANT_ID: app.tenantId,
      ...(identity === 'secret'
        ? { MICROSOFT_APP_TYPE: 'SingleTenant', MICROSOFT_APP_PASSWORD: secret, AZURE_CLIENT_ID: ofStorage.appId }
        : { MICROSOFT_APP_TYPE: 'UserAssignedMSI' }),
      ...(identity === 'managed-identity-of-a-machine'
        ? {}
        : { IDENTITY_ENDPOINT: `http://127.0.0.1:${entra.port}/msi/token`, IDENTITY_HEADER: entra.identityHeader }),
      STORAGE_ACCOUNT_URL: `https://${storageHost}`,
      STUDIO_CONNECTIONS: JSON.stringify(registrations),
      DATA_FOLDER: data,
      NODE_COMPILE_CACHE: inject('compiledCode'),
      ...variables,
    },
  });
  const lines: string[] = [];
  const exited = once(child, 'exit') as Promise<[number | null]>;
  collect(child, lines);
  const address = `http://127.0.0.1:${port}`;
  teams.endpoint = `${address}/api/messages`;
  const close = async () => {
    child.kill('SIGKILL');
    await exited;
    await Promise.all([front.close(), entra.stop(), teams.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  const readiness = async () => {
    const response = await fetch(`${address}/readyz`);
    return { status: response.status, body: (await response.json()) as { reasons?: Record<string, string> } };
  };
  try {
    await answers(`${address}/healthz`, exited, lines);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    entra,
    teams,
    studio,
    app,
    address,
    lines,
    readiness,
    becomes: async (fits) => {
      let last = '';
      for (const until = Date.now() + 60_000; Date.now() < until; await pause(100)) {
        const now = await readiness().catch(() => null);
        if (now === null) continue;
        const { status, body } = now;
        last = JSON.stringify(body);
        if (fits({ status, text: last })) return;
      }
      throw new Error(`readiness stays ${last}\n${lines.join('\n')}`);
    },
    terminate: async () => {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
    close,
  };
}

const main = path.join(import.meta.dirname, '..', '..', 'src', 'main.ts');
const preload = new URL('to-loopback.ts', import.meta.url).href;
const hurry = new URL('hurried-waits.ts', import.meta.url).href;
/** Whether Steward lives and is ready is only told to whoever asks, so it is asked again in real time. */
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function collect(child: ChildProcess, lines: string[]): void {
  for (const output of [child.stdout, child.stderr]) {
    if (output) createInterface({ input: output }).on('line', (line) => void lines.push(line));
  }
}

async function answers(url: string, exited: Promise<unknown>, lines: readonly string[]): Promise<void> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(50)) {
    if (ended) break;
    const alive = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (alive) return;
  }
  throw new Error(`Steward did not start:\n${lines.join('\n')}`);
}
