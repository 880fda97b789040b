import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../../src/language-model/checked-answer.ts';
import { asTyped, markedNames } from '../../src/language-model/own-words.ts';
import type { Reading } from '../../src/understanding/intents.ts';

const embedded: Reading = { intent: 'none', slots: {}, confidence: 0.7, why: 'nothing that Studio Steward does' };

describe('a name from a language model', () => {
  it.each([
    ['churn.csv', 'lösche CHURN.csv bitte', 'CHURN.csv'],
    ['Fraud  Detection', 'lösche „Fraud Detection“', 'Fraud Detection'],
    ['churn', '删除数据集churn', 'churn'],
    ['客户流失', '请删除数据集客户流失', '客户流失'],
    ['고객이탈', '고객이탈을 삭제해줘', '고객이탈'],
    ['churn.csv', "churn.csv'yi sil", 'churn.csv'],
    ['a+b (1).csv', 'lösche a+b (1).csv!', 'a+b (1).csv'],
    ['adele@contoso.com', 'supprime adele@contoso.com.', 'adele@contoso.com'],
  ])('is taken as the person typed it: %s', (name, message, typed) => {
    expect(asTyped(name, message)).toBe(typed);
  });

  it.each([
    ['churn', 'lösche churning'],
    ['churn', 'lösche churn_2019'],
    ['e', 'lösche den Datensatz'],
    ['sales.csv', 'lösche churn.csv'],
    ['.*', 'lösche churn.csv'],
    ['', 'lösche churn.csv'],
    ['  ', 'lösche churn.csv'],
    ['churn csv', 'lösche churn.csv'],
  ])('is refused when it is not what the person wrote: %s', (name, message) => {
    expect(asTyped(name, message)).toBeNull();
  });

  it('is found wherever it stands as words of its own, and never longer or shorter than it stands there', () => {
    const word = fc.stringMatching(/^[a-z0-9(){}[\]^$*+?.|\\-]{1,12}$/u);
    fc.assert(
      fc.property(word, word, word, (name, before, after) => {
        expect(asTyped(name, `${before} ${name} ${after}`)?.toLowerCase()).toBe(name);
      }),
    );
  });

  it('never comes out of an answer unless it stands in the message', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 }), (message, name) => {
        const answer = JSON.stringify({ intent: 'delete.assets', slots: { assets: [{ name }] } });
        const { reading, askFirst } = settle(message, embedded, answer);
        expect(reading === embedded || askFirst).toBe(true);
        for (const asset of reading.slots.assets ?? []) {
          expect(message.normalize('NFC').replace(/\s+/gu, ' ')).toContain(asset.name);
        }
      }),
    );
  });
});

describe('any answer at all', () => {
  it('leaves the embedded reading, or becomes one that was offered and is asked about before it destroys', () => {
    const intent = fc.constantFrom(
      'confirm',
      'decline',
      'approve',
      'delete.workspace',
      'dsr.erase',
      'delete.assets',
      'help',
    );
    const slots = fc.dictionary(
      fc.constantFrom('assets', 'workspace', 'subject', 'all', 'then', 'request', 'confirmed'),
      fc.oneof(fc.string(), fc.boolean(), fc.constantFrom('me', 'churn.csv', 'meine', []), fc.object()),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(fc.record({ intent, slots }), (answer) => {
        const { reading, askFirst } = settle('Lösche churn.csv oder meine Daten', embedded, JSON.stringify(answer));
        expect(reading.intent).not.toMatch(/confirm|decline|approve/u);
        expect(/^delete|erase/u.test(reading.intent)).toBe(askFirst);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing of a reading when it is "none"', () => {
    const settled = settle('hm', embedded, '{"intent":"none","slots":{}}');
    expect(settled).toEqual({ reading: embedded, askFirst: false, dropped: null });
  });

  it('keeps kind, data and filter, and is sure enough to go on when it destroys nothing', () => {
    const list = settle(
      'zeig mir Datensätze mit churn',
      embedded,
      '{"intent":"list.assets","slots":{"kind":"dataset","filter":"Churn"}}',
    );
    expect(list.reading).toMatchObject({
      intent: 'list.assets',
      slots: { kind: 'dataset', filter: 'churn' },
      confidence: 0.7,
    });
    const own = settle('meine Daten bitte', embedded, '{"intent":"dsr.export","slots":{"subject":"me"}}');
    expect(own).toMatchObject({ reading: { slots: { subject: 'me' } }, askFirst: false, dropped: null });
  });
});

describe('marked names', () => {
  it('are what stands in quotes, has a file ending, or is an e-mail address', () => {
    const message = 'lösche „Q3 Umsatz“, churn.csv und adele@contoso.com. Danke.';
    expect(markedNames(message)).toEqual(['Q3 Umsatz', 'churn.csv', 'adele@contoso.com']);
  });

  it('are not seen where there are none', () => {
    expect(markedNames("Lösche meinen Arbeitsbereich. Ist's möglich? Ja, z. B. morgen...")).toEqual([]);
  });
});
