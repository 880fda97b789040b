import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { isDestructive, type Reading, type Slots } from '../../src/understanding/intents.ts';
import { NameIndex } from '../../src/understanding/learned/name-index.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { sizeIn } from '../../src/understanding/size-limits.ts';

const KB = 1024;
const MB = KB * 1024;
const GB = MB * 1024;
const names = new NameIndex([{ name: 'Churn Lab', isWorkspace: true }]);
const read = (text: string): Reading => understand(text, shippedModel(), { today: '2026-11-30', names });

describe('a size', () => {
  it.each<[string, Slots['size'] | null]>([
    ['datasets over 10 mb', { over: 10 * MB }],
    ['datasets bigger than 1.5gb', { over: 1.5 * GB }],
    ['models up to 1,5 gb', { under: 1.5 * GB }],
    ['everything between 1 and 5 mb', { over: MB, under: 5 * MB }],
    ['between 500 kb and 2 mb', { over: 500 * KB, under: 2 * MB }],
    ['2 gb or more', { over: 2 * GB }],
    ['above 1 mb but less than 1 gb', { over: MB, under: GB }],
    ['at least a gigabyte', { over: GB }],
    ['alle datensätze über 10 mb', { over: 10 * MB }],
    // A thousand to some people and one to others.
    ['over 1,000 mb', null],
    ['over 1.000 mb', null],
    ['over 10', null],
    ['exactly 10 mb', null],
    ['over 1 mb and over 5 mb', null],
    ['over 5 mb and under 1 mb', null],
    ['a dataset of 10 mb', null],
  ])('in “%s” is %j', (text, size) => {
    expect(sizeIn(text.split(' '))?.size ?? null).toEqual(size);
  });

  it('limits what is listed, exported and deleted', () => {
    expect(read('which datasets are bigger than 1 GB?')).toMatchObject({
      intent: 'list.assets',
      slots: { kind: 'dataset', size: { over: GB } },
    });
    expect(read('export everything in Churn Lab that is larger than 2 GB')).toMatchObject({
      intent: 'export.assets',
      slots: { all: true, workspace: 'Churn Lab', size: { over: 2 * GB } },
    });
    expect(read('delete all datasets over 10 MB in Churn Lab')).toMatchObject({
      intent: 'delete.assets',
      slots: { all: true, kind: 'dataset', size: { over: 10 * MB } },
    });
  });

  it('is never lost from an export or a deletion, whatever is acted on or offered', () => {
    const comparison = fc.constantFrom(
      'over',
      'above',
      'bigger than',
      'more than',
      'under',
      'smaller than',
      'at least',
      'exactly',
      'about',
      'near',
    );
    const amount = fc.tuple(
      fc.constantFrom('1', '10', '2.5', '1,000', '300', 'two', 'half a'),
      fc.constantFrom('MB', 'GB', 'kb', 'gigs', 'megabytes'),
    );
    const object = fc.constantFrom(
      'all datasets',
      'every model',
      'everything',
      'the notebooks',
      'all my experiments',
      'the whole workspace',
    );
    const verb = fc.constantFrom('delete', 'remove', 'export', 'please back up', 'get rid of', 'wipe');
    const where = fc.constantFrom('', ' in Churn Lab', ' from my workspace');
    const order = fc.boolean();
    fc.assert(
      fc.property(verb, object, comparison, amount, where, order, (act, what, than, [number, unit], place, isEarly) => {
        const size = ` ${than} ${number} ${unit}`;
        const found = read(isEarly ? `${act} ${what}${size}${place}` : `${act} ${what}${place} that is${size}`);
        for (const { intent, slots } of [found, ...(found.offers ?? [])]) {
          const isWhole = intent === 'export.workspace' || intent === 'delete.workspace';
          const isSelection = (intent === 'export.assets' || isDestructive(intent)) && slots.all === true;
          expect(isWhole, `${intent} ${JSON.stringify(slots)}`).toBe(false);
          if (isSelection) expect(slots.size, JSON.stringify(slots)).toBeDefined();
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a whole workspace', () => {
  it.each([
    'export everything that nobody uses in Churn Lab',
    'export everything from Churn Lab that failed',
    'delete everything over 1 GB in Churn Lab',
  ])('is not meant by “%s”', (text) => {
    const { intent, slots, offers = [] } = read(text);
    for (const each of [{ intent, slots }, ...offers]) {
      expect(each.intent).not.toMatch(/\.workspace$/u);
      if (each.intent.startsWith('export.') || each.intent.startsWith('delete.'))
        expect(Object.keys(each.slots)).toEqual(expect.arrayContaining(['all', 'workspace']));
    }
  });
});
