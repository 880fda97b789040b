import { describe, expect, it } from 'vitest';
import { json, startScriptedServer, status } from './scripted-server.ts';
import { churn, datasetPayload, patient, sourceAt, token, workspaceId, workspacePath } from './small-studio.ts';

const dataset = `GET ${workspacePath}/datasources/${churn.id}`;

describe('a file whose address came in a payload', () => {
  it.each([
    'http://169.254.169.254',
    'https://10.0.0.4',
    'https://example.com',
    'http://contoso.blob.core.windows.net',
    'https://user@contoso.blob.core.windows.net',
    'https://contoso.blob.core.windows.net:8443',
    'file:///etc',
  ])('is not read from %s', async (base) => {
    await using server = await startScriptedServer({ [dataset]: json(datasetPayload(base)) });
    const [content] = await sourceAt(server.url).files(workspaceId, churn, patient);
    await expect(content?.open(patient)).rejects.toMatchObject({
      name: 'ServiceFailure',
      reason: 'rejected',
      message: expect.stringMatching(/did not read it while reading the dataset/u),
    });
  });

  it('is not followed to another server, nor does the token go there', async () => {
    await using other = await startScriptedServer({});
    const away = status(302, '', { Location: `${other.url}/elsewhere` });
    await using server = await startScriptedServer({
      [dataset]: (response, request, nth) =>
        nth === 1
          ? json(datasetPayload(`http://${request.headers.host}`))(response, request, nth)
          : away(response, request, nth),
      'GET /blob/churn': away,
    });
    const source = sourceAt(server.url);
    const [content] = await source.files(workspaceId, churn, patient);
    await expect(content?.open(patient)).rejects.toThrow();
    await expect(source.files(workspaceId, churn, patient)).rejects.toThrow();
    expect(other.seen).toEqual([]);
    expect(JSON.stringify(server.seen)).toContain(token);
  });
});

describe('the address of a workspace', () => {
  it.each(['http://studioapi.azureml.net', 'https://10.0.0.4', 'https://u:p@studioapi.azureml.net', 'https://studio'])(
    'is refused before a token goes there: %s',
    (endpoint) => {
      expect(() => sourceAt(endpoint)).toThrow(/The registered address of the workspace/u);
    },
  );
});
