import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lifecyclePicture } from './lifecycle-picture.ts';

it('the README shows the life of a request as the state machine decides it', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = /```mermaid\n(stateDiagram[\s\S]*?)\n```/u.exec(readme)?.[1];
  expect(shown?.split('\n')).toEqual(lifecyclePicture());
});
