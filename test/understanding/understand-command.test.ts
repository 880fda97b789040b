import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

it('npm run understand answers line by line, in order, in the label scheme', async () => {
  const command = new URL('../../src/understanding/understand-command.ts', import.meta.url);
  const child = spawn(process.execPath, [command.pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const output = text(child.stdout);
  const utterances = [
    'export my workspace',
    '',
    'delete the dataset "a, b"',
    JSON.stringify({ text: 'delete these datasets:\nloans.csv\ntrips.csv' }),
    '{ this is not JSON at all',
    'export Churn',
    ...Array.from({ length: 500 }, (_, index) => `status of DSR-${index}`),
  ];
  child.stdin.end(`${utterances.join('\n')}\n`);
  const lines = (await output)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; intent: string; confidence: number; offers: unknown });
  expect((await closed)[0]).toBe(0);
  expect(lines.length).toBe(utterances.length);
  const [workspace, nothing, dataset, several, noJson, unsure] = lines;
  expect(workspace).toMatchObject({ text: 'export my workspace', intent: 'export.workspace', slots: {}, offers: [] });
  expect(nothing).toMatchObject({ text: '', intent: 'none', slots: {}, offers: [] });
  expect(dataset).toMatchObject({
    text: 'delete the dataset "a, b"',
    intent: 'delete.assets',
    slots: { assets: [{ kind: 'dataset', name: 'a, b' }] },
  });
  expect(several).toMatchObject({
    text: 'delete these datasets:\nloans.csv\ntrips.csv',
    intent: 'delete.assets',
    slots: {
      assets: [
        { kind: 'dataset', name: 'loans.csv' },
        { kind: 'dataset', name: 'trips.csv' },
      ],
    },
  });
  expect(noJson).toMatchObject({ text: '{ this is not JSON at all', intent: 'none' });
  expect(unsure?.offers).toBeInstanceOf(Array);
  expect(lines.at(-1)).toMatchObject({
    text: 'status of DSR-499',
    intent: 'request.status',
    slots: { request: 'DSR-499' },
  });
  for (const { confidence } of lines) expect(confidence).toBeTypeOf('number');
});
