import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveFileName, directoryFileName } from '../../src/domain/download-names.ts';

describe('a downloaded file', () => {
  it('is called after its request and part', () => {
    expect(archiveFileName(1001, 1, 1)).toBe('DSR-1001.zip');
    expect(archiveFileName(1001, 1, 5)).toBe('DSR-1001-part-1-of-5.zip');
    expect(directoryFileName(1001, 'Exchange/Mail 2016.JSON', 0)).toBe('DSR-1001-file-1.JSON');
    expect(directoryFileName(1001, 'no ending.', 11)).toBe('DSR-1001-file-12');
  });

  it('has a name in which no client finds anything to encode or quote, whatever the original is', () => {
    const original = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a.ſ', 'b.K', 'c.%41', 'd."x"', 'e.j son'),
    );
    fc.assert(
      fc.property(original, fc.nat(), (name, index) => {
        const saved = directoryFileName(1001, name, index);
        expect(saved).toMatch(/^[A-Za-z0-9.-]+$/u);
        expect(encodeURIComponent(saved)).toBe(saved);
      }),
    );
  });
});
