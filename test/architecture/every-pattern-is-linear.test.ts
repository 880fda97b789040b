import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { growthOf } from './pattern-growth.ts';
import { patternsOf } from './patterns-of-source.ts';

const project = path.resolve(import.meta.dirname, '../..');

describe('regular expressions', () => {
  it('of the whole source take time linear in any text', { timeout: 300_000 }, async () => {
    const patterns = await patternsOf(project);
    const bad = patterns.flatMap(({ place, source, flags }) => {
      const growth = growthOf(source, flags);
      if (growth.kind === 'linear') return [];
      const word = 'word' in growth ? ` when this is repeated: ${JSON.stringify(growth.word)}` : '';
      return [`${place} ${growth.kind}${word} in /${source.slice(0, 80)}/${flags}`];
    });
    expect(bad).toEqual([]);
    // Checks that both kinds of patterns are found: literals, and those that the reader builds at run time.
    expect(patterns.length).toBeGreaterThan(500);
    expect(patterns.some(({ place, flags }) => place.startsWith('src/understanding/grammar.ts') && flags === 'y')).toBe(
      true,
    );
  });

  it.each([
    // A duplicate alternative, an alternative that is the concatenation of two others, nested loops.
    ['(?:would |could |would )*x', '', 'exponential'],
    ['(?:all my |all |my )*x', '', 'exponential'],
    ['(?:(?:please |now )*)*x', '', 'exponential'],
    ['^(?:[a-z]+ ?)*$', '', 'exponential'],
    ['(a*)*b', '', 'exponential'],
    ['(?:a|a){0,80}c', '', 'exponential'],
    // Up to six repetitions are expanded, which is a constant factor.
    ['^(?:would |could |would ){0,6}x', '', 'linear'],
    // Two loops over the same word one after the other; the search for a start position counts as a loop, too.
    ['^a*a*b', '', 'super-linear'],
    ['^(?:please )*(?:now |please )*go', '', 'super-linear'],
    ['/+$', '', 'super-linear'],
    ['<[^>]*>', '', 'super-linear'],
    ['\\bgot\\b.*\\bhere\\b', '', 'super-linear'],
    ['(?=.*x)a', '', 'super-linear'],
    // Cannot start inside its own match, cannot fail, or has a bounded number of repetitions.
    ['(?<!/)/+$', '', 'linear'],
    ['^/+$', '', 'linear'],
    ['<[^<>]*>', '', 'linear'],
    ['\\bfoo[a-z]+x', '', 'linear'],
    ['[a-z]+', '', 'linear'],
    ['\\bgot\\b.{0,150}\\bhere\\b', '', 'linear'],
    ['(?:foo |bar )*baz', 'y', 'linear'],
    ['^a*b*c', '', 'linear'],
    ['(?:^|,)a+$', '', 'linear'],
  ])('/%s/%s is %s', (source, flags, kind) => {
    expect(growthOf(source, flags).kind).toBe(kind);
  });
});
