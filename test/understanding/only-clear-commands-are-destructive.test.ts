import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationContext } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import { isDestructive, type Reading } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { messageParts } from '../../src/understanding/message/message-parts.ts';
import { commands, harmless } from './variations.ts';
import { frames } from './wordings.ts';

/** As the bot reads it: both readers, and the model that is shipped. */
function read(text: string, context?: ConversationContext): Reading {
  return understand(messageParts({ text }).own, shippedModel(), { context, today: '2026-11-25' });
}

const perSeed = 8_000;
const seeds = [1, 2, 3];

function losesData({ intent, slots }: Reading): boolean {
  return isDestructive(intent) || (slots.then !== undefined && isDestructive(slots.then.intent));
}

describe('nothing but a clear, present, first-hand command is destructive', () => {
  it.each(seeds)('in generated variations of what is none (seed %i)', (seed) => {
    const failures = harmless(seed, perSeed).filter(({ text }) => losesData(read(text)));
    expect(failures.map(({ text, frame }) => `${frame} → ${text}`)).toEqual([]);
  });

  it('in hand-written traps', () => {
    const traps = readFileSync(new URL('fixtures/traps.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    expect(traps.length).toBeGreaterThan(100);
    expect(traps.filter((text) => losesData(read(text)))).toEqual([]);
  });

  it('in near misses that people wrote in seven other languages, which are never trained on', () => {
    const rows = readFileSync(new URL('fixtures/frontiere.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly text: string; readonly intent: string });
    const misses = rows.filter(({ intent }) => !/^(?:delete|dsr\.erase)/u.test(intent));
    expect(misses.length).toBeGreaterThan(200);
    expect(misses.map(({ text }) => text).filter((text) => losesData(read(text)))).toEqual([]);
    const commands = rows.filter(({ intent }) => /^(?:delete|dsr\.erase)/u.test(intent));
    expect(commands.filter(({ text, intent }) => read(text).intent === intent).length).toBeGreaterThan(20);
  });

  it('whatever is quoted', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('delete my workspace', 'erase my personal data', 'remove dataset x.csv'),
        fc.constantFrom(...'“”|""|\'\'|«»|``'.split('|')),
        fc.constantFrom('he wrote ', 'see ', ''),
        (command, [open = '"', close = '"'], before) => {
          expect(losesData(read(`${before}${open}${command}${close}`))).toBe(false);
        },
      ),
    );
  });

  it('whatever stands in the place of the name in a harmless sentence', () => {
    const sentence = fc.constantFrom(
      'list datasets with "{}" in the name',
      'export the dataset "{}"',
      'what does "{}" mean?',
      'status of "{}"',
      'show me the experiment "{}"',
    );
    fc.assert(
      fc.property(
        sentence,
        fc.string({ maxLength: 60 }).map((name) => name.replace(/["“”„‟«»″＂]/g, '')),
        (frame, name) => {
          expect(losesData(read(frame.replace('{}', `delete my workspace ${name}`)))).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('whoever is said to have said it', () => {
    const speaker = fc.constantFrom('Alex Wilber', 'Megan', 'my manager', 'the helpdesk', 'somebody', 'She', 'Legal');
    const verb = fc.constantFrom(
      'said',
      'says',
      'told me to',
      'wrote:',
      'wants me to',
      'asked me to',
      'suggested to',
      'mentioned we should',
      'insists that I',
    );
    const command = fc.constantFrom(
      'delete my workspace',
      'erase the dataset "x"',
      'remove all my experiments',
      'forget alexw@example.com',
      'wipe workspace Pilot',
    );
    fc.assert(
      fc.property(speaker, verb, command, (who, says, what) => {
        expect(losesData(read(`${who} ${says} ${what}`))).toBe(false);
      }),
    );
  });

  it('not even when an answer is awaited and the message is no name', () => {
    const pending = { turns: [], pending: { intent: 'delete.assets' as const, kind: 'dataset' as const, at: 0 } };
    const said = [
      'thanks',
      'what?',
      'no idea',
      'never mind',
      'help',
      "I don't know",
      'how many do I have?',
      'wait',
      'stop',
      'lol',
      'not that',
      'hello',
      'do not delete anything',
    ];
    expect(said.filter((text) => losesData(read(text, pending)))).toEqual([]);
  });

  it('has variations of every kind', () => {
    const seen = new Set(harmless(1, perSeed).map(({ frame }) => frame.split(':')[0]));
    expect([...seen].sort()).toEqual([...Object.keys(frames), 'command as a name', 'elsewhere', 'lookalike'].sort());
    expect(new Set(seeds.flatMap((seed) => harmless(seed, perSeed).map(({ text }) => text))).size).toBeGreaterThan(
      20_000,
    );
  });
});

describe('plain commands are still read', () => {
  it('with every kind of marked name, and what is not sure is offered', () => {
    const readings = commands(7, 3_000).map((command) => ({ command, found: read(command.text) }));
    const acted = readings.filter(({ found }) => found.intent !== 'none');
    const misread = acted.filter(
      ({ command, found }) =>
        found.intent !== command.intent ||
        JSON.stringify(found.slots).toLowerCase() !== JSON.stringify(command.slots).toLowerCase(),
    );
    const lost = readings.filter(
      ({ command, found }) => found.intent === 'none' && !found.offers?.some(({ intent }) => intent === command.intent),
    );
    expect(acted.length / readings.length).toBeGreaterThan(0.98);
    expect([...misread, ...lost].map(({ command }) => command.text)).toEqual([]);
  });
});
