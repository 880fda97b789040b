import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf, otherLanguages } from '../../src/understanding/language.ts';
import { rowsByWriter } from '../../src/understanding/training/rows.ts';

/** A text with the languages in which it can be read, as somebody found who read it; the first is the writer's. */
interface LabelledText {
  readonly id: string;
  readonly writer: string;
  readonly text: string;
  readonly languages: readonly string[];
}

const texts = readFileSync(new URL('fixtures/languages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as LabelledText);

/** A mention of the bot is no word of the message by the time that its language is told. */
const said = ({ text }: { readonly text: string }) => text.replace(/<at>[^<]*<\/at>/gu, ' ');
const isRight = (labelled: LabelledText) => labelled.languages.includes(languageOf(said(labelled)) ?? 'en');
const shareRight = (among: readonly LabelledText[]) => among.filter(isRight).length / among.length;
const isShort = ({ text }: LabelledText) => text.trim().split(/\s+/u).length <= 6;

/** Writers of the labelled sentences who write other languages, too or only, or whose sentences a program made. */
const ofOtherLanguages = ['verein', 'alpen', 'atelier', 'mercado', 'cantiere', 'passage', 'platform'];
const mixed = ['brewery', 'parcel', 'printworks', 'lottery', 'glacier'];
const notEnglish = new Set([...ofOtherLanguages, ...mixed, 'frames']);

describe('the language of a message', () => {
  it('is never another one for an English message of the measured set', () => {
    const english = texts.filter(({ languages }) => languages.includes('en'));
    expect(english.length).toBeGreaterThan(300);
    expect(english.filter((labelled) => !isRight(labelled))).toEqual([]);
  });

  it('is another one for at most one in two hundred of all English sentences, greetings in other languages among them', () => {
    const rows = [...rowsByWriter(new URL('utterances/', import.meta.url))]
      .filter(([writer]) => !notEnglish.has(writer))
      .flatMap(([, each]) => each.filter((_, index) => index % 5 === 0));
    const called = rows.filter((row) => languageOf(said(row)) !== null);
    expect(rows.length).toBeGreaterThan(7_000);
    expect(called.length / rows.length).toBeLessThanOrEqual(0.005);
  });

  it.each(otherLanguages)('is told for %s, mostly even of six words and fewer', (code) => {
    const own = texts.filter(({ languages }) => languages[0] === code);
    expect(shareRight(own.filter(isShort))).toBeGreaterThanOrEqual(0.89);
    expect(shareRight(own.filter((text) => !isShort(text)))).toBeGreaterThanOrEqual(0.98);
  });

  it.each([
    ['delete dataset “Löschen und Exportieren bitte”', []],
    ['export Datensatz-Alt und Neu', ['Datensatz-Alt und Neu']],
    ['delete all of Guten Tag Kunden', ['Guten Tag Kunden']],
    ['erase Ana Maria de la Cruz Ortega', ['Ana Maria de la Cruz Ortega']],
    ['status of DSR-1004', []],
    ['vill du ta bort alla mina dataset', []],
    ['y', []],
    ['retry', []],
    ['', []],
    ['👍', []],
  ])('is not told by names, ids or next to nothing: %s', (text, names) => {
    expect(languageOf(text, names)).toBeNull();
  });

  it('is that of the first 400 characters, however long the rest is', () => {
    const german = 'Bitte lösche den Datensatz, den ich gestern hochgeladen habe. ';
    expect(languageOf(german + 'please delete all of that now '.repeat(130))).toBe('de');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 4_000 }), fc.string({ maxLength: 3_600 }), (text, more) => {
        const start = `${german}${text}`.slice(0, 400);
        expect(languageOf(start.padEnd(400, ' ') + more)).toBe(languageOf(start));
      }),
    );
  });

  it('takes no longer for 4,000 characters than for 400', () => {
    const words = 'usuń proszę wszystkie zbiory danych sprzed 2019 '.repeat(90).slice(0, 4_000);
    const medianOf = (text: string) => {
      const times = Array.from({ length: 201 }, () => {
        const start = process.cpuUsage();
        for (let again = 0; again < 10; again += 1) languageOf(text);
        const { user, system } = process.cpuUsage(start);
        return user + system;
      });
      return times.sort((a, b) => a - b)[100] ?? 0;
    };
    medianOf(words);
    expect(medianOf(words)).toBeLessThan(2 * medianOf(words.slice(0, 400)) + 1_000);
  });
});
