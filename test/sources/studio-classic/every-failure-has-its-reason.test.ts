import { describe, expect, it } from 'vitest';
import { type FailureReason, isSourceFailure, type ServiceFailure } from '../../../src/domain/service-failure.ts';
import { type Answer, reset, startScriptedServer, status } from './scripted-server.ts';
import { patient, sourceAt, token, workspaceId, workspacePath } from './small-studio.ts';

/** The error of a source whose workspace is always answered like this. */
async function failureOf(answer: Answer, http = {}): Promise<ServiceFailure> {
  await using server = await startScriptedServer({ [`GET ${workspacePath}`]: answer });
  const failure = await sourceAt(server.url, { http })
    .workspace(workspaceId, patient)
    .then(
      () => null,
      (error: unknown) => error,
    );
  if (!isSourceFailure(failure)) throw new Error('It should have failed with a ServiceFailure.', { cause: failure });
  return failure;
}

describe('a failed call says why', () => {
  const reasons: readonly [number, FailureReason][] = [
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [413, 'rejected'],
    [429, 'throttled'],
    [440, 'unavailable'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [509, 'unavailable'],
    [302, 'unreadable'],
  ];
  it.each(reasons)('status %i is %s', async (code, reason) => {
    expect(await failureOf(status(code, ''))).toMatchObject({ reason, status: code });
  });

  it('503 is throttled when the body says so', async () => {
    const body = JSON.stringify({ error: { code: 'TooManyConcurrentRequests', message: 'slow down' } });
    expect(await failureOf(status(503, body))).toMatchObject({ reason: 'throttled', serviceMessage: 'slow down' });
  });

  it('500 names the storage account when that is what failed, and nothing else', async () => {
    const storage = JSON.stringify({ error: { code: 'AzureStorageError', message: 'The account is disabled.' } });
    const failure = await failureOf(status(500, storage));
    expect(failure).toMatchObject({ reason: 'unavailable', serviceMessage: 'The account is disabled.' });
    expect(failure.message).toContain('could not use the workspace’s storage account');
    const other = JSON.stringify({ error: { code: 'InternalError', message: 'storage is not named here' } });
    expect((await failureOf(status(500, other))).message).toContain('had an internal error');
  });

  it('a pause that is longer than anybody waits is handed on', async () => {
    const failure = await failureOf(status(429, '', { 'Retry-After': '3600' }));
    expect(failure).toMatchObject({ reason: 'throttled' });
    expect(failure.retryAfterMs).toBeGreaterThan(3_500_000);
  });

  it('a cut connection, a silent server and a host that does not exist are unreachable', async () => {
    expect(await failureOf(reset)).toMatchObject({ reason: 'unreachable', status: null });
    expect(await failureOf(() => {}, { requestTimeoutMs: 30, maxRetries: 1 })).toMatchObject({
      reason: 'unreachable',
      serviceMessage: 'no answer in time',
    });
    const nowhere = sourceAt('https://studio.invalid').workspace(workspaceId, patient);
    await expect(nowhere).rejects.toMatchObject({ reason: 'unreachable' });
  });
});

describe('an answer that is no answer is unreadable', () => {
  it.each<[string, Answer]>([
    ['a web page', status(200, '<html><title>Sign in</title></html>', { 'Content-Type': 'text/html' })],
    ['a web page under a wrong name', status(200, '<html></html>', { 'Content-Type': 'application/json' })],
    ['half a document', status(200, '{"WorkspaceId": "7c0e', { 'Content-Type': 'application/json' })],
    ['nothing', status(200, '')],
    ['another shape', status(200, '{"Workspace": 1}')],
    [
      'a body that breaks off',
      (response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"Works', () => response.socket?.destroy());
      },
    ],
  ])('%s', async (_what, answer) => {
    expect((await failureOf(answer)).reason).toBe('unreadable');
  });
});

describe('the service is quoted whatever shape its body has', () => {
  it.each([
    [
      'the Studio API',
      '{"Error":{"Code":"ServiceError","Message":"InternalServerError","Details":[]}}',
      'InternalServerError',
    ],
    [
      'management',
      '{"error":{"code":"X","message":"No.","details":[{"code":"Y","message":"Really."}]}}',
      'No. Really.',
    ],
    ['flat', '{"code":"X","message":"Flat words"}', 'Flat words'],
    ['a JSON text', '"Just words"', 'Just words'],
    ['plain text', 'Request ID: 0b7d 2019-06-20', 'Request ID: 0b7d 2019-06-20'],
    ['a web page', '<html><head><title>Bad gateway</title></head></html>', 'Bad gateway'],
    ['broken JSON', '{"Error":', '{"Error":'],
    ['an odd shape', '{"Error":[1,2],"error":7}', null],
    ['nothing', '', null],
  ])('%s', async (_shape, body, words) => {
    const failure = await failureOf(status(409, body));
    expect(failure).toMatchObject({ reason: 'conflict', status: 409, serviceMessage: words });
  });

  it('without the secrets in its words', async () => {
    const body = `Cannot read https://x.blob.core.windows.net/a?sv=1&sig=SECRETSIG with AccountKey=SECRETKEY; token ${token}`;
    const failure = await failureOf(status(500, body));
    const everything = JSON.stringify([failure.message, failure.serviceMessage, String(failure.cause)]);
    expect(everything).toContain('Cannot read https://x.blob.core.windows.net/a');
    for (const secret of ['SECRETSIG', 'SECRETKEY', token]) expect(everything).not.toContain(secret);
  });
});

describe('the account type comes from the service', () => {
  const typeOf = async (type: unknown) => {
    const body = JSON.stringify({ WorkspaceId: workspaceId, Type: type, CreatedTime: '/Date(1561020000000)/' });
    await using server = await startScriptedServer({ [`GET ${workspacePath}`]: status(200, body) });
    return await sourceAt(server.url).workspace(workspaceId, patient);
  };

  it.each([
    ['Anonymous', 'guest'],
    ['Free', 'free'],
    ['Production', 'standard'],
    ['PaidStandard', 'standard'],
    ['PaidPremium', 'standard'],
    [0, 'standard'],
    [1, 'free'],
    [2, 'guest'],
    [3, 'standard'],
    [4, 'standard'],
  ])('%s is %s', async (type, accountType) => {
    expect(await typeOf(type)).toMatchObject({ accountType });
  });

  it('only a guest workspace expires, eight hours after it was made', async () => {
    expect((await typeOf('Anonymous')).expiresAt).toEqual(new Date(1561020000000 + 8 * 3_600_000));
    expect((await typeOf('Free')).expiresAt).toBeNull();
  });

  it.each(['PaidGalactic', 5, '', 'constructor'])('an unknown type (%s) is refused in words', async (type) => {
    await expect(typeOf(type)).rejects.toMatchObject({ reason: 'rejected', message: expect.stringContaining('type') });
  });
});
