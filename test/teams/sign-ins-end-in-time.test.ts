import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isSignInFailure, signInFailure, signInWithin } from '../../src/domain/sign-in.ts';
import { azureCredential } from '../../src/service-access.ts';
import { createCredentialsFactory, openCredentials, type RealIdentity } from '../../src/teams/bot-credentials.ts';

const appId = '6f0b2a52-6d4e-4a1e-9c55-5b8f3f0e2a11';
const limitMs = 500;
const managed: RealIdentity = { kind: 'managed-identity', appId, tenantId: '0b7d3a52-6d4e-4a1e-9c55-5b8f3f0e2a11' };

let questions = 0;
/** A token service that takes every question and answers none. */
const silent = createServer(() => {
  questions += 1;
});

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${port}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', 'header');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  silent.closeAllConnections();
  silent.close();
  await once(silent, 'close');
});

const failureOf = async (ask: () => Promise<unknown>) => {
  const before = performance.now();
  const asked = questions;
  const error: unknown = await ask().then(
    () => 'a token',
    (thrown: unknown) => thrown,
  );
  expect(questions).toBeGreaterThan(asked);
  expect(performance.now() - before).toBeLessThan(10_000);
  return error;
};

describe('a token service that says nothing', () => {
  it.each([
    ['Azure’s services', () => azureCredential(appId, limitMs).getToken('https://management.azure.com/.default')],
    [
      'Teams',
      async () => {
        const credentials = await openCredentials(managed, createCredentialsFactory(managed, limitMs));
        return credentials.getToken();
      },
    ],
  ])('does not keep calls to %s waiting, and is no refusal', async (_whom, ask) => {
    const error = await failureOf(ask);
    expect(String(error)).toContain('timed out');
    expect(isSignInFailure(error)).toBe(true);
    expect(signInFailure(error)).toBe('not-now');
  });

  it('has a limit of seconds unless another one is given', async () => {
    const told = vi.spyOn(AbortSignal, 'timeout');
    expect(await signInWithin(async () => 'token')).toBe('token');
    expect(told.mock.calls).toEqual([[10_000]]);
    told.mockRestore();
  });
});
