import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedText, isStorable, originalText, storable, storableValue } from '../../src/domain/storable-text.ts';
import { anyText } from '../harness/any-text.ts';

describe('text from outside', () => {
  it('can be stored, whatever it held', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(isStorable(storable(text))).toBe(true);
        expect(isStorable(encodedText(text))).toBe(true);
      }),
    );
  });

  it('comes back exactly as the service knows it, so that two are equal here when they are there', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(originalText(encodedText(one))).toBe(one);
        expect(encodedText(one) === encodedText(other)).toBe(one === other);
      }),
    );
  });

  it('is changed once, and not again by the last line of defence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(storable(storable(text))).toBe(storable(text));
        expect(storable(encodedText(text))).toBe(encodedText(text));
      }),
    );
  });

  it.each([
    ['a name cut inside an emoji', 'Bad\ud83dName', 'Bad�D83DName'],
    ['the character zero', 'bad\0name.csv', 'bad�0000name.csv'],
    ['a whole emoji', '👩‍👩‍👧 é', '👩‍👩‍👧 é'],
    ['a mark of the service’s own', 'broken � name', 'broken � name'],
    ['what reads like an escape', '�0000', '�FFFD0000'],
  ])('keeps %s readable', (_case, text, stored) => {
    expect(encodedText(text)).toBe(stored);
  });

  it('stays as a person wrote it where it shows an escape, so that a name can be typed as a card shows it', () => {
    expect(storable('delete dataset bad�0000name.csv')).toBe('delete dataset bad�0000name.csv');
  });
});

describe('a payload', () => {
  it('is made storable at any depth, names of fields included, and is the same object when it was', () => {
    const clean = { a: ['x', { b: new Date(0), c: null, d: 1 }] };
    expect(storableValue(clean)).toBe(clean);
    expect(storableValue({ 'k\0': [{ b: ['\ud800'] }], at: clean })).toEqual({
      'k�0000': [{ b: ['�D800'] }],
      at: clean,
    });
  });

  it('nested deeper than any service sends is refused, not fatal', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(() => storableValue(deep)).toThrow(/nested/u);
  });
});
