import { describe, expect, it } from 'vitest';
import { resolveName, searchName } from '../../src/understanding/resolve.ts';
import { generator } from './variations.ts';

function thing(name: string, year = 2020) {
  return { name, createdAt: new Date(Date.UTC(year, 0, 1)) };
}

function closest(typed: string, names: readonly string[]): string[] {
  const found = resolveName(
    typed,
    names.map((name) => thing(name)),
  );
  return found.result === 'unknown' ? found.closest.map(({ name }) => name) : [found.result];
}

describe('a name that was typed', () => {
  it('is found when exactly one thing bears it', () => {
    const things = [thing('churn.csv'), thing('Churn.csv'), thing('loans')];
    expect(resolveName('churn.csv', things)).toEqual({ result: 'found', match: things[0] });
    expect(resolveName('LOANS ', things)).toEqual({ result: 'found', match: things[2] });
  });

  it('is ambiguous when several bear it, the newest first', () => {
    const things = [thing('churn', 2018), thing('churn', 2021), thing('churn', 2019)];
    const found = resolveName('churn', things);
    expect(found.result === 'ambiguous' && found.matches.map(({ createdAt }) => createdAt.getUTCFullYear())).toEqual([
      2021, 2019, 2018,
    ]);
  });

  it('is ambiguous when it differs from several only in case', () => {
    expect(resolveName('CHURN', [thing('churn'), thing('Churn')]).result).toBe('ambiguous');
  });

  it('is never taken for a near miss, only offered', () => {
    expect(closest('Froud', ['Fraud Detection', 'Sandbox'])).toEqual(['Fraud Detection']);
    expect(closest('chrun.csv', ['churn.csv', 'loans.csv'])).toEqual(['churn.csv']);
    expect(closest('churn', ['churn.csv', 'churn 2019', 'weather'])).toEqual(['churn.csv', 'churn 2019']);
    expect(closest('detection', ['Fraud Detection'])).toEqual(['Fraud Detection']);
  });

  it('that resembles nothing brings nothing', () => {
    expect(closest('penguins', ['churn.csv', 'loans.csv'])).toEqual([]);
    expect(closest('', ['churn.csv'])).toEqual([]);
  });

  it('keeps a few of very many that bear it, the newest', () => {
    const search = searchName<ReturnType<typeof thing>>('churn');
    for (let year = 1900; year < 2100; year += 1) search.consider(thing(year % 2 === 0 ? 'churn' : 'loans', year));
    const found = search.resolution();
    const years = found.result === 'ambiguous' ? found.matches.map(({ createdAt }) => createdAt.getUTCFullYear()) : [];
    expect(years).toEqual(Array.from({ length: 20 }, (_, nth) => 2098 - 2 * nth));
  });

  it('means the exact ones once there is one, and never a near miss', () => {
    const search = searchName('churn');
    search.consider(thing('Churn'));
    expect([search.means(thing('CHURN ')), search.means(thing('churn')), search.means(thing('chrun'))]).toEqual([
      true,
      true,
      false,
    ]);
    search.consider(thing('churn'));
    expect([search.means(thing('CHURN ')), search.means(thing('churn'))]).toEqual([false, true]);
  });

  it('brings at most five near misses among 100,000 names', () => {
    const random = generator(5);
    const words = ['alpha', 'beta', 'churn', 'delta', 'energy', 'forest', 'gamma', 'harbour'];
    const word = () => words[Math.floor(random() * words.length)] ?? '';
    const things = Array.from({ length: 100_000 }, (_, index) =>
      thing(`${word()} ${word()} ${index}`, 2000 + (index % 20)),
    );
    const found = resolveName('chrun delta 4', things);
    expect(found.result === 'unknown' && found.closest.length).toBe(5);
    expect(resolveName(things[70_000]?.name ?? '', things)).toEqual({ result: 'found', match: things[70_000] });
  });
});
