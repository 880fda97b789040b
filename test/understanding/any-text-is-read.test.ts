import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { intentNames } from '../../src/understanding/intents.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { messageParts } from '../../src/understanding/message/message-parts.ts';

/** As `npm run understand` and the bot read it. */
const read = (text: string) => understand(messageParts({ text }).own, shippedModel());

/** Generous for a loaded machine; a regular expression that backtracks exponentially takes minutes. */
const patience = 20_000;

describe('any text is read', () => {
  it(
    'whatever characters it has',
    () => {
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
          const { intent, confidence } = read(text);
          expect(intentNames).toContain(intent);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }),
        { numRuns: 1_000 },
      );
    },
    patience,
  );

  it('and the same text always means the same', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(read(text)).toEqual(read(text));
      }),
      { numRuns: 300 },
    );
  });

  it(
    'in bounded time when it is 20,000 characters long',
    () => {
      const parts = [
        'a ',
        'delete ',
        'please ',
        'the ',
        '"',
        "'",
        '(',
        'export of ',
        ', and ',
        'can you ',
        'my data and ',
        'I want to ',
        'link is the ',
        'status of ',
        'not ',
        '\n',
        '😀',
        'x',
        'show me the ',
        'what is the ',
      ];
      for (const part of parts) {
        expect(intentNames).toContain(read(part.repeat(20_000 / part.length)).intent);
        expect(intentNames).toContain(read(part.repeat(1_400 / part.length)).intent);
        expect(intentNames).toContain(read(`delete dataset ${part.repeat(1_300 / part.length)}`).intent);
      }
    },
    patience,
  );

  it('and a pasted document is never a command', () => {
    expect(read(`${'Minutes of the meeting. '.repeat(900)} delete my workspace`).intent).toBe('none');
    expect(read(`delete my workspace ${'and so on. '.repeat(1_900)}`).intent).toBe('none');
  });

  it('without mentions, markup, invisible characters and typographic marks', () => {
    const expected = { intent: 'export.assets', slots: { assets: [{ kind: 'dataset', name: 'churn 2019' }] } };
    for (const text of [
      '<at>Studio Steward</at> export the dataset "churn 2019"',
      '<at id="0">Studio Steward</at>&nbsp;export the dataset &quot;churn 2019&quot;',
      '<p>export the <b>dataset</b> “churn 2019”</p>',
      'ex\u200bport the data\u200cset "churn 2019"\u200e',
      '\u202eexport the dataset\u202c "churn 2019"',
      'export the dataset ‘churn 2019’.',
      '  export   the\u00a0dataset "churn 2019"  \r\n',
    ]) {
      expect(read(text), text).toMatchObject(expected);
    }
  });

  it('and nothing at all is nothing', () => {
    for (const text of ['', ' ', '\n\n', '\u200b', '<at>Studio Steward</at>', '...', '\u202e'])
      expect(read(text).intent, JSON.stringify(text)).toBe('none');
  });
});
