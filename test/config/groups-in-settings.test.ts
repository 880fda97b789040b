import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError, readSettings, type Settings } from '../../src/config.ts';
import { serviceAccess } from '../../src/service-access.ts';
import { systemClock } from '../../src/system-clock.ts';

const guid = '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
const required = {
  MICROSOFT_APP_ID: guid,
  MICROSOFT_APP_TENANT_ID: '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
  STORAGE_ACCOUNT_URL: 'https://contoso.blob.core.windows.net',
  STUDIO_CONNECTIONS: JSON.stringify([{ workspaceId: '7c0e6a1f52b84d0fa3c9d1e4b6f80a27', token: 'very-secret' }]),
  APPROVAL_CONVERSATION: '19:abc@thread.tacv2',
  APPROVERS: 'patti@contoso.com',
};
const named = { APPROVERS: `patti@contoso.com, Group:${guid.toUpperCase()}` };
const folder = mkdtempSync(path.join(tmpdir(), 'steward-groups-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (more: Readonly<Record<string, string>>): Settings => readSettings({ ...required, ...more });
const faultsOf = (more: Readonly<Record<string, string>>): string[] => {
  try {
    read(more);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split('\n').slice(1);
    throw error;
  }
};
const policyFile = (rule: object, groups: object = {}) => {
  const file = path.join(folder, 'policy.json');
  const rules = [{ says: 'Every deletion needs it.', actions: ['delete', 'delete-workspace'], ...rule }];
  writeFileSync(file, JSON.stringify({ version: '1', groups, rules }));
  return file;
};

describe('a Microsoft Entra group', () => {
  it('may stand wherever people do, and is then asked for at Microsoft Graph', () => {
    const settings = read({ ...named, HELPDESK: `group: ${guid}` });
    expect(settings.requests.approvers).toEqual(['patti@contoso.com', `group:${guid}`]);
    expect(settings.requests.helpdesk).toEqual([`group:${guid}`]);
    expect(settings.groups).toEqual({ kind: 'azure', endpoint: 'https://graph.microsoft.com' });
    expect(settings.directoryExport).toBeUndefined();
    const elsewhere = read({ AUDITORS: `group:${guid}`, GRAPH_ENDPOINT: 'https://graph.microsoft.us' });
    expect([elsewhere.groups?.endpoint, elsewhere.warnings]).toEqual(['https://graph.microsoft.us', []]);
    const byPolicy = policyFile({ approvals: 3, reviewers: ['privacy'] }, { privacy: [`group:${guid}`] });
    expect(read({ POLICY_FILE: byPolicy }).groups).toBeDefined();
    expect(read({}).groups).toBeUndefined();
  });

  it('may have as many members as a rule asks for', () => {
    const two = { POLICY_FILE: policyFile({ approvals: 2 }) };
    expect(faultsOf({ ...named, ...two })).toEqual([]);
    expect(faultsOf(two)).toHaveLength(1);
  });

  it('is named by its object id', () => {
    for (const wrong of ['group:', 'group:privacy', 'group:00000000-0000-0000-0000-000000000000', `groups:${guid}`]) {
      expect([wrong, faultsOf({ APPROVERS: wrong })]).toEqual([
        wrong,
        [expect.stringMatching(/^ {2}APPROVERS: .*"group:" with the object id of a group/u)],
      ]);
    }
  });

  it('stops the start where nothing is known of Microsoft Graph', () => {
    const settings = read(named);
    expect(serviceAccess(settings, systemClock).groups?.endpoint).toBe('https://graph.microsoft.com');
    const { groups: _left, ...without } = settings;
    expect(() => serviceAccess(without, systemClock)).toThrow(`names the group ${guid}, but Steward has no access`);
    expect(serviceAccess(read({}), systemClock).groups).toBeNull();
  });
});
