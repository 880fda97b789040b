import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldText, maxReasonLength, statedReason } from '../../src/domain/field-text.ts';
import { isStorable } from '../../src/domain/storable-text.ts';

describe('what is written into a field of a card', () => {
  it('is kept on one line, bounded, storable and without control characters, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 900 }),
      fc.string({ unit: fc.constantFrom('a', '😀', '\0', '\n', '\u200b', '\ud83d', ' '), maxLength: 900 }),
    );
    let cut = 0;
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 600 }), (written, most) => {
        const kept = fieldText(written, most);
        if (kept === null) return;
        expect(kept.length).toBeLessThanOrEqual(most);
        expect(isStorable(kept)).toBe(true);
        expect(kept).not.toMatch(/[\p{Cc}\p{Cs}]/u);
        if (kept.length >= most - 1) cut += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(cut).toBeGreaterThan(20);
  });

  it.each([
    undefined,
    '',
    ' ',
    '\n\t\r',
    '\0',
    '\u0001\u001f\u007f\u0085',
    '\u200b\u200d\ufeff',
    '\u3164',
    '\ud800',
    '\ufffd0000 \ufffdD83D',
  ])('is nothing where nobody could see it: %j', (written) => {
    expect(fieldText(written, 500)).toBeNull();
    expect(statedReason(written)).toBeNull();
  });

  it('loses a secret whole, also where it would have been cut', () => {
    const secret = 'AccountKey=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghij==';
    const kept = statedReason(`${'word '.repeat(97)}${secret}`) ?? '';
    expect(kept).toContain('word word');
    expect(kept).not.toMatch(/abcdef/u);
  });
});

describe('a reason', () => {
  it.each([
    ['Superseded by the data of 2020', 'Superseded by the data of 2020'],
    ['  two\nlines  ', 'two lines'],
    ['已被取代', '已被取代'],
    ['see https://tickets.example.com/4711 for it', 'see [link] for it'],
  ])('is kept: %s', (written, kept) => {
    expect(statedReason(written)).toBe(kept);
  });

  it.each(['…', '- . -', '***', '👍', 'https://tickets.example.com/4711', '\u200b.\u200b'])(
    'has to say something in words: %s',
    (written) => {
      expect(statedReason(written)).toBeNull();
    },
  );

  it('is as long as is kept at most', () => {
    expect(statedReason('because '.repeat(625))?.length).toBeLessThanOrEqual(maxReasonLength);
  });
});
