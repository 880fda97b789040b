import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../../src/log.ts';
import { createStudioSource } from '../../../src/sources/studio-classic/source.ts';
import { createTokenProbe } from '../../../src/sources/studio-classic/token-probe.ts';
import { systemClock } from '../../../src/system-clock.ts';
import { TestClock } from '../../harness/clock.ts';

/**
 * The status for each workspace by the last digit of its id: 1 rejects the token, 2 is unavailable, all others are
 * forbidden.
 */
const statuses: Readonly<Record<string, number>> = { '1': 401, '2': 500 };
const server = createServer((request, response) => {
  const digit = /workspaces\/[0-9a-f]{31}([0-9a-f])/u.exec(request.url ?? '')?.[1] ?? '';
  response.writeHead(statuses[digit] ?? 403, { 'content-type': 'application/json' }).end('{}');
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

const ids = ['0', '1', '2'].map((digit) => `7c0e6a1f52b84d0fa3c9d1e4b6f80a2${digit}`);

function studio() {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connections = ids.map((workspaceId) => ({ workspaceId, endpoint, token: 'very-secret', registeredBy: null }));
  const clock = { now: systemClock.now, wait: (milliseconds: number) => systemClock.wait(milliseconds / 1_000) };
  return createStudioSource({ connections, clock });
}

it('a refused token is told with the host, the workspace and what an owner has to do', async () => {
  const told = await studio()
    .workspace(ids[1] ?? '', AbortSignal.timeout(30_000))
    .catch((error: unknown) => (error instanceof Error ? error.message : ''));
  expect(told).toMatch(
    /^Studio at 127\.0\.0\.1:\d+ does not accept the token of workspace 7c0e6a1f52b84d0fa3c9d1e4b6f80a21\. /u,
  );
  expect(told).toContain('An owner has to give');
  expect(told).not.toContain('very-secret');
});

it('each registered token is tried at the start: a refused one is a notice and a log line, an outage is neither', async () => {
  const lines: string[] = [];
  const tried = Promise.withResolvers<void>();
  const log = createLog('info', {
    write: (line: string) => {
      lines.push(line);
      if (line.includes('"ready, with a notice"')) tried.resolve();
    },
  });
  const probe = createTokenProbe(studio(), new TestClock(), log);
  const ending = new AbortController();
  const running = probe.run(ending.signal);
  await tried.promise;
  ending.abort();
  await running;
  const state = probe.current();
  expect(state.ready && state.notice).toContain('entry 2 in STUDIO_CONNECTIONS');
  const refused = lines.filter((line) => line.includes('does not accept the token of a workspace'));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain(ids[1]);
  expect(lines.join('')).not.toContain('very-secret');
});
