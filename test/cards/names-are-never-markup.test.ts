import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { clip, longestName, plainName, quoted, runs, visible } from '../../src/teams/cards/literal.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { drawn, markdownTexts, richTexts, walk } from './walk.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: names that look like template expressions
const traps = [
  '${name}',
  '${$root.request}',
  '$root',
  '*',
  '_',
  '**bold**',
  '[x](http://contoso.com)',
  '![x](http://contoso.com/a.png)',
  '<b>',
  '<at>Alex</at>',
  '&lt;',
  '`',
  '\\',
  '{{',
  '}}',
  '{{DATE(2026-01-01T00:00:00Z)}}',
  '{{{TIME(2026-01-01T00:00:00Z)}}',
  '{{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  '# ',
  '1. ',
  '- ',
  '\n',
  '"',
  "'",
  '{',
  '\u202e',
  '\u200b',
  'é',
  '資料',
  '😀',
  'churn.csv',
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: names that look like template expressions
const hostileName = fc
  .oneof(
    fc.array(fc.constantFrom(...traps), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  // An empty workspace name means that it is not known yet.
  .filter((name) => name !== '');

const preview = (workspaceName: string, assetName: string, owner: string) =>
  renderCard('delete-preview', {
    request: 'DSR-7',
    version: 2,
    workspace: { name: workspaceName, accountType: 'free' },
    assets: {
      rows: [
        {
          kind: 'dataset',
          name: assetName,
          sizeBytes: 1,
          createdAt: null,
          owner,
          versions: 1,
          dependants: [{ kind: 'experiment', name: assetName }],
        },
      ],
      total: 1,
    },
    totals: [{ kind: 'dataset', count: 1, sizeBytes: 1, sizeIncomplete: false }],
    approvalsNeeded: 0,
    expiresAt: '2026-11-25T21:40:00Z',
  }).card;

describe('a name on a card', () => {
  it('is shown exactly as it is, in runs of text that know no Markdown', () => {
    fc.assert(
      fc.property(hostileName, hostileName, (workspaceName, assetName) => {
        const texts = richTexts(preview(workspaceName, assetName, 'Adele Vance'));
        const title = `Delete “${clip(visible(assetName), 60)}” from “${clip(visible(workspaceName), 60)}”?`;
        expect(texts[0]).toBe(title);
        expect(texts).toContainEqual(expect.stringContaining(`“${plainName(assetName)}”`));
      }),
    );
  });

  it('never reaches a text that is read as Markdown', () => {
    const plain = markdownTexts(preview('Workspace', 'asset', 'somebody'));
    fc.assert(
      fc.property(hostileName, hostileName, hostileName, (workspaceName, assetName, owner) => {
        expect(markdownTexts(preview(workspaceName, assetName, owner))).toEqual(plain);
      }),
    );
  });

  it('adds no button, no link and no data to a button', () => {
    const actionsOf = (card: unknown) =>
      [...walk(card)]
        .filter(({ type }) => String(type).startsWith('Action.'))
        .map(({ type, verb, data, url }) => ({ type, verb, data, url }));
    const plain = actionsOf(preview('Workspace', 'asset', 'somebody'));
    fc.assert(
      fc.property(hostileName, hostileName, hostileName, (workspaceName, assetName, owner) => {
        expect(actionsOf(preview(workspaceName, assetName, owner))).toEqual(plain);
      }),
    );
  });

  it('makes no link, tag or date of the text for clients that draw no cards', () => {
    const markdown = new MarkdownIt({ html: true });
    fc.assert(
      fc.property(hostileName, (name) => {
        const { card } = renderCard('notice', { severity: 'refused', sentence: `I cannot find “${name}”.` });
        const fallback = String(card.fallbackText);
        expect(drawn(fallback)).toBe(fallback);
        expect(markdown.render(fallback)).not.toMatch(/<(a|img|b|at)\b/u);
      }),
    );
  });

  it('comes whole out of a sentence too', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const sentence = `I cannot find “${name}”.`;
        const { card } = renderCard('notice', { severity: 'refused', sentence });
        expect(richTexts(card)).toContain(visible(sentence));
      }),
    );
  });
});

describe('what cannot be seen in a name', () => {
  it('is made visible: text that runs backwards, hidden characters, controls', () => {
    expect(visible('churn\u202evsc.exe')).toBe('churn\ufffdvsc.exe');
    expect(visible('a\u200bb\u0000c\ufffe')).toMatch(/^a\ufffdb\ufffdc/u);
  });

  it('becomes a space where it is white space of any kind', () => {
    expect(visible(' two\r\n\tlines\u2028here ')).toBe('two lines here');
  });

  it('is told when nothing is left', () => {
    expect(visible(' \n ')).toBe('(no name)');
  });

  it('stays where a script or an emoji needs it', () => {
    expect(visible('👩‍👩‍👧 می‌خواهم')).toBe('👩‍👩‍👧 می‌خواهم');
  });
});

describe('a long name', () => {
  it('keeps its beginning and its file ending', () => {
    const name = `${'customers and their orders '.repeat(10)}2019.csv`;
    const shown = clip(name);
    expect(shown.length).toBeLessThanOrEqual(longestName);
    expect(shown.startsWith('customers and their orders')).toBe(true);
    expect(shown.endsWith('2019.csv')).toBe(true);
  });

  it('is never cut inside a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
        fc.integer({ min: 10, max: 90 }),
        (name, most) => {
          const shown = clip(name.toWellFormed(), most);
          expect(shown.isWellFormed()).toBe(true);
          expect(shown.length).toBeLessThanOrEqual(Math.max(most, 0));
        },
      ),
    );
  });
});

describe('text in pieces', () => {
  it('reads as the same text', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        expect(runs(name).join('')).toBe(name);
      }),
    );
  });

  it('has no piece that a client takes for a date', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        for (const piece of quoted(name)) expect(drawn(piece)).toBe(piece);
      }),
    );
  });
});
