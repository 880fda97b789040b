import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { holdReading } from '../../src/understanding/hold-commands.ts';
import { type HoldWords, holdWords } from '../../src/understanding/hold-phrases.ts';
import type { Slots } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';

const today = '2026-12-01';
const dataset = (name: string) => ({ kind: 'dataset', name }) as const;

describe('what a message about a legal hold says', () => {
  it.each<[string, HoldWords]>([
    [
      'put a legal hold on Churn Lab, matter 2024-118, because of the audit',
      { subject: 'Churn Lab', reference: '2024-118', reason: 'the audit' },
    ],
    ['hold everything of Jane Doe until 1 March', { subject: 'Jane Doe', until: '2027-03-02' }],
    ['place dataset churn.csv under hold', { assets: [dataset('churn.csv')] }],
    ['put a legal hold on the churn.csv dataset', { assets: [dataset('churn.csv')] }],
    [
      'put a hold on datasets "a b.csv" and c.csv in workspace Churn Lab. Docket 7:24-cv-115',
      { assets: [dataset('a b.csv'), dataset('c.csv')], workspace: 'Churn Lab', reference: '7:24-cv-115' },
    ],
    [
      'legal hold on workspace Halle 3, Aktenzeichen 12 O 88/24, for two years',
      { workspace: 'Halle 3', reference: '12 O 88/24', until: '2028-12-01' },
    ],
    ['hold on jane@contoso.com till Friday', { subject: 'jane@contoso.com', until: '2026-12-05' }],
    ['hold on Mr. Lee Gu until the end of the quarter', { subject: 'Lee Gu', until: '2027-01-01' }],
    ['hold workspace X1 until the claim is closed', { workspace: 'X1', unreadEnd: 'until the claim is closed' }],
    ['hold workspace X1 from 1 June to 31 August', { workspace: 'X1', from: '2027-06-01' }],
    [
      'lift hold nr. 204 because it was put on the wrong person',
      { hold: 204, reason: 'it was put on the wrong person' },
    ],
    ['lift the hold on Churn Lab, LIT-0093', { subject: 'Churn Lab', reference: 'LIT-0093' }],
    ['a hold of 3 months on workspace X1', { workspace: 'X1', until: '2027-03-01' }],
  ])('%s', (text, said) => {
    expect(holdWords(text, {}, today)).toEqual(said);
  });

  it.each<[string, Slots, Partial<HoldWords>]>([
    ['ponlo bajo retención', { subject: 'Dr. Ana Reis' }, { subject: 'Ana Reis' }],
    ['freeze it, matter 7', { workspace: 'Churn Lab', reason: 'matter 7' }, { workspace: 'Churn Lab', reference: '7' }],
  ])('of the trained reader, where the rules find nothing: %s', (text, slots, said) => {
    expect(holdWords(text, slots, today)).toEqual(said);
  });

  it('of any text, without failing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(holdWords(`hold on ${text} matter until`, {}, today)).toBeTypeOf('object');
        holdReading(`lift the hold on ${text}`);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a plain command or question about holds', () => {
  it.each([
    ['put a legal hold on Churn Lab, matter 2024-118', 'hold.place'],
    ['could you please place dataset churn.csv under hold?', 'hold.place'],
    ['hold everything of Jane Doe until 1 March', 'hold.place'],
    ['lift the hold on Churn Lab', 'hold.lift'],
    ['lift hold 12 because the case is closed', 'hold.lift'],
    ['what is on hold?', 'hold.list'],
    ['is Churn Lab under a hold?', 'hold.list'],
    ['any holds on Jane?', 'hold.list'],
    ['is there a legal hold on churn.csv?', 'hold.list'],
    ['list holds', 'hold.list'],
  ])('%s: %s', (text, intent) => {
    expect(understand(text, shippedModel()).intent).toBe(intent);
  });

  it.each([
    'hold on a second',
    'is the meeting on hold?',
    'put the meeting on hold',
    'put a hold on the front page',
    'should I put a legal hold on Churn Lab?',
    'don’t put a legal hold on Churn Lab',
    'do not lift hold 12',
    'what is a legal hold?',
    'delete experiment hold-out test',
    'export the workspace Legal Hold',
    'lift the hold on Churn Lab and delete it',
    'what holds my request up',
    'hold on Calum Roy’s data plz',
  ])('is not %s', (text) => {
    expect(holdReading(text)).toBeNull();
  });
});
