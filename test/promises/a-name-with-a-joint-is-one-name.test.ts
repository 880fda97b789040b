import { afterEach, describe, expect, it } from 'vitest';
import type { AssetMention } from '../../src/domain/asset-mentions.ts';
import { listedNames } from '../../src/domain/joined-names.ts';
import type { Ask } from '../../src/domain/request.ts';
import { findWorkspace } from '../../src/requests/find-workspace.ts';
import type { VisibleWorkspace } from '../../src/requests/visible-workspaces.ts';
import { placeOf } from '../../src/teams/answers/request-answers.ts';
import type { Slots } from '../../src/understanding/intents.ts';
import { read, readOwnWords } from '../../src/understanding/read.ts';
import { resolveName, searchName } from '../../src/understanding/resolve.ts';
import type { AssetFinding } from '../../src/workflows/selection/asset-finding.ts';
import { findAssets } from '../../src/workflows/selection/find-assets.ts';
import { asker } from '../harness/job-services.ts';
import { json, type ScriptedServer, startScriptedServer } from '../sources/studio-classic/scripted-server.ts';
import {
  datasetPayload,
  patient,
  sourceAt,
  workspaceId,
  workspacePath,
} from '../sources/studio-classic/small-studio.ts';

const lab = { id: workspaceId, name: 'Churn Lab' };
let server: ScriptedServer | null = null;
afterEach(() => server?.[Symbol.asyncDispose]());

/** What a sentence means in a workspace with these datasets. */
async function referent(sentence: string, names: readonly string[]): Promise<string[] | string> {
  const dataset = (name: string, nth: number) =>
    datasetPayload('http://127.0.0.1:1', { Id: `${workspaceId}.f${nth}.v1`, FamilyId: `f${nth}`, Name: name });
  server = await startScriptedServer({ [`GET ${workspacePath}/datasources`]: json(names.map(dataset)) });
  const { slots, intent } = readOwnWords(sentence, undefined, '2026-11-01');
  if (intent === 'none') return 'none';
  const services = { source: sourceAt(server.url), searchName };
  return told(await findAssets(services, { ask: askOf(slots), requester: asker }, lab, patient));
}

function askOf(slots: Slots): Ask {
  const mentions = slots.assets ?? [];
  const selection = slots.all ? { selection: { kind: slots.kind, except: slots.except ?? [] } } : {};
  return { action: 'delete', target: 'assets', data: 'customer', mentions, ...selection } as Ask;
}

async function told(finding: AssetFinding): Promise<string[] | string> {
  if (finding.kind === 'refusal') return finding.refusal.reason;
  if (finding.kind === 'choice') return finding.choice.question;
  return (await Array.fromAsync(finding.assets)).map(({ name }) => name).sort();
}

/** Names with a joint in them, and the parts that they look like. */
const joined: readonly (readonly [whole: string, parts: readonly string[]])[] = [
  ['R&D.csv', ['R', 'D.csv']],
  ['R & D.csv', ['R', 'D.csv']],
  ['a and b.csv', ['a', 'b.csv']],
  ['x, y.csv', ['x', 'y.csv']],
  ['x,y.csv', ['x', 'y.csv']],
  ['A + B', ['A', 'B']],
  ['Alpha + Beta', ['Alpha', 'Beta']],
  ['north, south and east.csv', ['north', 'south', 'east.csv']],
  ['left;right.csv', ['left', 'right.csv']],
  ['a, b and c.csv', ['a', 'b', 'c.csv']],
  ['salt & pepper & oil.csv', ['salt', 'pepper', 'oil.csv']],
];

describe('a name with a joint in it', () => {
  it.each(joined)('%s is one name when it exists', async (whole, parts) => {
    expect(await referent(`delete datasets ${whole}`, [whole, 'other.csv'])).toEqual([whole]);
    await server?.[Symbol.asyncDispose]();
    // With one part missing the list cannot be meant.
    expect(await referent(`delete datasets ${whole}`, [whole, ...parts.slice(1)])).toEqual([whole]);
  });

  it.each(joined)('%s is several names when only those exist', async (whole, parts) => {
    expect(await referent(`delete datasets ${whole}`, [...parts, 'other.csv'])).toEqual([...parts].sort());
  });

  it.each(joined)('%s is asked about when both exist', async (whole, parts) => {
    expect(await referent(`delete datasets ${whole}`, [whole, ...parts])).toBe('joined-name');
  });

  // "a" is an article there, so nobody can say what is kept.
  it('that begins with an article is asked about behind "except"', async () => {
    expect(await referent('delete all datasets except a and b.csv', ['a and b.csv', 'other.csv'])).toBe('none');
  });

  it.each(joined.filter(([whole]) => !/^a\b/iu.test(whole)))(
    '%s is kept as one by an exception, and never taken with the rest',
    async (whole, parts) => {
      expect(await referent(`delete all datasets except ${whole}`, [whole, 'other.csv'])).toEqual(['other.csv']);
      await server?.[Symbol.asyncDispose]();
      expect(await referent(`delete all datasets except ${whole}`, [whole, ...parts, 'other.csv'])).toBe('joined-name');
      await server?.[Symbol.asyncDispose]();
      expect(await referent(`delete all datasets except ${whole}`, [...parts, 'other.csv'])).toEqual(['other.csv']);
    },
  );

  it('may stand in a list', async () => {
    const all = ['R&D.csv', 'x, y.csv', 'z.csv', 'other.csv'];
    expect(await referent('delete datasets R&D.csv, x, y.csv and z.csv', all)).toEqual([
      'R&D.csv',
      'x, y.csv',
      'z.csv',
    ]);
  });

  it('is one name with a sign that joins no list', async () => {
    expect(await referent('delete dataset Q1/Q2', ['Q1/Q2', 'Q1', 'Q2'])).toEqual(['Q1/Q2']);
  });

  it('in quotes is one name whatever else there is', async () => {
    expect(await referent('delete dataset "R&D.csv"', ['R&D.csv', 'R', 'D.csv'])).toEqual(['R&D.csv']);
    await server?.[Symbol.asyncDispose]();
    expect(await referent('delete datasets "R" and "D.csv"', ['R and D.csv', 'R', 'D.csv'])).toEqual(['D.csv', 'R']);
  });

  it('is said again as it was', () => {
    const write = ({ name }: AssetMention) => `"${name}"`;
    const assets = (sentence: string) => readOwnWords(sentence).slots.assets ?? [];
    expect(listedNames(assets('delete datasets R&D.csv'), write)).toBe('R&D.csv');
    expect(listedNames(assets('delete datasets "a" and "b"'), write)).toBe('"a" and "b"');
  });

  it('shows in no slot that is measured', () => {
    expect(read('delete datasets a.csv and b.csv').slots).toEqual({
      assets: [
        { kind: 'dataset', name: 'a.csv' },
        { kind: 'dataset', name: 'b.csv' },
      ],
    });
  });
});

describe('what stands behind an exception', () => {
  it.each([
    'delete all datasets except churn.csv; old.csv and the rest',
    'delete all datasets except churn.csv\nold.csv',
    'delete all datasets except churn.csv: old.csv',
    'delete all datasets except churn.csv, the old ones',
    'delete all datasets except churn.csv. And dataset old.csv',
  ])('is never taken with the rest: %j', (sentence) => {
    const { intent, slots } = readOwnWords(sentence, undefined, '2026-11-01');
    if (intent === 'delete.assets') expect(slots.except?.map(({ name }) => name).join(' ')).toContain('old');
  });

  it('may be polite, or another command', () => {
    for (const end of [
      '',
      ' please',
      ', please',
      ', thanks',
      '. Thanks!',
      ' because we moved',
      ', but export them first',
    ])
      expect(readOwnWords(`delete all datasets except churn.csv${end}`).slots).toMatchObject({ all: true });
  });
});

describe('a workspace’s name with a joint in it', () => {
  const visible = (...names: string[]) =>
    names.map((name, nth) => ({
      workspace: { id: `w${nth}`, name, createdAt: null },
      role: 'owner',
    })) as unknown as readonly VisibleWorkspace[];

  function found(sentence: string, ...names: string[]): string {
    const { slots, intent } = readOwnWords(sentence, undefined, '2026-11-01');
    if (intent === 'none') return 'none';
    const finding = findWorkspace({ resolveName }, { ...askOf(slots), ...placeOf(slots) }, visible(...names));
    if (finding.kind === 'found') return finding.seen.workspace.name;
    return finding.kind === 'refusal' ? finding.refusal.reason : finding.choice.question;
  }

  it.each([
    ['export workspace R&D Lab', 'R&D Lab', 'R'],
    ['export workspace A + B', 'A + B', 'A'],
    ['delete workspace Salt and Pepper', 'Salt and Pepper', 'Salt'],
    ['delete workspace Q1/Q2', 'Q1/Q2', 'Q1'],
    ['export workspace North, South', 'North, South', 'North'],
    ['delete dataset churn.csv from Salt and Pepper', 'Salt and Pepper', 'Salt'],
    ['delete all datasets in workspace A + B', 'A + B', 'A'],
  ])('%s', (sentence, whole, part) => {
    expect(found(sentence, whole, 'Other')).toBe(whole);
    // The part alone is never taken for all that was said.
    expect(found(sentence, part, 'Other')).not.toBe(part);
    expect([whole, 'which-workspace']).toContain(found(sentence, whole, part));
  });

  it('does not hide that two are named', () => {
    expect(found('export workspace Churn Lab and Fraud Detection', 'Churn Lab', 'Fraud Detection')).toBe(
      'one-workspace-at-a-time',
    );
    expect(found('export workspace Churn Lab and send it to me', 'Churn Lab', 'Fraud Detection')).toBe('Churn Lab');
    expect(found('export workspace Churn Lab, please', 'Churn Lab', 'Fraud Detection')).toBe('Churn Lab');
  });
});
