import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFolderNames, safeName } from '../../src/archive/file-names.ts';

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('/', '\\', '.', ' ', ':', '*', '?', '"', '<', '>', '|', '\0', '\n', '\u007f', '\u202e', '\ud800'),
    fc.constantFrom('a', 'A', 'ä', 'a\u0308', 'ﬁ', 'ß', 'İ', 'ı', '数', '👩‍👩‍👧', 'e\u0301', '\u200b'),
    fc.constantFrom('CON', 'nul', 'COM1', 'lpt9', 'aux', '.csv', '.txt', '(2)', ' (2)'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 120,
});

const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

function expectSafe(name: string): void {
  expect(name).not.toBe('');
  expect(name).not.toMatch(/[<>:"/\\|?*]/u);
  expect(name).not.toMatch(invisible);
  expect(name).not.toMatch(/[ .]$/u);
  expect(name).not.toMatch(/^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\s*(?:\.|$)/iu);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name.isWellFormed()).toBe(true);
}

/** The names as case-insensitive Windows and normalising macOS compare them. */
function onDisk(name: string): string[] {
  return [name.toLowerCase(), name.toUpperCase(), name.normalize('NFD').toLowerCase(), name.normalize('NFC')];
}

describe('a file name in an archive', () => {
  it('stays as it is when every system accepts it', () => {
    for (const name of ['churn.csv', 'Größe in m².tsv', '顧客 2016.csv', 'a.b.c', '.hidden', 'naïve 🙂.txt']) {
      expect(safeName(name)).toBe(name);
    }
  });

  it('loses what some system forbids', () => {
    expect(safeName('sales/2016\\Q1.csv')).toBe('sales_2016_Q1.csv');
    expect(safeName('../../etc/passwd')).toBe('.._.._etc_passwd');
    expect(safeName('what? "really": <yes>|*')).toBe('what_ _really__ _yes___');
    expect(safeName('  ends with dots... ')).toBe('ends with dots');
    expect(safeName('line\nbreak\u0000.csv')).toBe('linebreak.csv');
    expect(safeName('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
    expect(safeName('...')).toBe('unnamed');
    expect(safeName('')).toBe('unnamed');
  });

  it('is never one of Windows’ devices', () => {
    expect(safeName('CON')).toBe('_CON');
    expect(safeName('nul.csv')).toBe('_nul.csv');
    expect(safeName('Aux .tar.gz')).toBe('_Aux .tar.gz');
    expect(safeName('LPT¹.txt')).toBe('_LPT¹.txt');
    expect(safeName('console.csv')).toBe('console.csv');
  });

  it('keeps its extension when it is shortened, and never half a character', () => {
    const name = safeName(`${'数'.repeat(300)}.csv`);
    expect(name).toMatch(/^数+\.csv$/u);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
    expect(safeName(`${'👩‍👩‍👧'.repeat(40)}.csv`)).toMatch(/^(?:👩‍👩‍👧)+\.csv$/u);
    expect(safeName('e\u0301'.repeat(500)).normalize('NFC')).toMatch(/^é+$/u);
  });

  it('is safe whatever a person typed', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        expectSafe(safeName(name));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not changed by being made safe twice', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        expect(safeName(safeName(name))).toBe(safeName(name));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the names of one folder', () => {
  it('number what differs only in case or in unicode form', () => {
    const names = createFolderNames();
    expect(names.take('Churn.csv')).toBe('Churn.csv');
    expect(names.take('churn.CSV')).toBe('churn (2).CSV');
    expect(names.take('caf\u00e9')).toBe('café');
    expect(names.take('cafe\u0301')).toBe('café (2)');
    expect(names.take('ﬁt.csv')).toBe('ﬁt.csv');
    expect(names.take('fit.csv')).toBe('fit (2).csv');
  });

  it('do not collide with a name that already looks numbered', () => {
    const names = createFolderNames();
    expect(['a.csv', 'a (2).csv', 'a.csv', 'a.csv', 'a (2).csv'].map((name) => names.take(name))).toEqual([
      'a.csv',
      'a (2).csv',
      'a (3).csv',
      'a (4).csv',
      'a (2) (2).csv',
    ]);
  });

  it('are unique on every system, safe, and the same every time', () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 40 }), (wanted) => {
        const [once, again] = [createFolderNames(), createFolderNames()];
        const given = wanted.map((name) => once.take(name));
        expect(wanted.map((name) => again.take(name))).toEqual(given);
        for (const name of given) expectSafe(name);
        for (const form of [0, 1, 2, 3])
          expect(new Set(given.map((name) => onDisk(name)[form])).size).toBe(given.length);
      }),
      { numRuns: 500 },
    );
  });

  it('go on after an interruption as if there had been none', () => {
    fc.assert(
      fc.property(fc.array(nasty, { maxLength: 30 }), fc.nat(30), (wanted, broken) => {
        const whole = createFolderNames();
        const given = wanted.map((name) => whole.take(name));
        const resumed = createFolderNames();
        for (const name of given.slice(0, broken)) resumed.recall(name);
        expect(wanted.slice(broken).map((name) => resumed.take(name))).toEqual(given.slice(broken));
      }),
      { numRuns: 500 },
    );
  });

  it('number ten thousand files of one name quickly', () => {
    const names = createFolderNames();
    for (let i = 1; i < 10_000; i += 1) names.take('data.csv');
    expect(names.take('data.csv')).toBe('data (10000).csv');
  });
});
