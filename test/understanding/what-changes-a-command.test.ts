import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { StemIndex } from '../../src/understanding/name-stems.ts';

const names = new StemIndex([
  ...['Churn Lab', 'Guest-Workspace', 'Fraud Detection'].map((name) => ({ name, isWorkspace: true })),
  ...['churn.csv', 'churns.csv', 'survey results', 'Churn predictor'].map((name) => ({ name, isWorkspace: false })),
]);

const read = (text: string): Reading => understand(text, shippedModel(), { today: '2026-11-30', names });

/** Words of one person: in front of a command and behind it, and others that change what is wanted. */
interface Wording {
  readonly voice: string;
  readonly front: readonly string[];
  readonly behind: readonly string[];
  readonly changes: readonly { readonly front: string; readonly behind: string }[];
}

const people = readFileSync(new URL('fixtures/around-commands.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Wording);
const commands = ['export churn.csv', 'delete churns.csv', 'export Churn Lab'];

const same = (one: Reading, other: Reading) =>
  one.intent === other.intent && JSON.stringify(one.slots) === JSON.stringify(other.slots);

describe('words around a command', () => {
  it('that change it are never dropped from a deletion, and hardly ever from an export', () => {
    const bare = commands.map((command) => ({ command, reading: read(command) }));
    const said = people.flatMap(({ changes }) =>
      changes.flatMap(({ front, behind }) =>
        bare.map(({ command, reading }) => ({
          text: `${front}${front === '' ? '' : ' '}${command}${behind}`,
          reading,
        })),
      ),
    );
    const dropped = said.filter(({ text, reading }) => same(read(text), reading)).map(({ text }) => text);
    expect(dropped.filter((text) => text.includes('delete'))).toEqual([]);
    // What is left has no word of its own for it: "I nearly told Karen to", "was the answer a student gave".
    expect(dropped.length / said.length).toBeLessThan(0.03);
  });

  it('that change nothing leave it as it is, or it is asked about', () => {
    const said = people.flatMap(({ front, behind }) => [
      ...front.map((words, at) => ({ text: `${words} ${commands[at % 3]}`, command: commands[at % 3] ?? '' })),
      ...behind.map((words, at) => ({ text: `${commands[at % 3]}${words}`, command: commands[at % 3] ?? '' })),
    ]);
    const kept = said.filter(({ text, command }) => {
      const { offers = [], ...reading } = read(text);
      const whole = read(command);
      return same(reading, whole) || offers.some(({ intent, slots }) => same({ ...reading, intent, slots }, whole));
    });
    expect(kept.length / said.length).toBeGreaterThan(0.8);
  });

  it.each([
    ['next week please export churn.csv', 'next week please'],
    ['I no longer want to delete the workspace Churn Lab', 'no longer want to'],
    ['i dont want you to delete churns.csv', 'dont want you to'],
    ['subject to their approval, export Churn Lab', 'subject to their approval,'],
    ['export churn.csv but only the 2022 rows', 'but only the 2022 rows'],
    ['export churn.csv, excluding personal data', 'excluding personal data'],
    ['export churn.csv if Megan agrees', 'if Megan agrees'],
    ['export churn.csv and everything Adele made', 'everything Adele made'],
    ['delete churns.csv and like everything Adele made too', 'and like everything Adele made too'],
    ['once the audit is done, export churn.csv', 'nothing was read'],
    ['who told you to export churn.csv', 'nothing was read'],
    ['export churn.csv, or would that be unwise?', 'asked'],
  ])('are named where they change it: %s', (text, named) => {
    const { intent, lost, offers } = read(text);
    expect([intent, lost ?? (offers === undefined ? 'nothing was read' : 'asked')]).toEqual(['none', named]);
  });

  it('never let a condition go', () => {
    const condition = fc.constantFrom(
      ...['if Megan agrees', 'unless somebody needs it', 'once it is approved', 'provided that nobody objects'],
      ...[
        'iff it is older than May',
        'as soon as the lawyers sign',
        'subject to their approval',
        'on condition that I agree',
      ],
    );
    const command = fc.constantFrom(
      'export churn.csv',

      'export Churn Lab',
      'delete churns.csv',
    );
    fc.assert(
      fc.property(condition, command, fc.boolean(), (when, what, isFirst) => {
        const reading = read(isFirst ? `${when}, ${what}` : `${what} ${when}`);
        expect(same(reading, read(what))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
