import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { endpointSchema, fetchEndpoint, plainClient } from './plain-client.ts';

let emulator: TestEmulator;
let free: ReturnType<typeof plainClient>;
let standard: ReturnType<typeof plainClient>;
beforeEach(async () => {
  emulator = await startTestEmulator();
  free = plainClient(emulator.workspace('Churn Lab'));
  standard = plainClient(emulator.workspace('Fraud Detection'));
});
afterEach(async () => {
  await emulator?.close();
});

const record = z.record(z.string(), z.unknown());
const resourceSchema = z.looseObject({
  Id: z.string(),
  FamilyId: z.string(),
  Name: z.string(),
  ExperimentId: z.string().nullable(),
  PromotedFrom: z.string().nullable(),
  DownloadLocation: endpointSchema,
});

describe('trained models and transforms', () => {
  it('are listed by family with their bytes and where they came from', async () => {
    const models = await free.json(z.array(resourceSchema), 'workspaces/{ws}/trainedmodels');
    expect(models.map((model) => model.Name)).toEqual(['Churn predictor', 'Churn predictor 2018']);
    const [promoted] = models;
    if (!promoted) throw new Error('The seed has no model.');
    expect(promoted.PromotedFrom).toMatch(/^[0-9a-f-]{36}-\d+:Trained model$/u);
    expect((await (await fetchEndpoint(promoted.DownloadLocation)).arrayBuffer()).byteLength).toBe(193024);
    const transforms = await free.json(z.array(resourceSchema), 'workspaces/{ws}/transformmodules');
    expect(transforms.map((transform) => transform.Name)).toEqual(['Churn cleaning']);
  });

  it('are kept from a node’s output; a taken name gets 409 unless it is a new version', async () => {
    const [model] = await free.json(z.array(resourceSchema), 'workspaces/{ws}/trainedmodels');
    const [ModuleNodeId, OutputName] = model?.PromotedFrom?.split(':') ?? [];
    const promotion = (Name: string, FamilyId: string | null) => ({
      ExperimentId: model?.ExperimentId,
      ModuleNodeId,
      OutputName,
      TrainedModel: {
        Name,
        DataTypeId: 'iLearnerDotNet',
        Description: '',
        SourceOrigin: 'FromOutputPromotion',
        FamilyId,
      },
    });
    const keep = (name: string, familyId: string | null) =>
      free.status('POST', 'workspaces/{ws}/trainedmodels', { body: JSON.stringify(promotion(name, familyId)) });
    expect(await keep('Kept', null)).toBe(200);
    expect(await keep('Kept', null)).toBe(409);
    expect(await keep('Churn predictor', model?.FamilyId ?? null)).toBe(200);
    const after = await free.json(z.array(resourceSchema), 'workspaces/{ws}/trainedmodels');
    expect(after.filter((one) => one.FamilyId === model?.FamilyId).map((one) => one.Id)).not.toEqual([model?.Id]);
    expect(await free.status('GET', `workspaces/{ws}/trainedmodels/${model?.Id}`)).toBe(200);
  });

  it('are deleted by family', async () => {
    for (const kind of ['trainedmodels', 'transformmodules']) {
      const before = await standard.json(z.array(resourceSchema), `workspaces/{ws}/${kind}`);
      expect(await standard.status('DELETE', `workspaces/{ws}/${kind}/family/${before[0]?.FamilyId}`)).toBe(200);
      expect(await standard.json(z.array(resourceSchema), `workspaces/{ws}/${kind}`)).toHaveLength(before.length - 1);
    }
  });
});

describe('modules', () => {
  const modules = () =>
    free.json(
      z.array(z.looseObject({ Id: z.string(), FamilyId: z.string(), ReleaseState: z.string(), Name: z.string() })),
      'workspaces/{ws}/modules',
    );

  it('are a person’s own and Microsoft’s', async () => {
    const all = await modules();
    expect(all.filter((one) => one.ReleaseState === 'Custom').map((one) => one.Name)).toEqual(['Clean phone numbers']);
    expect(all.map((one) => one.Name)).toContain('Train Model');
  });

  it.each([
    ['a zip', 'PK\u0003\u0004rest', 'Finished'],
    ['something else', 'nonsense', 'Failed'],
  ])('are built from %s, and polled until that ends', async (_what, body, end) => {
    const begun = await free.call('POST', 'resourceuploads/workspaces/{ws}/?userStorage=true&dataTypeId=Zip');
    const { Id } = z.object({ Id: z.string() }).parse(await begun.json());
    const query = `numberOfBlocks=1&blockId=0&uploadId=${Id}&dataTypeId=Zip`;
    const sent = await free.call('POST', `blobuploads/workspaces/{ws}/?${query}`, { body });
    const activity = await free.json(z.string(), 'workspaces/{ws}/modules/custom', 'POST', await sent.json());
    const poll = () => free.json(z.array(z.string()), `workspaces/{ws}/modules/custom?activityGroupId=${activity}`);
    expect((await poll())[0]).toBe('Pending');
    const [status, module] = await poll();
    expect(status).toBe(end);
    expect((await modules()).some((one) => one.Id === module)).toBe(end === 'Finished');
  });

  it('of a person are deleted by family, Microsoft’s not', async () => {
    const all = await modules();
    const own = all.find((one) => one.Name === 'Clean phone numbers');
    const builtIn = all.find((one) => one.Name === 'Train Model');
    expect(await free.status('DELETE', `workspaces/{ws}/modules/family/${own?.FamilyId}`)).toBe(200);
    expect(await free.status('DELETE', `workspaces/{ws}/modules/family/${builtIn?.FamilyId}`)).toBe(404);
    expect((await modules()).map((one) => one.Name)).not.toContain('Clean phone numbers');
  });
});

describe('projects, notebooks and gateways', () => {
  it('projects name what they hold, and are deleted without it', async () => {
    const shape = z.array(
      z.object({ ContainerId: z.string(), Name: z.string(), Contents: z.record(z.string(), z.array(z.string())) }),
    );
    const [project] = await free.json(shape, 'workspaces/{ws}/projectcontainers');
    expect(project?.Name).toBe('Retention');
    const experiment = project?.Contents.Experiment?.[0];
    expect(await free.status('DELETE', `workspaces/{ws}/projectcontainers/${project?.ContainerId}`)).toBe(200);
    expect(await free.json(shape, 'workspaces/{ws}/projectcontainers')).toHaveLength(1);
    expect(await free.status('GET', `workspaces/{ws}/experiments/${experiment}`)).toBe(200);
  });

  it('notebooks tell their attachments’ names, open a session, and are deleted by family', async () => {
    const shape = z.array(z.looseObject({ FamilyId: z.string(), Name: z.string() }));
    const [notebook] = await free.json(shape, 'workspaces/{ws}/notebooks');
    const base = `workspaces/{ws}/notebooks/family/${notebook?.FamilyId}`;
    expect(await free.json(z.array(z.string()), `${base}/attachments`)).toEqual(['notes.txt', 'figure 1.png']);
    expect(await free.json(record, `${base}/session`, 'POST')).toHaveProperty('SessionUri');
    expect(await free.status('DELETE', base)).toBe(200);
    expect(await free.json(shape, 'workspaces/{ws}/notebooks')).toEqual([]);
  });

  it('gateways belong to standard workspaces and never tell their key', async () => {
    expect(await free.json(z.array(record), 'workspaces/{ws}/gateways')).toEqual([]);
    const gateways = await standard.json(z.array(record), 'workspaces/{ws}/gateways');
    expect(gateways).toMatchObject([{ GatewayName: 'hq-sql', Location: 'West Europe', RegistrationKey: null }]);
    expect(await standard.status('DELETE', 'workspaces/{ws}/gateways/hq-sql')).toBe(200);
    expect(await standard.status('DELETE', 'workspaces/{ws}/gateways/hq-sql')).toBe(404);
  });
});

describe('members', () => {
  const users = () => free.json(z.array(z.looseObject({ Status: z.string() })), 'workspaces/{ws}/users');

  it.each([
    ['JSON', '{"Role": "User", "Emails": "lynner@example.com,nobody"}'],
    ['what the PowerShell module writes', "{Role: 'User', Emails: 'pattif@example.com,nobody'}"],
    ['no quotes at all', '{Role: User, Emails: adelev@example.com,nobody}'],
  ])('are invited by a body of %s', async (_what, body) => {
    const answer = await free.call('POST', 'workspaces/{ws}/invitations', { body });
    expect(await answer.json()).toMatchObject([{ Failed: false }, { Email: 'nobody', Failed: true }]);
  });

  it('are removed, invitations withdrawn, and the last owner stays', async () => {
    const body = "{Role: 'User', Emails: 'pattif@example.com'}";
    await free.call('POST', 'workspaces/{ws}/invitations', { body });
    const before = await users();
    expect(await free.status('DELETE', 'workspaces/{ws}/invitations/pattif@example.com')).toBe(200);
    expect(await free.status('DELETE', 'workspaces/{ws}/users/meganb@example.com')).toBe(200);
    expect(await free.status('DELETE', 'workspaces/{ws}/users/alexw@example.com')).toBe(400);
    expect(await users()).toHaveLength(before.length - 2);
  });
});

describe('copying an experiment', () => {
  it('packs in one workspace and unpacks in another, with the data it uses, both polled', async () => {
    const heads = z.array(z.object({ ExperimentId: z.string(), Description: z.string() }));
    const all = await standard.json(heads, 'workspaces/{ws}/experiments');
    const from = all.find((one) => one.Description === 'Chargeback analysis');
    const shape = z.looseObject({
      Location: z.string(),
      Status: z.string(),
      ActivityId: z.string(),
      ExperimentId: z.string().optional(),
    });
    const packing = `workspaces/{ws}/packages?api-version=2.0&experimentid=${from?.ExperimentId}/&clearCredentials=true`;
    const { ActivityId } = await standard.json(shape, packing, 'POST');
    const poll = () => standard.json(shape, `workspaces/{ws}/packages?packageActivityId=${ActivityId}`);
    expect((await poll()).Status).toBe('Pending');
    const { Status, Location } = await poll();
    expect(Status).toBe('Complete');
    const unpacking = `workspaces/{ws}/packages?api-version=2.0&packageUri=${encodeURIComponent(Location)}&region=WestEurope`;
    const unpack = await free.json(shape, unpacking, 'PUT');
    const follow = () => free.json(shape, `workspaces/{ws}/packages?unpackActivityId=${unpack.ActivityId}`);
    expect((await follow()).Status).toBe('Pending');
    const copy = (await follow()).ExperimentId;
    const text = await (await free.call('GET', `workspaces/{ws}/experiments/${copy}`)).text();
    expect(text).not.toContain(emulator.workspace('Fraud Detection').workspaceId);
    const names = await free.json(z.array(z.looseObject({ Name: z.string() })), 'workspaces/{ws}/datasources');
    expect(names.map((one) => one.Name)).toContain('chargebacks.tsv');
  });
});

describe('a free workspace', () => {
  it('can be deleted with everything in it; others cannot', async () => {
    const [model] = await free.json(z.array(resourceSchema), 'workspaces/{ws}/trainedmodels');
    if (!model) throw new Error('The seed has no model.');
    expect(await standard.status('DELETE', 'workspaces/{ws}')).toBe(403);
    expect(await free.status('DELETE', 'workspaces/{ws}')).toBe(200);
    expect(await free.status('GET', 'workspaces/{ws}')).toBe(401);
    expect((await fetchEndpoint(model.DownloadLocation)).status).toBe(404);
    await emulator.restart();
    expect(await free.status('GET', 'workspaces/{ws}')).toBe(401);
  });
});
