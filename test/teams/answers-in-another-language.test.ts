import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/teams/cards/literal.ts';
import type { RenderedCard } from '../../src/teams/cards/render.ts';
import { answerReading } from '../../src/teams/intent-answers.ts';
import type { TeamsServices } from '../../src/teams/teams-services.ts';
import { languageOfMessage, notUnderstoodIn, sayUnderstood, textsOf } from '../../src/teams/their-language.ts';
import type { Turn } from '../../src/teams/turn.ts';
import { understand } from '../../src/understanding/decide.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { languageOf, type OtherLanguage, otherLanguages } from '../../src/understanding/language.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { withinProduct } from '../../src/understanding/within-product.ts';
import { cardText } from '../harness/teams.ts';

const model = shippedModel();
const readingOf = (text: string) => withinProduct(understand(text, model, { today: '2026-11-29' }), text);

/** What is said before the answer to this reading of a message. */
async function said(language: OtherLanguage | null, text: string, reading: Reading): Promise<RenderedCard[]> {
  const cards: RenderedCard[] = [];
  const say = async (card: RenderedCard) => void cards.push(card);
  await sayUnderstood({ language, text, reading, say } as unknown as Turn);
  return cards;
}

/** The same as one text, for a message whose language is told. */
async function saidAbout(text: string): Promise<string> {
  const reading = readingOf(text);
  return (await said(languageOfMessage(text, reading), text, reading)).map(({ card }) => cardText(card)).join('\n');
}

describe('the texts of each language', () => {
  it.each(otherLanguages)('have two examples that are understood, and told to be of that language: %s', (code) => {
    for (const example of textsOf[code].examples) {
      const reading = readingOf(example);
      expect([reading.intent, reading.offers], example).toEqual([
        expect.stringMatching(/^(?:export\.workspace|list\.assets)$/u),
        undefined,
      ]);
      expect(languageOf(example), example).toBe(code);
    }
  });

  it.each(otherLanguages)('have every place for a name exactly once: %s', (code) => {
    const { understood, didYouMean, quoted, inWorkspace, intents } = textsOf[code];
    const placesIn = (text: string) => text.match(/\{[^}]*\}/gu) ?? [];
    expect([understood, didYouMean].map(placesIn)).toEqual([['{what}'], ['{what}']]);
    expect([quoted, inWorkspace].map(placesIn)).toEqual([['{name}'], ['{name}']]);
    for (const [withoutName, withName] of Object.values(intents)) {
      expect(placesIn(withoutName)).toEqual([]);
      expect([0, 1]).toContain(placesIn(withName).length);
    }
  });

  it.each(otherLanguages)('answer what was not understood with what can be written: %s', (code) => {
    const { card, locale } = notUnderstoodIn(code);
    const { notUnderstood, whatIDo, examples } = textsOf[code];
    for (const text of [notUnderstood, whatIDo, ...examples]) expect(cardText(card)).toContain(text);
    expect(locale).toBe(code);
  });
});

describe('what was understood', () => {
  it.each([
    [
      'lösche bitte das Dataset churn.csv',
      'Verstanden: Datensatz „churn.csv“ löschen. Meine Karten sind bisher auf Englisch.',
    ],
    ['lösche bitte das Modell "Rente 7"', 'Verstanden: Modell „Rente 7“ löschen.'],
    ['exportiere bitte den ganzen Workspace "Churn Lab"', 'Verstanden: Arbeitsbereich „Churn Lab“ exportieren.'],
    ['Wie ist der Status von DSR-1001?', 'Verstanden: den Stand von „DSR-1001“ zeigen.'],
    ['où en est la demande DSR-1001 ?', 'Compris : afficher l’état de « DSR-1001 ».'],
    ['supprime le dataset churn.csv', 'Compris : supprimer le jeu de données « churn.csv ».'],
    ['borra el dataset churn.csv', 'Entendido: eliminar el conjunto de datos «churn.csv».'],
    ['apaga o dataset churn.csv', 'Entendido: eliminar o conjunto de dados “churn.csv”.'],
    ['elimina il dataset churn.csv', 'Ho capito: eliminare il set di dati «churn.csv».'],
    ['verwijder dataset churn.csv', 'Begrepen: dataset “churn.csv” verwijderen.'],
    ['usuń dataset churn.csv', 'Zrozumiano: usunąć zbiór danych „churn.csv”.'],
  ])('is said in the language of “%s”', async (text, sentence) => {
    expect(await saidAbout(text)).toContain(sentence);
  });

  it('is not said in any other language for an English message', async () => {
    expect(await saidAbout('please delete the dataset churn.csv')).toBe('');
  });

  it('is asked where the reading is unsure, with each reading', async () => {
    const offers = [
      { intent: 'delete.assets', slots: { assets: [{ kind: 'model', name: 'churn' }] }, confidence: 0.4 },
      { intent: 'help', slots: {}, confidence: 0.3 },
    ] as const;
    const reading: Reading = { intent: 'none', slots: {}, confidence: 0.5, why: '', offers };
    const [card] = await said('de', 'weg mit churn', reading);
    expect(cardText(card?.card ?? null)).toContain('Meinten Sie: Modell „churn“ löschen / Hilfe zeigen?');
    expect(card?.locale).toBe('de');
  });

  it('says that it is a selection, or only some data, rather than all', async () => {
    const only = (reading: Omit<Reading, 'confidence' | 'why'>) => ({ ...reading, confidence: 1, why: '' });
    const selection = only({
      intent: 'delete.assets',
      slots: { all: true, kind: 'dataset', dates: { before: '2019-01-01' } },
    });
    const personal = only({ intent: 'export.workspace', slots: { workspace: 'Lab', data: 'personal' } });
    const customer = only({ intent: 'export.workspace', slots: { workspace: 'Lab', data: 'customer' } });
    const every = only({ intent: 'delete.assets', slots: { all: true, kind: 'dataset', workspace: 'Lab' } });
    const words = async (reading: Reading) => cardText((await said('de', 'Lab', reading))[0]?.card ?? null);
    expect(await words(selection)).toContain('Verstanden: eine Auswahl von Daten löschen.');
    expect(await words(personal)).toContain('Verstanden: personenbezogene Daten von „Lab“ exportieren.');
    expect(await words(customer)).toContain('Verstanden: eine Auswahl von Daten in „Lab“ exportieren.');
    expect(await words(every)).toContain('Verstanden: alle Datensätze in „Lab“ löschen.');
  });

  it('never keeps the answer back when Teams does not take it', async () => {
    const cards: RenderedCard[] = [];
    const errors: unknown[] = [];
    const say = async (card: RenderedCard) => {
      if (card.locale !== undefined) throw new Error('not taken');
      cards.push(card);
    };
    const reading: Reading = { intent: 'dsr.extend', slots: { request: 'DSR-88' }, confidence: 1, why: '' };
    const log = { error: (...told: unknown[]) => void errors.push(told) };
    const services = { log, settings: { approvers: [], policy: { rules: [] } } } as unknown as TeamsServices;
    await answerReading(services, { language: 'de', text: 'verlängere DSR-88', reading, say } as unknown as Turn);
    expect(cards.map(({ locale }) => locale)).toEqual([undefined]);
    expect(errors.length).toBe(1);
  });

  it('holds no name that is not in the message, and each one literally', async () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.constantFrom('$&', '{name}', '**x**', '<at>A</at>'),
    );
    await fc.assert(
      fc.asyncProperty(
        name.filter((each) => /\S/u.test(each)),
        fc.constantFrom(...otherLanguages),
        async (typed, code) => {
          const reading = (workspace: string): Reading => ({
            intent: 'delete.workspace',
            slots: { workspace },
            confidence: 1,
            why: '',
          });
          const [unnamed] = await said(code, 'das da', reading('Geheimes Labor'));
          expect(JSON.stringify(unnamed?.card)).not.toContain('Geheimes Labor');
          const [named] = await said(code, `das da: ${typed}`, reading(typed));
          const blocks = JSON.stringify(named?.card).match(/"type":"TextBlock"[^}]*/gu) ?? [];
          expect(blocks.filter((block) => block.includes('**x**') || block.includes('<at>'))).toEqual([]);
          const { quoted, intents } = textsOf[code];
          const quotation = quoted.replace('{name}', () => typed);
          const phrase = intents['delete.workspace'][1].replace('{name}', () => quotation);
          expect(cardText(named?.card ?? null)).toContain(visible(phrase));
        },
      ),
    );
  });
});
