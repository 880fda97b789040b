import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { AssetFile } from '../../../src/domain/asset-source.ts';
import { type Answer, json, startScriptedServer, status } from './scripted-server.ts';
import { patient, sourceAt, token, workspaceId, workspacePath } from './small-studio.ts';

const settings = {
  WorkspaceId: workspaceId,
  FriendlyName: 'Churn lab',
  Type: 'Free',
  OwnerEmail: 'alexw@example.com',
  OwnerPrincipalId: '1003BFFD8A2C41D7',
  SubscriptionId: '',
  AuthorizationToken: { PrimaryToken: token },
  UserStorageKey: 'SECRET',
};
const standard = { ...settings, Type: 'PaidStandard', SubscriptionId: '3f1d2c4b-0a9e-4d77-8b61-2f6c1e5a7d90' };
const hqSql = json([{ GatewayName: 'hq-sql', RegistrationKey: 'SECRET' }]);

/** The result for each file: its text, or the reason why there is none. */
async function workspaceFiles(described: Answer, gateways: Answer): Promise<Record<string, string>> {
  await using server = await startScriptedServer({
    [`GET ${workspacePath}`]: described,
    [`GET ${workspacePath}/gateways`]: gateways,
  });
  const files = await sourceAt(server.url).workspaceFiles(workspaceId, patient);
  const read = async (file: AssetFile) => text(await file.open(patient));
  const entries = files.map(async (file) => [
    file.name,
    await read(file).catch((error: { reason: string }) => error.reason),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

describe('the workspace itself is exported', () => {
  it('as its settings and gateways, without secrets and without its owner, who is among the personal data', async () => {
    const files = await workspaceFiles(json(settings), hqSql);
    expect(Object.keys(files)).toEqual(['settings.json', 'gateways.json']);
    expect(JSON.parse(files['settings.json'] ?? '')).toMatchObject({ FriendlyName: 'Churn lab', OwnerEmail: '' });
    expect(files['gateways.json']).toContain('hq-sql');
    const written = JSON.stringify(files);
    for (const hidden of ['SECRET', token, 'alexw@', '1003BFFD8A2C41D7']) expect(written).not.toContain(hidden);
  });

  it.each([404, 403])('without gateways where a free workspace is told %i about them', async (code) => {
    expect(Object.keys(await workspaceFiles(json(settings), status(code, '')))).toEqual(['settings.json']);
  });

  it('with what a standard workspace has in Azure named as missing when Steward has no access there', async () => {
    const files = await workspaceFiles(json(standard), hqSql);
    expect(files['workspace, web services and commitment plans in Azure.json']).toBe('unsupported');
  });

  it('with gateways that a standard workspace keeps to itself named as missing', async () => {
    const files = await workspaceFiles(json(standard), status(403, ''));
    expect(files['gateways.json']).toBe('forbidden');
    expect(files['settings.json']).toContain('Churn lab');
  });

  it('with settings that cannot be read named as missing, and everything else there', async () => {
    const files = await workspaceFiles(status(403, ''), hqSql);
    expect(files['settings.json']).toBe('forbidden');
    expect(files['gateways.json']).toContain('hq-sql');
  });

  it('with settings that can be read when their turn comes', async () => {
    const healed: Answer = (response, request, nth) =>
      (nth === 1 ? status(403, '') : json(settings))(response, request, nth);
    const files = await workspaceFiles(healed, hqSql);
    expect(files['settings.json']).toContain('Churn lab');
  });
});
