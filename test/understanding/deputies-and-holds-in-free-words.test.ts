import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { isDangerous, rowsOf } from './scoring.ts';

const rows = rowsOf('tannery.jsonl');
const read = (text: string) => understand(text, shippedModel(), { today: '2026-11-25' });
const readings = rows.map((row) => ({ row, reading: read(row.text) }));
const share = (isRight: (one: (typeof readings)[number]) => boolean, of = readings) =>
  of.filter(isRight).length / of.length;

describe('a writer the model was not trained on, about deputies, holds and the record', () => {
  it('is never read as a deletion that was not meant', () => {
    expect(readings.filter(({ row, reading }) => isDangerous(row.intent, reading.intent))).toEqual([]);
  });

  it('never says yes or no by such words', () => {
    const answers = readings.filter(({ reading: { intent } }) => intent === 'confirm' || intent === 'decline');
    expect(answers.filter(({ row, reading }) => row.intent !== reading.intent)).toEqual([]);
  });

  it('is read as it was meant', () => {
    expect(share(({ row, reading }) => row.intent === reading.intent)).toBeGreaterThanOrEqual(0.7);
  });
});

describe('what lies close beside a deputy', () => {
  it.each([
    'Lee decides for me',
    'Lee approves it for me',
    'my deputy said yes',
    'I approve',
    'approved by my deputy',
    'Adele signs off DSR-1042 in my place',
  ])('%s: confirms and deletes nothing', (text) => {
    const { intent, offers = [] } = read(text);
    const found = [intent, ...offers.map((offer) => offer.intent)];
    expect(found).not.toContain('confirm');
    expect(found.filter((each) => each.startsWith('delete.') || each === 'dsr.erase')).toEqual([]);
  });
});
