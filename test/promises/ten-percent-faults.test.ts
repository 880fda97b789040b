import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AssetFile } from '../../src/domain/asset-source.ts';
import { type Asset, type AssetKind, assetKinds } from '../../src/domain/assets.ts';
import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { shareOut } from '../../src/emulators/studio-classic/generated/plan.ts';
import { generatedWorkspace } from '../../src/local/generated-workspace.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../src/system-clock.ts';
import { Archive, exportInChat } from '../harness/exports.ts';
import { cardFor, linksOf, pressButton } from '../harness/talk.ts';
import { cardText, type PostedMessage, personalChat } from '../harness/teams.ts';
import { alex, megan, startWorld, type World } from '../harness/world.ts';
import { unzip } from '../harness/zip.ts';

/** Calls that fail, of all. */
const rate = 0.1;
const patient = new AbortController().signal;

/** What may go wrong in passing. Each strikes on its own. */
const transient = [
  ['is an error of the service (500)', { kind: 'status', status: 500 }],
  ['is an error in the words of the other surface (502)', { kind: 'status', status: 502, shape: 'management' }],
  ['is a refusal for the moment, as a bare line (503)', { kind: 'status', status: 503, shape: 'text' }],
  ['is “slow down” (429)', { kind: 'status', status: 429, headers: { 'Retry-After': '0' } }],
  ['is a connection that breaks before the work', { kind: 'reset' }],
  ['is a connection that breaks after the work', { kind: 'reset', after: 'effect' }],
  ['is an answer that breaks off', { kind: 'truncate', bytes: 150 }],
  ['is an answer that drips', { kind: 'drip', bytes: 512, everyMilliseconds: 1 }],
  ['is a page instead of data', { kind: 'html' }],
  ['is half a JSON text', { kind: 'malformed' }],
  ['is a wrong content type', { kind: 'content-type', value: 'text/plain' }],
  ['is only late', { kind: 'latency', milliseconds: 40 }],
] as const;
type Fault = (typeof transient)[number][1] | { readonly kind: 'vanish' };

/** Free workspaces that one test each may use up, and standard ones. */
const names = {
  free: [...transient.keys(), 'revoked export', 'revoked deletion', 'vanishing export', 'vanishing deletion'].map(
    (each) => `Free ${each}`,
  ),
  standard: [...transient.keys()].map((each) => `Paid ${each}`),
};
const counts = { ...shareOut(0, {}), datasets: 6, experiments: 6, models: 2, transforms: 1, notebooks: 1, projects: 1 };

let folder: string;
let world: World;
/** By name, also of workspaces that are gone. */
const workspaceIds = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steward-faults-'));
  for (const type of ['free', 'standard'] as const) {
    for (const [seed, name] of names[type].entries()) {
      const owner = type === 'free' ? alex.email : megan.email;
      const workspace = generatedWorkspace({
        name,
        type,
        owner,
        counts: { ...counts, webServices: 1 },
        bytes: 90_000,
        seed,
      });
      await mkdir(path.join(folder, name));
      await writeFile(path.join(folder, name, 'workspace.json'), JSON.stringify(workspace));
    }
  }
  world = await startWorld({
    studio: { furtherSeeds: folder },
    // Looks for a deleted workspace four times a second.
    prepare: async (settings) => ({ ...settings, requests: { ...settings.requests, firstPollMs: 250 } }),
  });
  for (const [id, name] of world.studio.workspaceNames()) workspaceIds.set(name, id);
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => calm());

const control = (method: string, body: string | null) => fetch(`${world.studio.url}/_control/faults`, { method, body });
const calm = async (): Promise<void> => void (await control('DELETE', null));

/** Lets one call in ten fail, of those that concern these workspaces: in Studio, in its storage and in Azure. */
async function trouble(fault: Fault, ...workspaces: readonly string[]): Promise<void> {
  const ids = workspaces.map((name) => workspaceIds.get(name));
  const rule = { match: { pathPattern: [...ids, '/subscriptions/'].join('|') }, fault, rate, seed: workspaces.length };
  expect((await control('POST', JSON.stringify([rule]))).ok).toBe(true);
}

interface Truth {
  /** Checksum by kind, asset and file name; null for a file that nobody can have. */
  readonly files: ReadonlyMap<string, string | null>;
  readonly ids: ReadonlySet<string>;
}

/** The assets that the emulator holds in a workspace, read without any fault. */
async function* assetsOf(
  name: string,
): AsyncGenerator<{ readonly key: string; readonly asset: Asset; files(): Promise<readonly AssetFile[]> }> {
  const source = createStudioSource({ connections: world.studio.registrations(), clock: systemClock });
  const { workspaceId } = world.studio.workspace(name);
  for (const kind of assetKinds) {
    for await (const asset of source.list(workspaceId, kind, patient)) {
      yield { key: `${kind} ${asset.id}`, asset, files: () => source.files(workspaceId, asset, patient) };
    }
  }
}

async function truthOf(name: string): Promise<Truth> {
  const files = new Map<string, string | null>();
  const ids = new Set<string>();
  for await (const { key, files: read } of assetsOf(name)) {
    ids.add(key);
    for (const file of await read()) {
      const bytes = await file.open(patient).then(buffer, () => null);
      files.set(`${key} ${file.name}`, bytes && createHash('sha256').update(bytes).digest('hex'));
    }
  }
  return { files, ids };
}

async function idsOf(name: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of assetsOf(name)) found.push(key);
  return found;
}

/** The asset files of an archive, after a look at the bytes of each. */
function filesIn(archive: Archive): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { kind, id, fileName, path: at, sha256, complete } of archive.manifest.files) {
    expect(
      createHash('sha256')
        .update(archive.files.get(at) ?? '')
        .digest('hex'),
      at,
    ).toBe(sha256);
    if (kind !== 'workspace' && complete) found.set(`${kind} ${id} ${fileName}`, sha256);
  }
  return found;
}

/** That an archive has what the emulator holds, and names whatever it has not. Gives the files that it could have. */
function expectComplete(archive: Archive, truth: Truth, kinds: readonly AssetKind[] | null = null): string[] {
  const wanted = [...truth.files].filter(([key]) => kinds === null || kinds.some((kind) => key.startsWith(`${kind} `)));
  expect(wanted.length).toBeGreaterThan(0);
  const files = filesIn(archive);
  const named = new Set(archive.manifest.exceptions.map(({ kind, id }) => `${kind} ${id}`));
  const missing = wanted.filter(([key, sha256]) => sha256 === null || files.get(key) !== sha256);
  for (const [key] of missing)
    expect(
      [...named].some((asset) => key.startsWith(`${asset} `)),
      key,
    ).toBe(true);
  return missing.filter(([, sha256]) => sha256 !== null).map(([key]) => key);
}

async function archiveOf(card: PostedMessage): Promise<Archive> {
  const response = await fetch(linksOf(card)[0] ?? '');
  return new Archive(await unzip(Buffer.from(await response.arrayBuffer())), card, card);
}

/** Asks for something, and presses a button of the preview. */
async function order(person: ChatPerson, sentence: string, preview: string, button: string): Promise<PostedMessage> {
  await world.teams.write(person, sentence);
  const card = await cardFor(world.teams, person, preview);
  await pressButton(world.teams, person, card, button);
  return card;
}

/** The card's state once it tells an end. */
function ended(card: PostedMessage, ...words: readonly RegExp[]): Promise<PostedMessage> {
  return world.teams.waitFor(card.conversationId, (message) => {
    return message.id === card.id && words.every((word) => word.test(cardText(message.card)));
  });
}

describe('while one call in ten fails, every request ends right and complete, when the failure', () => {
  it.each(transient.map(([words, fault], index) => [words, fault, index] as const))(
    '%s',
    async (_words, fault, index) => {
      const free = `Free ${index}`;
      const paid = `Paid ${index}`;
      const truth = await truthOf(free);
      await trouble(fault, free, paid);

      const byAzure = removeThroughAzure(paid);
      const archive = await exportInChat(world, alex, `export workspace "${free}"`, `Export “${free}”?`);
      expect(expectComplete(archive, truth)).toEqual([]);

      const sets = await order(alex, `delete all datasets in workspace "${free}"`, `from “${free}”?`, 'Delete');
      expect(cardText((await ended(sets, /Deletion receipt/u, /Checked with a fresh list/u)).card)).not.toMatch(
        /not deleted/u,
      );

      const runs = await order(
        alex,
        `delete all experiments in workspace "${free}"`,
        `from “${free}”?`,
        'Export first',
      );
      const receipt = await ended(runs, /Deletion receipt/u, /Checked with a fresh list/u);
      const own = await cardFor(world.teams, alex, 'Deletion receipt', free, 'Download');
      expect(expectComplete(await archiveOf(own), truth, ['experiment'])).toEqual([]);
      expect(cardText(receipt.card)).not.toMatch(/not deleted/u);

      await calm();
      const left = await idsOf(free);
      expect([...left]).toEqual([...truth.ids].filter((id) => !/^(dataset|experiment) /u.test(id)));
      await trouble(fault, free, paid);

      const whole = await order(
        alex,
        `delete workspace "${free}"`,
        `Delete the whole workspace “${free}”?`,
        'Delete workspace',
      );
      await ended(whole, /Deleted the workspace|is gone, not confirmed/u, /Checked/u);
      await byAzure;
      const open = [...world.studio.workspaceNames().values()];
      expect(open).not.toContain(free);
      expect(open).not.toContain(paid);
      expect(open).toEqual(expect.arrayContaining(['Churn Lab', 'Fraud Detection']));
    },
  );

  async function removeThroughAzure(name: string): Promise<void> {
    const card = await order(
      megan,
      `delete workspace "${name}"`,
      `Delete the whole workspace “${name}”?`,
      'Delete workspace',
    );
    await ended(card, /Deleted the workspace|is gone, not confirmed/u, /Azure no longer lists it/u);
  }
});

describe('when nothing helps, the person is told and nothing else is touched:', () => {
  it('an export names each asset that vanishes on the way, and holds all others', async () => {
    const name = 'Free vanishing export';
    const truth = await truthOf(name);
    const preview = await seePreview(`export workspace "${name}"`, `Export “${name}”?`);
    await trouble({ kind: 'vanish' }, name);
    await pressButton(world.teams, alex, preview, 'Export');
    const card = await ended(preview, /is ready/u, /exception/u);
    await calm();
    // A project names what it holds, so its own file changes with that.
    const kinds = assetKinds.filter((kind) => kind !== 'project');
    expect(expectComplete(await archiveOf(card), truth, kinds).length).toBeGreaterThan(0);
    expect((await idsOf(name)).length).toBeLessThan(truth.ids.size);
  });

  it('an export whose token is revoked on the way names what it could not read', async () => {
    const name = 'Free revoked export';
    const truth = await truthOf(name);
    const preview = await seePreview(`export workspace "${name}"`, `Export “${name}”?`);
    await revokeAfter(20, 'GET', name);
    await pressButton(world.teams, alex, preview, 'Export');
    const card = await ended(preview, /is ready/u, /exception/u, /token/u);
    await calm();
    const archive = await archiveOf(card);
    expect(expectComplete(archive, truth).length).toBeGreaterThan(0);
    expect(filesIn(archive).size).toBeGreaterThan(0);
    expect(await idsOf(name)).toEqual([...truth.ids]);
  });

  it('a deletion tells of assets that somebody else deletes meanwhile', async () => {
    const name = 'Free vanishing deletion';
    const before = await idsOf(name);
    const preview = await seePreview(`delete all datasets in workspace "${name}"`, `from “${name}”?`);
    await trouble({ kind: 'vanish' }, name);
    await pressButton(world.teams, alex, preview, 'Delete');
    const receipt = await ended(preview, /Deletion receipt/u, /\d assets? deleted/u, /Checked with a fresh list/u);
    const said = cardText(receipt.card);
    const counted = [/(\d) assets? deleted/u, /(\d) more gone, not confirmed/u].map((each) =>
      Number(each.exec(said)?.[1] ?? 0),
    );
    expect(counted.reduce((sum, each) => sum + each, 0)).toBe(6);
    await calm();
    expect(await idsOf(name)).toEqual(before.filter((key) => !key.startsWith('dataset ')));
  });

  it('a deletion whose token is revoked on the way tells which are gone, and how many are left', async () => {
    const name = 'Free revoked deletion';
    const before = new Map<string, string>();
    for await (const { key, asset } of assetsOf(name)) before.set(key, asset.name);
    const preview = await seePreview(`delete all datasets in workspace "${name}"`, `from “${name}”?`);
    await revokeAfter(2, 'DELETE', name);
    await pressButton(world.teams, alex, preview, 'Delete');
    const card = await ended(preview, /Deletion (receipt|failed)/u);
    await calm();
    const left = new Set(await idsOf(name));
    const gone = [...before].filter(([key]) => !left.has(key));
    expect(gone.length).toBe(2);
    const said = cardText(card.card);
    for (const [key, asset] of gone) {
      expect(key).toMatch(/^dataset /u);
      expect(said).toContain(asset);
    }
    expect(said).toMatch(new RegExp(`${gone.length} assets? (already )?deleted`, 'u'));
    expect(said).toMatch(new RegExp(`${6 - gone.length} assets? not deleted`, 'u'));
  });

  async function seePreview(sentence: string, title: string): Promise<PostedMessage> {
    await world.teams.write(alex, sentence);
    return cardFor(world.teams, alex, title);
  }

  /** Somebody regenerates a workspace's tokens after some more calls. */
  async function revokeAfter(calls: number, method: string, name: string): Promise<void> {
    const match = { method, pathPattern: `/workspaces/${workspaceIds.get(name)}` };
    const rule = { match, fault: { kind: 'revoke-token' }, skip: calls, times: 1 };
    expect((await control('POST', JSON.stringify([rule]))).ok).toBe(true);
  }
});

it('nobody is shown a stack trace or a bare status, and the log has no error', () => {
  for (const person of [alex, megan]) {
    for (const { card } of world.teams.messages(personalChat(person))) {
      expect(cardText(card)).not.toMatch(/\bat .*\.[jt]s:\d+|Error:|undefined|\b[45]\d\d\b.*(?<!\{)\{(?!\{)/u);
    }
  }
  expect(world.log.filter((line) => /"level":(50|"error")/u.test(line))).toEqual([]);
});
