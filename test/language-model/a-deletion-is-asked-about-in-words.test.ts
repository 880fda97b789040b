import { describe, expect, it } from 'vitest';
import { settle } from '../../src/language-model/checked-answer.ts';
import { askFirstQuestion } from '../../src/teams/deletion-question.ts';
import { intentNames, isDestructive, type Reading } from '../../src/understanding/intents.ts';

const embedded: Reading = { intent: 'none', slots: {}, confidence: 0.7, why: 'nothing that Studio Steward does' };

describe('the question before a preview', () => {
  it.each([
    [
      'lösche Datensatz churn.csv und sales',
      { intent: 'delete.assets', slots: { assets: [{ kind: 'dataset', name: 'churn.csv' }, { name: 'sales' }] } },
      'deleting the dataset “churn.csv” and “sales”',
    ],
    ['lösche meinen Arbeitsbereich', { intent: 'delete.workspace', slots: {} }, 'deleting your whole workspace'],
    [
      'lösche den Arbeitsbereich "Fraud"',
      { intent: 'delete.workspace', slots: { workspace: 'Fraud' } },
      'deleting the whole workspace “Fraud”',
    ],
    ['lösch meine Daten', { intent: 'dsr.erase', slots: { subject: 'me' } }, 'erasing your personal data'],
    [
      'lösche die Daten von Adele Vance',
      { intent: 'dsr.erase', slots: { subject: 'adele vance' } },
      'erasing the personal data of “Adele Vance”',
    ],
  ])('says what a model read: %s', (message, answer, words) => {
    const settled = settle(message, embedded, JSON.stringify(answer));
    expect(settled.askFirst).toBe(true);
    expect(askFirstQuestion(settled.reading)).toContain(words);
  });

  it('exists for destructive readings only', () => {
    for (const intent of intentNames.filter((name) => !isDestructive(name))) {
      expect(askFirstQuestion({ ...embedded, intent })).toBeNull();
    }
  });
});
