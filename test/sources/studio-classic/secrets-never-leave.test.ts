import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../src/domain/scrub.ts';
import { redactJson } from '../../../src/sources/studio-classic/document-redaction.ts';
import { json, startScriptedServer, status } from './scripted-server.ts';
import { churn, datasetPayload, patient, sourceAt, token, workspaceId, workspacePath } from './small-studio.ts';

const redacted = (value: unknown): unknown => JSON.parse(redactJson(JSON.stringify(value), [token]));

describe('a description of the service loses its secrets', () => {
  it.each([
    ['AccessCredential', '?sv=1&sig=SECRET', ''],
    ['SasBlobToken', '?sig=SECRET', ''],
    ['UserStorageKey', 'SECRET', ''],
    ['PrimaryKey', 'SECRET', ''],
    ['RegistrationKey', 'SECRET', ''],
    ['SessionUri', 'https://jupyter.example/SECRET', ''],
    ['SqlAzureConnectionString', 'Server=x;Password=SECRET', ''],
    ['authorizationToken', { PrimaryToken: 'SECRET', Extra: ['SECRET'] }, { PrimaryToken: '', Extra: [''] }],
  ])('in the field %s', (field, value, expected) => {
    expect(redacted({ deep: [{ [field]: value, Name: 'kept' }] })).toEqual({
      deep: [{ [field]: expected, Name: 'kept' }],
    });
  });

  it.each([
    'Account key',
    'Azure storage account key',
    'Server user account password',
    'Connection string',
    'API token',
  ])('in a module parameter called %s', (Name) => {
    expect(redacted({ Name, Value: 'SECRET', ValueType: 'Literal' })).toEqual({
      Name,
      Value: '',
      ValueType: 'Literal',
    });
  });

  it.each(['Join key columns for L', 'Label column', 'Number of tokens', 'Random seed', 'Key column'])(
    'but a module parameter called %s stays',
    (Name) => {
      const parameter = { Name, Value: '{"isFilter":true}', ValueType: 'Literal' };
      expect(redacted(parameter)).toEqual(parameter);
    },
  );

  it.each([
    [
      'see https://a.blob.core.windows.net/c/b?sv=1&sig=SECRET&se=2 for it',
      'see https://a.blob.core.windows.net/c/b for it',
    ],
    ['key <- "x"; url <- "https://a/b?sig=SECRET"', 'key <- "x"; url <- "https://a/b"'],
    [
      'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=SECRET==;X=1',
      'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=;X=1',
    ],
    ['password = "SECRET"', 'password = ""'],
    ['{"accountKey":"SECRET","rows":3}', '{"accountKey":"","rows":3}'],
    ["pwd='SECRET'", "pwd=''"],
    ['Authorization: Bearer SECRETSECRET.abc', 'Authorization: Bearer '],
    ['Server=x;Password=SEC&RET, SECRET two;Encrypt=true', 'Server=x;Password=;Encrypt=true'],
    ["connect(pwd = 'SECRET one; two', user = 'me')", "connect(pwd = '', user = 'me')"],
    ['{\\"password\\":\\"SECRET one\\",\\"rows\\":3}', '{\\"password\\":\\"\\",\\"rows\\":3}'],
    ['sv=1&sig=SECRET&se=2', 'sv=1&sig=&se=2'],
    ['go?to=https%3A%2F%2Fa%3Fsv%3D1%26sig%3DSECRET%26se%3D2', 'go?to=https%3A%2F%2Fa%3Fsv%3D1%26sig%3D%26se%3D2'],
    [`token is ${token}.`, 'token is .'],
  ])('inside a text: %s', (text, expected) => {
    expect(withoutSecrets(text, { known: [token] })).toBe(expected);
  });

  it.each([
    'SELECT key, value FROM tokens WHERE passed = 1',
    'the signal=to-noise ratio',
    'tokenize(text); primary key (id)',
    '<DataV1><NodePositions><NodePosition Node="1" Position="400,300,200,200"/></NodePositions></DataV1>',
  ])('and keeps what only sounds like one: %s', (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });
});

describe('whatever is no secret stays as it was', () => {
  const plain = fc
    .stringMatching(/^[ -~]*$/)
    .filter((text) => !/sig|key|passw|pwd|token|secret|bearer|credential|uri/i.test(text));
  it('for any JSON', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        plain,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(plain, tie('any'), { maxKeys: 4 }),
    })).any;
    fc.assert(
      fc.property(value, (each) => {
        expect(redactJson(JSON.stringify(each), [])).toBe(JSON.stringify(each));
      }),
    );
  });

  it('also the digits of numbers that a double cannot hold', () => {
    const text = '{"CreatedDateTicks":636966168000000001,"x":1.5,"y":-9223372036854775807}';
    expect(redactJson(text, [])).toBe(text);
  });
});

describe('nothing that Steward writes down holds a secret', () => {
  it('neither the log of calls, nor file names, addresses and descriptions', async () => {
    const lines: string[] = [];
    await using server = await startScriptedServer({
      [`GET ${workspacePath}/datasources/${churn.id}`]: (response, request, nth) =>
        json(datasetPayload(`http://${request.headers.host}`))(response, request, nth),
      'GET /blob/churn': status(403, 'no'),
    });
    const source = sourceAt(server.url, { log: (line) => lines.push(line) });
    const files = await source.files(workspaceId, churn, patient);
    const failures = await Promise.allSettled(files.map((file) => file.open(patient)));
    const written = JSON.stringify([lines, files, failures]);
    expect(lines.join()).toContain('/blob/churn');
    expect(written).not.toContain(token);
    expect(written).not.toContain('SECRETSIG');
  });
});
