import { expect, it } from 'vitest';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { isDangerous, rowsOf } from './scoring.ts';

// Four people about deputies, holds and the record, whom no model was trained on.
const writers = ['notary', 'festival', 'shipyard', 'tannery'];
const read = (text: string) => understand(text, shippedModel(), { today: '2026-12-01' });

it.each(writers)('%s is never read as a deletion that was not meant', (writer) => {
  const rows = rowsOf(`approvals-and-record/${writer}.jsonl`).map(({ text, intent }) => ({ text, intent }));
  const readings = rows.map((row) => ({ ...row, reading: read(row.text).intent }));
  const wrong = readings.filter(({ intent, reading }) => isDangerous(intent, reading));
  expect(readings.length).toBe(230);
  expect(wrong).toEqual([]);
});

it.each([
  'Dataset "Oaths, 2012–2016" is to come off hold on Monday.',
  'quita la retención del dataset planos_grua_2016, expediente 55/21',
  'please take the dataset churn.csv off legal hold and delete it',
])('“%s” is no deletion', (text) => {
  const { intent, offers = [] } = read(text);
  expect([intent, ...offers.map((offer) => offer.intent)].filter((each) => each.startsWith('delete'))).toEqual([]);
});

it.each(['delete experiment hold-out test', 'delete the dataset "hold until lifted.csv"'])('“%s” is one', (text) => {
  expect(read(text).intent).toBe('delete.assets');
});
