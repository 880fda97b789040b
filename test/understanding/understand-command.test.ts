import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

it('npm run understand answers line by line, in order, in the label scheme', async () => {
  const command = new URL('../../src/understanding/command.ts', import.meta.url);
  const child = spawn(process.execPath, [command.pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const output = text(child.stdout);
  const utterances = [
    'export my workspace',
    '',
    'delete the dataset "a, b"',
    ...Array.from({ length: 500 }, (_, index) => `status of DSR-${index}`),
  ];
  child.stdin.end(`${utterances.join('\n')}\n`);
  const lines = (await output)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect((await closed)[0]).toBe(0);
  expect(lines.map(({ text: said }) => said)).toEqual(utterances);
  expect(lines[0]).toEqual({ text: 'export my workspace', intent: 'export.workspace', slots: {} });
  expect(lines[1]).toEqual({ text: '', intent: 'none', slots: {} });
  expect(lines[2]).toEqual({
    text: 'delete the dataset "a, b"',
    intent: 'delete.assets',
    slots: { assets: [{ kind: 'dataset', name: 'a, b' }] },
  });
  expect(lines.at(-1)).toEqual({ text: 'status of DSR-499', intent: 'request.status', slots: { request: 'DSR-499' } });
});
