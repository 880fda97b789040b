import { describe, expect, it } from 'vitest';
import type { Asset } from '../../src/domain/assets.ts';
import { assetLine, nameLine } from '../../src/teams/cards/asset-rows.ts';
import { visible } from '../../src/teams/cards/literal.ts';
import { distinguishingIds } from '../../src/teams/look-alikes.ts';

function asset(name: string, index: number): Asset {
  const familyId = `${'0'.repeat(24)}0000000${index}`;
  return {
    kind: 'dataset',
    id: familyId,
    familyId,
    name,
    sizeBytes: 1,
    createdAt: null,
    owner: '',
    versions: 1,
    revision: '',
  };
}

const told = (...names: readonly string[]) => [...distinguishingIds(names.map(asset)).values()];

describe('names that look alike', () => {
  it.each([
    ['the same twice', 'churn.csv', 'churn.csv'],
    ['composed and decomposed', 'caf\u00e9.csv', 'cafe\u0301.csv'],
    ['a letter of another script', 'churn.csv', '\u0441hurn.csv'],
    ['a hidden character', 'churn.csv', 'chu\u200brn.csv'],
    ['a soft hyphen', 'churn.csv', 'chu\u00adrn.csv'],
    ['another blank', 'a b.csv', 'a\u00a0b.csv'],
    ['letter and digit', 'l1.csv', 'll.csv'],
    ['case', 'Churn.csv', 'churn.csv'],
    ['mathematical letters', 'churn.csv', '\u{1d41c}hurn.csv'],
  ])('are told apart by their ids: %s', (_how, one, other) => {
    expect(told(one, other)).toEqual(['00000000', '00000001']);
  });

  it.each([
    '\u0441hurn.csv',
    '\u0440\u0430\u0443.csv',
    'chu\u200brn.csv',
    'cafe\u0301.csv',
    ' churn.csv',
    'churn\u202evsc',
  ])('show the id even alone, when the other one is not on the card: %s', (name) => {
    expect(told(name, 'orders.csv')).toEqual(['00000000']);
  });

  it.each(['churn.csv', 'café.csv', '資料.csv', 'данные.csv 2019', 'Straße'])('are not suspected of: %s', (name) => {
    expect(told(name, 'orders.csv')).toEqual([]);
  });

  it('have the id in their row', () => {
    const row = { kind: 'dataset', name: 'churn.csv', id: '0000000a' } as const;
    expect(nameLine(row, 100).detail.join('')).toContain('id …0000000a');
    const facts = { sizeBytes: 1, createdAt: null, owner: '', versions: 1, dependants: [] };
    expect(assetLine({ ...row, ...facts }, 100).detail.join('')).toContain('dataset · id …0000000a · 1 byte');
  });
});

describe('a character without a look of its own', () => {
  it.each(['\u00ad', '\u061c', '\u115f', '\u180e', '\u3164', '\uffa0', '\u{e0041}', '\u200d', '\ufe0f', '\ufff9'])(
    'is shown between Latin letters: %j',
    (hidden) => {
      expect(visible(`a${hidden}b`)).toBe('a\ufffdb');
    },
  );

  it.each(['❤️', '👩🏽‍💻', '🏳️‍🌈', 'می‌خواهم', 'क्‍ष'])('stays where it is needed: %s', (text) => {
    expect(visible(text)).toBe(text);
  });
});
