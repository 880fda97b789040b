import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError, readSettings, type Settings } from '../../src/config.ts';
import type { variables } from '../../src/config-variables.ts';

const guid = '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
const workspace = '7c0e6a1f52b84d0fa3c9d1e4b6f80a27';
const connections = (...entries: object[]) =>
  JSON.stringify(entries.map((entry) => ({ workspaceId: workspace, token: 'very-secret', ...entry })));
const required = {
  MICROSOFT_APP_ID: guid,
  MICROSOFT_APP_TENANT_ID: '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11',
  STORAGE_ACCOUNT_URL: 'https://contoso.blob.core.windows.net',
  STUDIO_CONNECTIONS: connections({}),
};
const approvals = { APPROVERS: 'patti@contoso.com', APPROVAL_CONVERSATION: '19:abc@thread.tacv2' };
const folder = mkdtempSync(path.join(tmpdir(), 'steward-policies-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A policy file with one rule about every deletion. */
function ruleFile(rule: object): string {
  const file = path.join(folder, `${randomUUID()}.json`);
  const rules = [{ says: 'Every deletion needs it.', actions: ['delete', 'delete-workspace'], ...rule }];
  writeFileSync(file, JSON.stringify({ version: '1', rules }));
  return file;
}
type Environment = Readonly<Record<string, string | undefined>>;

function read(more: Environment): { settings: Settings; faults: null } | { settings: null; faults: string[] } {
  try {
    return { settings: readSettings({ ...required, ...more }), faults: null };
  } catch (error) {
    if (error instanceof ConfigurationError) return { settings: null, faults: error.message.split('\n').slice(1) };
    throw error;
  }
}

/** A right value of every variable and what it needs beside it; a new variable does not compile without its line. */
const right: { readonly [Name in keyof typeof variables.shape]: readonly [value: string, beside?: Environment] } = {
  ROLES: ['bot,worker'],
  HOST: ['0.0.0.0'],
  PORT: ['8080'],
  LOG_LEVEL: ['warn'],
  MICROSOFT_APP_ID: [guid],
  MICROSOFT_APP_TENANT_ID: [guid],
  MICROSOFT_APP_TYPE: ['UserAssignedMSI'],
  MICROSOFT_APP_PASSWORD: ['a~secret.value-1', { MICROSOFT_APP_TYPE: 'SingleTenant' }],
  AZURE_CLIENT_ID: [guid],
  DATABASE_URL: ['postgresql://steward:p%40ss@db.contoso.com/steward?sslmode=require'],
  DATABASE_MIGRATIONS: ['by-command'],
  DATABASE_OWNER_URL: ['postgresql://owner:p%40ss@db.contoso.com/steward?sslmode=require'],
  DATABASE_MAX_CONNECTIONS: ['12'],
  DATA_FOLDER: ['/var/lib/steward'],
  STORAGE_ACCOUNT_URL: ['https://contoso.blob.core.windows.net'],
  STORAGE_CONTAINER: ['steward-archives'],
  STORAGE_REMOVES_AFTER_DAYS: ['30'],
  STUDIO_CONNECTIONS: [required.STUDIO_CONNECTIONS],
  RESOURCE_MANAGER: ['on'],
  RESOURCE_MANAGER_URL: ['https://management.azure.com'],
  DIRECTORY_EXPORT: ['off'],
  CHECK_ACCOUNTS: ['on'],
  GRAPH_ENDPOINT: ['https://graph.microsoft.com'],
  REQUEST_LIFETIME_HOURS: ['24'],
  LINK_LIFETIME_HOURS: ['24'],
  ARCHIVE_RETENTION_HOURS: ['168'],
  ARCHIVE_PART_MIB: ['64'],
  OPEN_REQUESTS_PER_PERSON: ['25'],
  TIME_ZONE: ['Europe/Berlin'],
  RETENTION_REQUESTS_DAYS: ['365'],
  RETENTION_NAMES_DAYS: ['30'],
  RETENTION_AUDIT_DAYS: ['730'],
  RETENTION_PEOPLE_DAYS: ['365'],
  RETENTION_UNCLEAR_DAYS: ['30'],
  AUDIT_SIGNING_KEY: ['https://contoso.vault.azure.net/keys/steward-record'],
  POLICY_FILE: ['src/default-policy.json'],
  APPROVERS: ['patti@contoso.com', approvals],
  ADMINISTRATORS: ['patti@contoso.com'],
  HELPDESK: ['patti@contoso.com, lee@contoso.com'],
  AUDITORS: ['6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11'],
  GUESTS_MATCH_BY_MAIL: ['off'],
  APPROVALS_IN_OWN_CHATS: ['on'],
  APPROVAL_CONVERSATION: ['19:abc@thread.tacv2', approvals],
  ADMINISTRATOR_CONTACT: ['Patti Fernandez (patti@contoso.com)'],
  SMTP_URL: ['smtps://steward:very-secret@smtp.contoso.com', { MAIL_FROM: 'steward@contoso.com' }],
  MAIL_FROM: ['steward@contoso.com', { SMTP_URL: 'smtp://smtp.contoso.com:587' }],
  LANGUAGE_MODEL_KIND: ['azure-openai'],
  LANGUAGE_MODEL_ENDPOINT: ['https://contoso.openai.azure.com', { LANGUAGE_MODEL_NAME: 'reader' }],
  LANGUAGE_MODEL_NAME: ['reader', { LANGUAGE_MODEL_ENDPOINT: 'https://contoso.openai.azure.com' }],
  LANGUAGE_MODEL_KEY: [
    'key',
    { LANGUAGE_MODEL_ENDPOINT: 'https://contoso.openai.azure.com', LANGUAGE_MODEL_NAME: 'r' },
  ],
};
const names = Object.keys(right) as (keyof typeof right)[];
/** Folders, models, hosts and containers may be called nearly as one likes. */
const takesAnyWord = new Set([
  'HOST',
  'STORAGE_CONTAINER',
  'DATA_FOLDER',
  'LANGUAGE_MODEL_NAME',
  'LANGUAGE_MODEL_KEY',
  'MICROSOFT_APP_PASSWORD',
  'ADMINISTRATOR_CONTACT',
]);
const emptyMeansNone = new Set([
  'AUDIT_SIGNING_KEY',
  'APPROVERS',
  'ADMINISTRATORS',
  'HELPDESK',
  'AUDITORS',
  'APPROVAL_CONVERSATION',
  'ADMINISTRATOR_CONTACT',
]);
const unwrapsItself = new Set(['APPROVAL_CONVERSATION', 'STUDIO_CONNECTIONS']);

/** One line that begins with the name, says what is wrong and what to write, and repeats no secret. */
function expectOneClearLine(name: string, faults: readonly string[] | null, value: string): void {
  expect(faults, value).toHaveLength(1);
  const [line = ''] = faults ?? [];
  expect(line).toMatch(new RegExp(`^ {2}${name}: .{10,}\\.$`, 'u'));
  expect(line.length).toBeLessThan(420);
  expect(line).not.toMatch(/\p{Cc}/u);
  expect(line).not.toContain('very-secret');
}

describe.each(names)('%s', (name) => {
  const [value, beside = {}] = right[name];
  const given = (changed: string | undefined) => read({ ...beside, [name]: changed });

  it('works when it is right, with blanks around too, and when only what is required is set', () => {
    expect(given(value).faults).toBeNull();
    expect(given(` ${value}\n`).settings).toEqual(given(value).settings);
    if (!(name in required)) expect(read({ [name]: undefined }).faults).toBeNull();
    else expectOneClearLine(name, given(undefined).faults, 'nothing');
  });

  it.each(['', '   ', '\n', '\t\r\n'])('is refused when it is empty: %j', (empty) => {
    if (emptyMeansNone.has(name)) expect(read({ [name]: empty }).settings).toEqual(read({}).settings);
    else expectOneClearLine(name, given(empty).faults, empty);
  });

  it('is refused in quotes', () => {
    for (const quoted of [`"${value}"`, `'${value}'`]) {
      if (name === 'APPROVAL_CONVERSATION') expect(given(quoted).settings).toEqual(given(value).settings);
      else expectOneClearLine(name, given(quoted).faults, quoted);
    }
  });

  it.each([0, 7, 10, 13, 27, 127, 0x85])('is refused with the control character %i in it', (code) => {
    const broken = `${value.slice(0, 1)}${String.fromCodePoint(code)}${value.slice(1)}`;
    if (unwrapsItself.has(name) && given(broken).faults === null) {
      expect(given(broken).settings).toEqual(given(value).settings);
    } else expectOneClearLine(name, given(broken).faults, JSON.stringify(broken));
  });

  it.each([
    'absurd value',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '-1',
    '1e3',
    '0x10',
    '٣',
    '99999999999999999999',
    '1,5',
    '<your value here>',
    '[]]',
    'http://contoso.example',
    'javascript:alert(1)',
    '../../etc/passwd',
    '00000000-0000-0000-0000-000000000000',
    '🙂'.repeat(40),
    'x'.repeat(10_000),
    `@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/x)`,
  ])('gives one clear line or works with an absurd value: %j', (absurd) => {
    const { faults } = given(absurd);
    const isReference = absurd.startsWith('@Microsoft.KeyVault');
    if (!isReference && takesAnyWord.has(name) && faults === null) return;
    expectOneClearLine(name, faults, absurd);
    if (isReference) expect(faults?.[0]).toContain('key vault reference');
  });

  it('never ends in anything but settings or sentences', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (anything) => {
        const { faults } = given(anything);
        if (faults !== null) for (const line of faults) expect(line).toMatch(/^ {2}[A-Z_]+: /u);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the registered workspaces', () => {
  it.each<[string, string, RegExp]>([
    ['the same one twice', connections({}, {}), /entry 2 names the same workspace as entry 1/u],
    ['the same one in capitals', connections({}, { workspaceId: workspace.toUpperCase() }), /entry 2 names the same/u],
    [
      'a token with a line break',
      connections({ token: 'very-\nsecret' }),
      /entry 1, token contains a blank, a line break/u,
    ],
    ['a token with a blank', connections({ token: 'very secret' }), /entry 1, token contains a blank/u],
    ['a token with an invisible character', connections({ token: 'very-\u200bsecret' }), /entry 1, token/u],
    ['an empty token', connections({ token: '  ' }), /entry 1, token is empty/u],
    ['no token', JSON.stringify([{ workspaceId: workspace }]), /entry 1, token is missing/u],
    [
      'plain http',
      connections({ endpoint: 'http://studioapi.azureml.net' }),
      /entry 1, endpoint does not begin with https/u,
    ],
    ['a password in the address', connections({ endpoint: 'https://a:b@studioapi.azureml.net' }), /entry 1, endpoint/u],
    ['an unknown region', connections({ region: 'Mars' }), /entry 1, region: "Mars" is unknown/u],
    ['an unknown field', connections({ tokn: 'very-secret' }), /entry 1 has an unknown field, "tokn"/u],
    ['a short id', connections({}, { workspaceId: '7c0e' }), /entry 2, workspaceId is not 32 hex digits/u],
    [
      'an owner who is no address',
      connections({ registeredBy: 'alex' }),
      /entry 1, registeredBy is not an e-mail address/u,
    ],
    ['no list', '{"workspaceId":"x"}', /is JSON, but not a list/u],
    ['no object', '["very-secret"]', /entry 1 is not an object/u],
    ['typographic quotes', '[{“workspaceId”:“x”}]', /is not JSON/u],
  ])('are refused with %s', (_case, text, sentence) => {
    const { faults } = read({ STUDIO_CONNECTIONS: text });
    expectOneClearLine('STUDIO_CONNECTIONS', faults, text);
    expect(faults?.[0]).toMatch(sentence);
  });

  it('may be written over several lines, and each token may end in a line break', () => {
    const text = JSON.stringify(JSON.parse(connections({ token: 'very-secret\n' })), null, 2);
    expect(read({ STUDIO_CONNECTIONS: text }).settings?.studio[0]?.token).toBe('very-secret');
  });
});

describe('settings that cannot work together', () => {
  it.each<[string, Environment, string]>([
    ['approvers without a place', { APPROVERS: 'patti@contoso.com' }, 'APPROVAL_CONVERSATION'],
    ['a place without approvers', { APPROVAL_CONVERSATION: '19:abc@thread.tacv2' }, 'APPROVERS'],
    ['approvals that nobody can give', { POLICY_FILE: ruleFile({ approvals: 1 }) }, 'POLICY_FILE'],
    ['more approvals than approvers', { ...approvals, POLICY_FILE: ruleFile({ approvals: 2 }) }, 'POLICY_FILE'],
    ['a secret of a managed identity', { MICROSOFT_APP_PASSWORD: 'x' }, 'MICROSOFT_APP_PASSWORD'],
    ['a secret that is missing', { MICROSOFT_APP_TYPE: 'singletenant' }, 'MICROSOFT_APP_PASSWORD'],
    ['one role named twice', { ROLES: 'bot,bot' }, 'DATABASE_URL'],
    [
      'archives that the storage account removes before their time',
      { ARCHIVE_RETENTION_HOURS: '721', STORAGE_REMOVES_AFTER_DAYS: '30' },
      'ARCHIVE_RETENTION_HOURS',
    ],
    [
      'a channel of another tenant',
      {
        APPROVERS: 'patti@contoso.com',
        APPROVAL_CONVERSATION: `https://teams.microsoft.com/l/channel/19%3Aabc%40thread.tacv2/General?tenantId=${guid}`,
      },
      'APPROVAL_CONVERSATION',
    ],
    [
      'a rule whose channel is of another tenant',
      {
        ...approvals,
        POLICY_FILE: ruleFile({
          approvals: 1,
          conversation: `https://teams.microsoft.com/l/channel/19%3Afin%40thread.tacv2/Finance?tenantId=${guid}`,
        }),
      },
      'POLICY_FILE',
    ],
    [
      'an escalation after the end',
      {
        ...approvals,
        REQUEST_LIFETIME_HOURS: '2',
        POLICY_FILE: ruleFile({
          approvals: 1,
          escalateTo: { people: ['a@contoso.com'] },
          escalateAfter: { minutes: 120 },
        }),
      },
      'POLICY_FILE',
    ],
    [
      'an escalation to the usual channel',
      {
        ...approvals,
        POLICY_FILE: ruleFile({ approvals: 1, escalateTo: { conversation: approvals.APPROVAL_CONVERSATION } }),
      },
      'POLICY_FILE',
    ],
  ])('are refused: %s', (_case, more, name) => {
    expectOneClearLine(name, read(more).faults, JSON.stringify(more));
  });

  it('name whom people ask, as it is written, and nobody when it is left out', () => {
    const named = read({ ADMINISTRATOR_CONTACT: ' Patti Fernandez, patti@contoso.com ' }).settings;
    expect(named?.requests.administratorContact).toBe('Patti Fernandez, patti@contoso.com');
    expect(read({}).settings?.requests.administratorContact).toBeUndefined();
    for (const wrong of ['7', '<your value here>', 'a'.repeat(121)]) {
      expectOneClearLine('ADMINISTRATOR_CONTACT', read({ ADMINISTRATOR_CONTACT: wrong }).faults, wrong);
    }
  });

  it('take approvers in every form that directories have', () => {
    const approvers = `patti@contoso.com; Jürgen.Groß@müller.example, guest_fabrikam.com#EXT#@contoso.onmicrosoft.com,${guid}`;
    expect(read({ ...approvals, APPROVERS: approvers }).settings?.requests.approvers).toEqual([
      'patti@contoso.com',
      'jürgen.groß@müller.example',
      'guest_fabrikam.com#ext#@contoso.onmicrosoft.com',
      guid,
    ]);
    for (const wrong of [
      'patti',
      'Patti <patti@contoso.com>',
      'patti@',
      '@contoso.com',
      'patti@localhost',
      'a@b@c.de',
    ]) {
      expectOneClearLine('APPROVERS', read({ ...approvals, APPROVERS: wrong }).faults, wrong);
    }
  });
});

describe('a variable that means nothing', () => {
  it.each([
    ['MICROSOFT_APP_PASWORD', 'MICROSOFT_APP_PASSWORD'],
    ['MicrosoftAppId', 'MICROSOFT_APP_ID'],
    ['APPROVER', 'APPROVERS'],
    ['APPROVAL_CHANNEL', 'APPROVERS'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['STUDIO_CONNECTION', 'STUDIO_CONNECTIONS'],
    ['ARCHIVE_RETENTION_HOUR', 'ARCHIVE_RETENTION_HOURS'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['ROLE', 'ROLES'],
    ['port', 'PORT'],
    ['STEWARD_PORT', ''],
  ])('is warned about: %s', (name, meant) => {
    const warnings = read({ [name]: 'very-secret' }).settings?.warnings ?? [];
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`${name} is not a setting and has no effect; did you mean ${meant}`);
    expect(warnings[0]).not.toContain('very-secret');
  });

  it('is left in peace when it belongs to others', () => {
    const others = [
      'PATH',
      'HOME',
      'HOSTNAME',
      'USER',
      'SHELL',
      'LANG',
      'PWD',
      'TERM',
      'NODE_OPTIONS',
      'NODE_ENV',
      'TZ',
    ];
    const azure = ['WEBSITE_SITE_NAME', 'WEBSITES_PORT', 'APPSETTING_PORT', 'IDENTITY_ENDPOINT', 'MSI_ENDPOINT'];
    const tools = [
      'AZURE_TENANT_ID',
      'AZURE_CLIENT_SECRET',
      'npm_config_cache',
      'HTTPS_PROXY',
      'SSL_CERT_FILE',
      'PGHOST',
    ];
    const environment = Object.fromEntries([...others, ...azure, ...tools].map((name) => [name, 'x']));
    expect(read(environment).settings?.warnings).toEqual([]);
  });

  it('is warned about when another one switches it off', () => {
    const warnings = read({ RESOURCE_MANAGER_URL: 'https://management.azure.com' }).settings?.warnings;
    expect(warnings).toEqual(['RESOURCE_MANAGER_URL has no effect unless RESOURCE_MANAGER is on.']);
  });
});
