import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/teams/cards/catalogue.ts';
import { mostBytes } from '../../src/teams/cards/render.ts';
import { cardSchema } from './card-schema.ts';
import { readTemplate, samples, templateNames } from './samples.ts';
import { walk } from './walk.ts';

/** Everything that templates write for a field, such as `${title}`. */
const fields = new Set(templateNames().flatMap((name) => readTemplate(name).match(/\$\{[^}]+\}/gu) ?? []));

describe('the folder of cards', () => {
  it('holds a template for every card of the catalogue, and no other', () => {
    expect(templateNames().sort()).toEqual(Object.keys(catalogue).sort());
  });
});

describe.each(samples)('$card, $title', ({ draw }) => {
  const { card, summary } = draw();
  const nodes = [...walk(card)];

  it('is an Adaptive Card 1.5 that Teams can draw', () => {
    expect(cardSchema.safeParse(card).error?.issues ?? []).toEqual([]);
  });

  it('is read without complaint by the reference renderer', () => {
    const reader = new AdaptiveCard();
    const context = new SerializationContext(Versions.v1_5);
    // Version 3.0.6 tests `lang` with a regular expression that keeps state, and so refuses it every second time.
    reader.parse({ ...card, lang: undefined }, context);
    const complaints = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
    complaints.push(...reader.validateProperties().validationEvents.map(({ message }) => message));
    expect(complaints).toEqual([]);
  });

  it('leaves no expression of its template unfilled', () => {
    const leftovers = nodes
      .flatMap((node) => Object.values(node))
      .filter((value) => typeof value === 'string' && fields.has(value));
    expect(leftovers).toEqual([]);
  });

  it('is small enough for a message', () => {
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(mostBytes);
  });

  it('can be spoken: its summary is plain text without date functions or markup', () => {
    expect(card.speak).toBe(card.fallbackText);
    expect(String(card.speak)).not.toMatch(/[<>&[\]{}]/u);
    expect(summary.length).toBeGreaterThan(10);
  });

  it('shows no date function of its own as text: in a run with other words it would be split, as one in a name is', () => {
    const runs = nodes.filter(({ type }) => type === 'TextRun').map(({ text }) => String(text));
    expect(runs.filter((text) => text.startsWith('{DATE(2026-11'))).toEqual([]);
  });

  it('switches only elements that exist, each with an id of its own', () => {
    const ids = nodes
      .filter(({ type }) => typeof type === 'string')
      .flatMap(({ id }) => (id === undefined ? [] : [id]));
    expect(new Set(ids).size).toBe(ids.length);
    const targets = nodes.flatMap(({ targetElements }) =>
      Array.isArray(targetElements) ? targetElements.map((target) => target.elementId ?? target) : [],
    );
    expect(ids).toEqual(expect.arrayContaining(targets));
  });
});
