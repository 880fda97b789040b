import { describe, expect, it } from 'vitest';
import { createLibrary, type LibraryAnswer } from '../../src/knowledge/library.ts';
import { readKnowledgeFiles } from '../../src/knowledge/page-files.ts';
import type { Asker } from '../../src/knowledge/passages.ts';
import type { CardData } from '../../src/teams/cards/catalogue.ts';
import { mostBytes, type RenderedCard, renderCard } from '../../src/teams/cards/render.ts';
import { cardSchema } from '../cards/card-schema.ts';
import { allText, walk } from '../cards/walk.ts';
import { sampleFacts } from './sample-facts.ts';

const shelf = readKnowledgeFiles();
const library = createLibrary(shelf, sampleFacts);
const somebody: Asker = { accountTypes: [], roles: [] };

function dataOf(answer: LibraryAnswer): CardData<'answer'> {
  const questions = (suggestions: readonly { readonly question: string }[]) =>
    suggestions.map(({ question }) => question);
  if (answer.kind === 'unknown') return { kind: 'unknown', where: answer.where, closest: questions(answer.closest) };
  const { kind, title, passages, sources, reviewed, next, related } = answer;
  return { kind, title, passages, sources, reviewed, next, related: questions(related) };
}

function ask(question: string, asker: Asker = somebody): RenderedCard {
  return renderCard('answer', dataOf(library.answer(question, asker)));
}

function said({ card }: RenderedCard): string[] {
  return [...walk(card)]
    .filter(({ verb }) => verb === 'say')
    .map(({ data }) => String(Reflect.get(Object(data), 'text')));
}

describe('the card of an answer', () => {
  it.each(shelf.pages.map(({ title }) => title))('can be drawn and sent by Teams: %s', (title) => {
    const rendered = ask(title);
    expect(cardSchema.safeParse(rendered.card).error?.issues ?? []).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(rendered.card))).toBeLessThanOrEqual(mostBytes);
  });

  it('shows the whole text, the source and the day of the review', () => {
    for (const page of shelf.pages) {
      const answer = library.answer(page.title, somebody);
      const shown = allText(ask(page.title).card).join('\n');
      for (const { text } of answer.kind === 'answer' ? answer.passages : []) expect(shown).toContain(text);
      for (const source of page.sources) expect(shown).toContain(source);
      expect(shown).toMatch(/Reviewed on \d+ \w+ 2026\./u);
    }
  });

  it('offers the next step and up to three questions to tap, each said as it stands', () => {
    const offered = said(ask('how long is a download link valid?'));
    expect(offered[0]).toBe('new link');
    const titles = shelf.pages.map(({ title }) => title);
    expect(offered.length).toBeGreaterThan(2);
    expect(offered.length).toBeLessThanOrEqual(4);
    for (const question of offered.slice(1)) expect(titles).toContain(question);
  });

  it('says for whom a passage is meant only when it shows several kinds', () => {
    const toAll = allText(ask('how do I delete my workspace?').card);
    expect(toAll).toContain('Free account');
    expect(toAll).toContain('Standard account');
    const toOne = allText(ask('how do I delete my workspace?', { accountTypes: ['free'], roles: ['owner'] }).card);
    expect(toOne).not.toContain('Free account');
  });
});

describe('the card of “I do not know”', () => {
  it('says so, says where to ask, and shows no source', () => {
    const shown = allText(ask('how much does a standard workspace cost per month').card).join('\n');
    expect(shown).toContain('I do not know');
    expect(shown).toContain('The Azure portal shows prices');
    expect(shown).not.toContain('Source:');
  });

  it('names the helpdesk when the subject is not known either', () => {
    const shown = allText(ask('zxcvb qwertz').card).join('\n');
    expect(shown).toContain('ask your helpdesk');
  });

  it('offers help', () => {
    expect(said(ask('zxcvb qwertz'))).toEqual(['help']);
  });
});
