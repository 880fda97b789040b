import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodedText, storable } from '../../src/domain/storable-text.ts';
import { anyText } from '../harness/any-text.ts';
import { exportInChat } from '../harness/exports.ts';
import { createTestDatabase, describeOnPostgres, type TestDatabase } from '../harness/postgres.ts';
import { StudioPerson } from '../harness/studio-person.ts';
import { cardFor, pressButton } from '../harness/talk.ts';
import { cardText, personalChat } from '../harness/teams.ts';
import { alex, isaiah, startWorld, type World } from '../harness/world.ts';

const seed = 20_261_128;
/** Names that a public API takes and a person's keyboard does not make. */
const names = [
  ...[
    'bad\0name.csv',
    'half\ud83d.csv',
    '\ude00',
    'x\u202ecsv.exe',
    'a\u200bb.csv',
    '\ufffd0000.csv',
    `${'long '.repeat(2_000)}.csv`,
  ],
  ...fc.sample(anyText, { numRuns: 20, seed }),
].map((name, index) => (name.trim() === '' ? `unnamed ${index}` : name));
const workspaceName = 'Odd\0 Lab\ud83d';
const own = { createdAt: '2016-03-01T00:00:00Z' };

/** A workspace whose every name, owner and description is odd. */
const workspace = {
  id: 'abadcafeabadcafeabadcafeabadcafe',
  name: workspaceName,
  description: 'for\0 what',
  type: 'Free',
  createdAt: '2014-12-01T09:00:00Z',
  ownerEmail: alex.email,
  members: [{ email: alex.email, name: 'Al\0ex\ud83d', role: 'Owner' }],
  datasets: names.map((name, index) => ({
    key: `d${index}`,
    name,
    owner: name,
    description: name,
    dataTypeId: 'GenericCSV',
    versions: [{ ...own, uploadedFrom: name, content: { text: `a\n${index}\n` } }],
  })),
  experiments: [
    {
      name: 'ex\0p\ud83d',
      creator: 'R\ud83d',
      summary: '\0',
      ...own,
      nodes: [{ key: 'reader', module: 'Convert to CSV', comment: '\0', inputs: [{ port: 'Dataset', dataset: 'd0' }] }],
    },
  ],
  notebooks: [{ name: 'note\0book\ude00', author: '\ud83d', createdAt: own.createdAt, modifiedAt: own.createdAt }],
  projects: [{ name: 'pro\0ject', creator: '\ude00', contents: { datasets: ['d0'] } }],
};

const shownName = encodedText(workspaceName);

function passesEverySuite(database: () => Promise<{ settings: object; drop: () => Promise<void> }>): void {
  let world: World;
  let folder: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'steward-odd-'));
    await mkdir(path.join(folder, 'odd'));
    await writeFile(path.join(folder, 'odd', 'workspace.json'), JSON.stringify(workspace));
    const opened = await database();
    drop = opened.drop;
    world = await startWorld({ studio: { furtherSeeds: folder }, ...opened.settings });
  });
  afterAll(async () => {
    await world?.close();
    await drop?.();
    await rm(folder, { recursive: true, force: true });
  });

  it('a sender may be called anything, and every field of the activity may hold anything', async () => {
    const { teams } = world;
    const said = async (more: object, id: string) => {
      const from = { id: isaiah.id, aadObjectId: isaiah.objectId, name: 'Bad\ud83dNa\0me' };
      const activity = teams.activity(isaiah, {
        type: 'message',
        id,
        text: 'help',
        from,
        recipient: { id: 'bot', name: 'Stew\0ard\ud83d' },
        locale: 'en\0-\ud83d',
        entities: [{ type: 'clientInfo', locale: '\0', country: '\ud83d' }],
        channelData: { tenant: { id: teams.activity(isaiah, {}).channelData.tenant.id }, more: [{ '\0': '\ud83d' }] },
        ...more,
      });
      expect((await teams.send(activity)).status).toBe(200);
    };
    await said({}, 'i\0d\ud83d');
    await cardFor(teams, isaiah, /what I can do/iu);
    const shown = new Set(teams.messages(personalChat(isaiah)).map(({ id }) => id));
    await said({ text: 'delete dataset "half\ud83d.csv" in workspace "Nowhere \0Lab"' }, 'other\0');
    const answer = await teams.waitFor(personalChat(isaiah), ({ id }) => !shown.has(id));
    expect(cardText(answer.card)).toMatch(/Deletion not possible.*I cannot find a workspace/u);
  });

  it('an activity with an id of thousands of characters is refused, and says so', async () => {
    const { teams } = world;
    for (const more of [{ id: 'i'.repeat(5_000) }, { conversation: { id: 'c'.repeat(5_000) } }]) {
      const response = await teams.send(teams.activity(isaiah, { type: 'message', text: 'help', ...more }));
      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(/id in the body is too long/u);
    }
  });

  it('a whole workspace of such names is exported with all of its files, and then they are deleted', async () => {
    const title = `Export “${shownName}”?`;
    const archive = await exportInChat(world, alex, `export workspace "${storable(workspaceName)}"`, title);
    const { manifest } = archive;
    expect(manifest.exceptions.filter(({ kind }) => kind !== 'notebook')).toEqual([]);
    const contents = manifest.files.filter(({ kind, role }) => kind === 'dataset' && role === 'content');
    expect(contents.map(({ name }) => name).sort()).toEqual(names.map(encodedText).sort());
    for (const { path: at } of manifest.files) expect(archive.files.has(at), at).toBe(true);
    expect(archive.text('README.txt')).toContain(shownName);

    const { teams, studio } = world;
    await teams.write(alex, `delete all datasets in workspace "${storable(workspaceName)}"`);
    const preview = await cardFor(teams, alex, `Delete ${names.length} datasets from “${shownName}”?`);
    // What Studio does on behalf of those who use a dataset makes no difference.
    await pressButton(teams, alex, preview, 'Delete');
    const receipt = await cardFor(teams, alex, 'Checked with a fresh list', `${names.length} `);
    expect(receipt.id).toBe(preview.id);
    const left = await new StudioPerson(studio, workspaceName).names();
    expect(left.filter((name) => names.includes(name))).toEqual([]);
  });
}

describe('odd text, on PGlite', () => {
  passesEverySuite(async () => ({ settings: {}, drop: async () => undefined }));
});

describeOnPostgres('odd text, on PostgreSQL', () => {
  passesEverySuite(async () => {
    const database: TestDatabase = await createTestDatabase();
    const settings = { database: { kind: 'postgres', url: database.url, maxConnections: 4 } };
    return { settings, drop: () => database.drop() };
  });
});
