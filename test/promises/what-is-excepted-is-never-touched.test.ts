import { afterEach, describe, expect, it } from 'vitest';
import type { Action } from '../../src/domain/actions.ts';
import { refusalSentence } from '../../src/domain/refusals.ts';
import { searchName } from '../../src/understanding/resolve.ts';
import type { AssetFinding } from '../../src/workflows/selection/asset-finding.ts';
import { selectAssets } from '../../src/workflows/selection/select-assets.ts';
import { asker } from '../harness/job-services.ts';
import { inTurn, json, type ScriptedServer, startScriptedServer } from '../sources/studio-classic/scripted-server.ts';
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

const dataset = (name: string, nth: number) =>
  datasetPayload('http://127.0.0.1:1', { Id: `${workspaceId}.f${nth}.v1`, FamilyId: `f${nth}`, Name: name });

/** Selects all datasets but some; each of the lists is what Studio shows the next time it is asked. */
async function select(except: readonly string[], ...lists: readonly (readonly string[])[]): Promise<AssetFinding> {
  const answers = lists.map((names) => json(names.map(dataset)));
  server = await startScriptedServer({ [`GET ${workspacePath}/datasources`]: inTurn(...answers) });
  const services = { source: sourceAt(server.url), searchName };
  const exceptions = except.map((name) => ({ kind: 'dataset' as const, name }));
  return selectAssets(
    services,
    { kind: 'dataset', except: exceptions },
    { action: 'delete', requester: asker },
    lab,
    patient,
  );
}

async function taken(finding: AssetFinding): Promise<{ names: string[]; decision: string | null }> {
  if (finding.kind !== 'found') throw new Error(`not found: ${JSON.stringify(finding)}`);
  const names = (await Array.fromAsync(finding.assets)).map(({ name }) => name).sort();
  return { names, decision: finding.decision()?.reason ?? null };
}

describe('everything except a name', () => {
  it('is everything but what bears exactly this name', async () => {
    const all = ['churn.csv', 'Churn.csv', 'loans.csv'];
    expect(await taken(await select(['churn.csv'], all))).toEqual({
      names: ['Churn.csv', 'loans.csv'],
      decision: null,
    });
  });

  it('leaves out all that bear the name', async () => {
    const all = ['churn.csv', 'loans.csv', 'churn.csv'];
    expect(await taken(await select(['churn.csv'], all))).toEqual({ names: ['loans.csv'], decision: null });
  });

  it('leaves out what differs from the name in case and white space alone, when nothing bears it exactly', async () => {
    const all = ['Churn  Data', 'CHURN DATA', 'loans.csv'];
    expect(await taken(await select(['churn data'], all))).toEqual({ names: ['loans.csv'], decision: null });
  });

  it('is refused when nothing bears the name', async () => {
    expect(await select(['chrun.csv'], ['churn.csv', 'loans.csv'])).toMatchObject({
      kind: 'refusal',
      refusal: { reason: 'unknown-asset', name: 'chrun.csv' },
    });
  });

  it('does not count when the name is no longer there in the very list that is acted on', async () => {
    const finding = await select(['churn.csv'], ['churn.csv', 'loans.csv'], ['renamed.csv', 'loans.csv']);
    expect((await taken(finding)).decision).toBe('unknown-asset');
  });

  it('does not count when only another spelling of the name is left', async () => {
    const finding = await select(['churn.csv'], ['churn.csv', 'loans.csv'], ['Churn.csv', 'loans.csv']);
    expect((await taken(finding)).decision).toBe('unknown-asset');
  });

  it('is refused when nothing else is there', async () => {
    expect(await taken(await select(['churn.csv'], ['churn.csv']))).toEqual({ names: [], decision: 'unknown-asset' });
  });
});

describe('every experiment except one', () => {
  const run = (name: string, parent: string | null) => ({
    ExperimentId: `${workspaceId}.f-id.${name}`,
    ParentExperimentId: parent === null ? null : `${workspaceId}.f-id.${parent}`,
    Description: name,
    Creator: 'alexw@example.com',
    Status: { StatusCode: 'Finished', CreationTime: '/Date(1561021000000)/' },
  });
  const family = [run('root', null), ...['A', 'B', 'C', 'D', 'E'].map((name) => run(name, 'root')), run('X', null)];

  async function selectRuns(action: Action, except: readonly string[], runs = family): Promise<AssetFinding> {
    server = await startScriptedServer({
      [`GET ${workspacePath}/experiments`]: json(runs),
      [`GET ${workspacePath}/datasources`]: json([]),
    });
    const services = { source: sourceAt(server.url), searchName };
    const exceptions = except.map((name) => ({ kind: 'experiment' as const, name }));
    return selectAssets(
      services,
      { kind: 'experiment', except: exceptions },
      { action, requester: asker },
      lab,
      patient,
    );
  }

  it.each(['delete', 'export-then-delete'] as const)(
    'is refused to %s when others share its earlier runs, which would go with them',
    async (action) => {
      const finding = await selectRuns(action, ['B']);
      if (finding.kind !== 'found') throw new Error('not found');
      await Array.fromAsync(finding.assets);
      const refusal = finding.decision();
      expect(refusal).toMatchObject({ reason: 'shares-history', name: 'B' });
      const sentence = refusal === null ? '' : refusalSentence(refusal);
      expect(sentence).toMatch(/“B”.*“[A-E]”, “[A-E]”, “[A-E]”,? and 1 more.*Nothing was done.*Keep/u);
    },
  );

  it('is taken when all that share its earlier runs are kept as well', async () => {
    const finding = await selectRuns('delete', ['A', 'B', 'C', 'D', 'E']);
    expect(await taken(finding)).toEqual({ names: ['X'], decision: null });
  });

  it('is taken when it shares nothing', async () => {
    const finding = await selectRuns('delete', ['X']);
    expect(await taken(finding)).toEqual({ names: ['A', 'B', 'C', 'D', 'E'], decision: null });
  });

  it('is exported, whatever is shared', async () => {
    expect(await taken(await selectRuns('export', ['B']))).toEqual({
      names: ['A', 'C', 'D', 'E', 'X'],
      decision: null,
    });
  });
});

describe('the number of assets', () => {
  it('does not matter for how many lists are read: one, and one more for exceptions', async () => {
    const all = Array.from({ length: 2_000 }, (_, nth) => `churn ${nth}.csv`);
    expect((await taken(await select([], all))).names).toHaveLength(2_000);
    expect(server?.seen).toHaveLength(1);
    await server?.[Symbol.asyncDispose]();
    expect((await taken(await select(['churn 7.csv', 'churn 8.csv'], all))).names).toHaveLength(1_998);
    expect(server?.seen).toHaveLength(2);
  });
});
