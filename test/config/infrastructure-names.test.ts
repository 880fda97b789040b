import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/config.ts';
import { variables } from '../../src/config-variables.ts';
import { containerPrefix } from '../../src/workflows/directory-export/records.ts';

/** Read by the platform or by Azure's own library, not by Steward. */
const ofThePlatform = ['WEBSITES_CONTAINER_STOP_TIME_LIMIT'];
/** Left at their defaults by the template: those of other deployments, and what a deployment adds by hand. */
const leftOut = [
  'ROLES',
  'HOST',
  'LOG_LEVEL',
  'MICROSOFT_APP_PASSWORD',
  'DATA_FOLDER',
  'DATABASE_OWNER_URL',
  'RESOURCE_MANAGER_URL',
  'GRAPH_ENDPOINT',
  'REQUEST_LIFETIME_HOURS',
  'LINK_LIFETIME_HOURS',
  'ARCHIVE_PART_MIB',
  'OPEN_REQUESTS_PER_PERSON',
  'TIME_ZONE',
  'RETENTION_REQUESTS_DAYS',
  'RETENTION_NAMES_DAYS',
  'RETENTION_AUDIT_DAYS',
  'RETENTION_PEOPLE_DAYS',
  'RETENTION_UNCLEAR_DAYS',
  'POLICY_FILE',
  'SMTP_URL',
  'MAIL_FROM',
  'LANGUAGE_MODEL_KIND',
  'LANGUAGE_MODEL_ENDPOINT',
  'LANGUAGE_MODEL_NAME',
  'LANGUAGE_MODEL_KEY',
];

let template = '';
beforeAll(async () => {
  template = await readFile(new URL('../../infra/main.bicep', import.meta.url), 'utf8');
});

/** The web app's variables with the template's expressions for their values. */
const passed = () =>
  new Map([...template.matchAll(/\{ name: '([A-Z_]+)', value: (.+) \}/gu)].map(([, name, value]) => [name, value]));

/** The default of a parameter. */
const standard = (name: string) =>
  new RegExp(`^param ${name} \\w+ = '?([^'\\n]*)'?$`, 'mu').exec(template)?.[1] ?? `no parameter ${name}`;

describe('the template for Azure', () => {
  it('passes every variable that Steward knows, or leaves it out on purpose, and no other', () => {
    const known = Object.keys(variables.shape);
    const names = [...passed().keys()];
    expect(names.filter((name) => !known.includes(name ?? '') && !ofThePlatform.includes(name ?? ''))).toEqual([]);
    expect(known.filter((name) => !names.includes(name)).toSorted()).toEqual(leftOut.toSorted());
  });

  it('makes settings that Steward starts with when nothing is chosen', () => {
    const guid = '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
    const resolved = (name: string, expression: string): string => {
      const literal = /^'([^'$@]*)'$/u.exec(expression)?.[1];
      if (literal !== undefined) return literal;
      const parameter = /^(?:string\()?(\w+)\)?$/u.exec(expression)?.[1] ?? '';
      if (parameter === 'storageRemovesAfterDays') return '9';
      if (template.includes(`\nparam ${parameter} `)) return standard(parameter);
      if (/clientId|tenantId/u.test(expression)) return guid;
      const others: Record<string, string> = {
        STORAGE_ACCOUNT_URL: 'https://ststeward.blob.core.windows.net',
        STORAGE_CONTAINER: 'steward-archives',
        DATABASE_URL: 'postgresql://steward:p%40@psql.postgres.database.azure.com/steward?sslmode=require',
        STUDIO_CONNECTIONS: '[]',
        AUDIT_SIGNING_KEY: '',
        DATABASE_MIGRATIONS: 'at-start',
      };
      return others[name] ?? `nothing stands for ${expression}`;
    };
    const environment = Object.fromEntries(
      [...passed()].map(([name = '', expression = '']) => [name, resolved(name, expression)]),
    );
    expect(readSettings(environment).warnings).toEqual([]);
  });

  it('lets the storage account remove what Steward never could, and never an archive before its time', () => {
    const removed = /prefixMatch: \[(.*)\]/u.exec(template)?.[1]?.match(/[^', ]+/gu);
    expect(removed).toEqual(['steward-archives/', containerPrefix]);
    expect(template).toContain('daysAfterModificationGreaterThan: storageRemovesAfterDays');
    // Bicep divides whole numbers as JavaScript's Math.floor does here.
    const formula = /^var storageRemovesAfterDays = \(archiveRetentionHours \+ 23\) \/ 24 \+ 2$/mu;
    expect(template).toMatch(formula);
    for (let hours = 24; hours <= 2_160; hours += 1) {
      expect((Math.floor((hours + 23) / 24) + 2) * 24).toBeGreaterThanOrEqual(hours + 24);
    }
  });

  it('asks whether the process lives, not whether storage does, and gives it time to stop', () => {
    expect(template).toContain("healthCheckPath: '/healthz'");
    expect(Number(passed().get('WEBSITES_CONTAINER_STOP_TIME_LIMIT')?.replaceAll("'", ''))).toBeGreaterThanOrEqual(30);
  });

  it('gives the web app its roles before its first start', () => {
    const app = template.slice(template.indexOf("resource app '"), template.indexOf("resource appLogs '"));
    expect(app).toMatch(/dependsOn: \[vaultRole, storageRole\]/u);
    expect(app.match(/properties: \{ allow: false \}/gu)).toHaveLength(2);
  });
});
