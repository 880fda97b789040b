import { describe, expect, it } from 'vitest';
import { ConfigurationError, readSettings } from '../../src/config.ts';
import { shippedPolicy } from '../../src/config-policy.ts';

const complete = {
  MICROSOFT_APP_ID: '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
  MICROSOFT_APP_TENANT_ID: '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
  STORAGE_ACCOUNT_URL: 'https://contoso.blob.core.windows.net',
  STUDIO_CONNECTIONS: JSON.stringify([
    {
      workspaceId: '7c0e6a1f52b84d0fa3c9d1e4b6f80a27',
      endpoint: 'https://studioapi.azureml.net',
      token: 'very-secret',
      registeredBy: 'alexw@example.com',
    },
  ]),
};

function faults(variables: Record<string, string | undefined>): string {
  try {
    readSettings(variables);
    return '';
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

describe('the settings of a deployment', () => {
  it('are read with defaults that are safe', () => {
    const settings = readSettings(complete);
    expect(settings.identity.kind).toBe('managed-identity');
    expect(settings.database).toEqual({ kind: 'embedded', folder: '.data' });
    expect(settings.requests.linkLifetimeMs).toBe(24 * 3_600_000);
    expect(settings.requests.policy).toEqual({ ...shippedPolicy(), approversExist: false });
  });

  it('leave directory data alone unless that is switched on, and then reach it over https only', () => {
    expect(readSettings(complete).directoryExport).toBeUndefined();
    expect(readSettings({ ...complete, DIRECTORY_EXPORT: 'on' }).directoryExport).toEqual({
      kind: 'azure',
      endpoint: 'https://graph.microsoft.com',
    });
    expect(faults({ ...complete, GRAPH_ENDPOINT: 'http://graph.example.com' })).toContain('GRAPH_ENDPOINT');
  });

  it('name approvers by object id or address, and match guests by mail only where that is switched on', () => {
    const objectId = '5c8ae4f0-3f6b-4d0f-9e3a-0a7b1c2d3e4f';
    const conversation = { APPROVAL_CONVERSATION: '19:abc@thread.tacv2' };
    const named = readSettings({
      ...complete,
      ...conversation,
      APPROVERS: ` ${objectId.toUpperCase()}, Patti@Example.com `,
    }).requests;
    expect(named.approvers).toEqual([objectId, 'patti@example.com']);
    expect(named.guestsMatchByMail).toBe(false);
    expect(readSettings({ ...complete, GUESTS_MATCH_BY_MAIL: 'on' }).requests.guestsMatchByMail).toBe(true);
    expect(faults({ ...complete, GUESTS_MATCH_BY_MAIL: 'perhaps' })).toContain('GUESTS_MATCH_BY_MAIL');
  });

  it('do not exist without credentials: there is no unauthenticated mode here', () => {
    expect(faults({ ...complete, MICROSOFT_APP_ID: undefined })).toContain('MICROSOFT_APP_ID');
    expect(faults({ ...complete, MICROSOFT_APP_TYPE: 'SingleTenant' })).toContain('MICROSOFT_APP_PASSWORD');
  });

  it('tell every fault at once', () => {
    const told = faults({ PORT: 'eighty', LOG_LEVEL: 'sometimes', STORAGE_ACCOUNT_URL: 'http://insecure' });
    for (const name of ['PORT', 'LOG_LEVEL', 'STORAGE_ACCOUNT_URL', 'MICROSOFT_APP_ID', 'STUDIO_CONNECTIONS']) {
      expect(told).toContain(name);
    }
  });

  it('never repeat a secret in what they tell', () => {
    const connections = '[{"workspaceId":"short","endpoint":"x","token":"very-secret"}]';
    const told = faults({ ...complete, STUDIO_CONNECTIONS: connections, MICROSOFT_APP_PASSWORD: '' });
    expect(told).toContain('STUDIO_CONNECTIONS');
    expect(told).not.toContain('very-secret');
  });

  it.each([
    ['ROLES without the other half and without a shared database', { ROLES: 'worker' }, 'DATABASE_URL'],
    ['an archive that dies before its link', { ARCHIVE_RETENTION_HOURS: '2' }, 'ARCHIVE_RETENTION_HOURS'],
    ['a link that outlives its key', { LINK_LIFETIME_HOURS: '200' }, 'LINK_LIFETIME_HOURS'],
    ['an approver who is no address', { APPROVERS: 'patti' }, 'APPROVERS'],
  ])('refuse %s', (_case, variables, name) => {
    expect(faults({ ...complete, ...variables })).toContain(name);
  });
});
