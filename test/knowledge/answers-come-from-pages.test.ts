import { describe, expect, it } from 'vitest';
import { type Facts, fillIn, placeholders, placeholdersIn } from '../../src/knowledge/facts.ts';
import { createLibrary, type LibraryAnswer } from '../../src/knowledge/library.ts';
import { outsideTopics } from '../../src/knowledge/outside-topics.ts';
import { PageError, parsePage } from '../../src/knowledge/page.ts';
import { readKnowledgeFiles } from '../../src/knowledge/page-files.ts';
import type { Asker } from '../../src/knowledge/passages.ts';
import { everyDeletionNeeds, noApprovals } from '../harness/policies.ts';
import { type QuestionSet, readQuestions } from './questions.ts';
import { sampleFacts } from './sample-facts.ts';
import { score } from './score.ts';

const shelf = readKnowledgeFiles();
const library = createLibrary(shelf, sampleFacts);
const somebody: Asker = { accountTypes: [], roles: [] };

function pagesOf(answer: LibraryAnswer): string[] {
  return answer.kind === 'answer' ? [answer.page] : answer.closest.map(({ page }) => page);
}

function textOf(answer: LibraryAnswer): string {
  return answer.kind === 'answer' ? answer.passages.map(({ text }) => text).join('\n') : '';
}

describe('pages', () => {
  it('are thirty or so, each short enough for a card', () => {
    expect(shelf.pages.length).toBeGreaterThanOrEqual(25);
    for (const page of shelf.pages) {
      const words = page.passages.flatMap(({ text }) => text.split(/\s+/u)).length;
      expect(words, page.id).toBeGreaterThanOrEqual(55);
      expect(words, page.id).toBeLessThanOrEqual(180);
    }
  });

  it('name only placeholders that the configuration fills', () => {
    for (const page of shelf.pages) {
      for (const name of page.passages.flatMap(({ text }) => placeholdersIn(text))) {
        expect(placeholders, page.id).toContain(name);
      }
    }
  });

  it('use every placeholder somewhere', () => {
    const used = new Set(shelf.pages.flatMap(({ passages }) => passages.flatMap(({ text }) => placeholdersIn(text))));
    expect([...used].sort()).toEqual([...placeholders].sort());
  });

  it('hold no time span or size of their own, save the product’s', () => {
    const numbers =
      /\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty-four|thirty) (?:minutes?|hours?|days?|weeks?|[KMGT]i?B)\b/giu;
    const found = shelf.pages.flatMap(({ id, passages }) =>
      passages.flatMap(({ text }) => (text.match(numbers) ?? []).map((number) => `${id}: ${number}`)),
    );
    expect(found).toEqual(['guest: eight hours']);
  });

  it('are plain text: no Markdown besides lists and headings, no addresses', () => {
    for (const page of shelf.pages) {
      for (const { text } of page.passages) expect(text, page.id).not.toMatch(/[*_`[\]<>]|https?:|^#/u);
    }
  });

  it('refer to pages that exist, and never to themselves', () => {
    const ids = new Set(shelf.pages.map(({ id }) => id));
    for (const page of shelf.pages) {
      expect(page.related.length, page.id).toBeGreaterThanOrEqual(2);
      for (const id of page.related) expect(ids, page.id).toContain(id);
      expect(page.related).not.toContain(page.id);
    }
  });

  it('have no wording twice, neither in one page nor in two', () => {
    const all = [...shelf.pages.map(({ wordings }) => wordings), ...shelf.outside.values()].flat();
    const seen = all.map((wording) => wording.toLowerCase().replace(/[?!.]+$/u, ''));
    expect(seen.filter((wording, index) => seen.indexOf(wording) !== index)).toEqual([]);
  });

  it('have wordings for every topic that is declined', () => {
    expect([...shelf.outside.keys()]).toEqual(outsideTopics.map(({ id }) => id));
    for (const [id, wordings] of shelf.outside) expect(wordings.length, id).toBeGreaterThan(15);
  });

  it.each([
    ['no front matter', 'a.md', 'Just text.'],
    ['a missing title', 'a.md', '---\nid: a\nreviewed: 2026-11-24\n---\nText.'],
    [
      'an unknown heading',
      'a.md',
      '---\nid: a\ntitle: A?\nreviewed: 2026-11-24\nsources: S\naudience: everyone\nnext: help\nrelated: b\n---\n## nobody\nText.',
    ],
    [
      'another id than its file',
      'b.md',
      '---\nid: a\ntitle: A?\nreviewed: 2026-11-24\nsources: S\naudience: everyone\nnext: help\nrelated: b\n---\nText.',
    ],
  ])('are refused with %s', (_fault, file, text) => {
    expect(() => parsePage(file, text, 'how')).toThrow(PageError);
  });
});

describe('an answer', () => {
  it('is found for every page by the page’s own question', () => {
    const lost = shelf.pages.filter(({ title, id }) => {
      const answer = library.answer(title, somebody);
      return answer.kind !== 'answer' || answer.page !== id;
    });
    expect(lost.map(({ id }) => id)).toEqual([]);
  });

  it('consists of the page’s passages and nothing else', () => {
    for (const { text } of readQuestions('tuned')) {
      const answer = library.answer(text, somebody);
      if (answer.kind !== 'answer') continue;
      const page = shelf.pages.find(({ id }) => id === answer.page);
      const written = page?.passages.map((passage) => fillIn(passage.text, sampleFacts)) ?? [];
      for (const passage of answer.passages) expect(written).toContain(passage.text);
      expect(answer.sources).toEqual(page?.sources);
      expect(answer.reviewed).toBe(page?.reviewed);
    }
  });

  it('follows the running configuration', () => {
    const other: Facts = {
      ...sampleFacts,
      linkLifetimeMs: 3_600_000,
      archiveRetentionMs: 72 * 3_600_000,
      policy: { ...noApprovals, approversExist: false },
      approvers: [],
      languageModel: true,
      directoryExport: true,
    };
    const changed = createLibrary(shelf, other);
    const ask = (question: string) => textOf(changed.answer(question, somebody));
    expect(ask('how long is a download link valid?')).toContain('works for 1 hour ');
    expect(ask('how long is a download link valid?')).toContain('3 days');
    expect(textOf(library.answer('how long is a download link valid?', somebody))).toContain('works for 24 hours ');
    expect(ask('who has to approve a deletion?')).toContain('needs no second person');
    expect(textOf(library.answer('who has to approve a deletion?', somebody))).toContain('megan.bowen@example.com');
    expect(ask('where do I find my telemetry?')).toContain('a Global Administrator can start');
    expect(textOf(library.answer('where do I find my telemetry?', somebody))).toContain('it is switched off');
    expect(ask('does a language model read my messages')).toContain('may be read by the language model');
  });

  it('says that a deletion is refused when approvals are needed and nobody can give them', () => {
    const text = fillIn('{{approvals}}', {
      ...sampleFacts,
      policy: { ...everyDeletionNeeds(1), approversExist: false },
    });
    expect(text).toContain('I refuse such a deletion');
  });

  it('names a few approvers, and counts the rest', () => {
    const approvers = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `${name}@example.com`);
    expect(fillIn('{{approvers}}', { ...sampleFacts, approvers })).toMatch(/e@example\.com and 2 more\.$/u);
  });

  it('speaks of the account type that the question names, whoever asks', () => {
    const text = textOf(
      library.answer('how do I delete a paid workspace', { accountTypes: ['guest'], roles: ['owner'] }),
    );
    expect(text).toContain('Azure portal');
    expect(text).not.toContain('Settings page');
  });

  it('speaks of the asker’s own account type and role when the question names none', () => {
    const asOwner = library.answer('how do I delete my workspace?', { accountTypes: ['free'], roles: ['owner'] });
    expect(textOf(asOwner)).toContain('Settings page');
    expect(textOf(asOwner)).not.toContain('Azure Resource Manager');
    const asMember = library.answer('what does an export contain', { accountTypes: ['free'], roles: ['user'] });
    expect(textOf(asMember)).toContain('only your own');
    expect(textOf(asMember)).not.toContain('of all members');
  });

  it('shows all account types to somebody of whom nothing is known', () => {
    const text = textOf(library.answer('how do I delete my workspace?', somebody));
    expect(text).toContain('Settings page');
    expect(text).toContain('Azure Resource Manager');
  });

  it('offers no question about guests to somebody without a guest workspace', () => {
    const owner: Asker = { accountTypes: ['standard'], roles: ['owner'] };
    const answer = library.answer('What kinds of account are there?', owner);
    expect(answer.kind === 'answer' && answer.related.map(({ page }) => page)).not.toContain('guest');
  });

  it.each([
    '<at>Studio Steward</at> how long is a download link valid?',
    'HOW LONG IS A DOWNLOAD LINK VALID',
    'how lnog is a downlaod link vaild',
    'hi, could you please tell me how long a download link is valid? thanks!',
  ])('does not depend on manners, capitals or typing errors: %s', (question) => {
    expect(pagesOf(library.answer(question, somebody))[0]).toBe('download');
  });

  it('is the same for the same question', () => {
    const again = createLibrary(shelf, sampleFacts);
    for (const { text } of readQuestions('held-out')) {
      expect(again.answer(text, somebody)).toEqual(library.answer(text, somebody));
    }
  });
});

describe('“I do not know”', () => {
  it.each(['', '   ', '?', '!!!', '42', 'asdf qwer', '🙂', '\u200f\u202e', 'ｗｈａｔ', 'the of and'])(
    'is the answer to %j',
    (question) => {
      expect(library.answer(question, somebody).kind).toBe('unknown');
    },
  );

  it('is the answer to 20,000 letters without a word', () => {
    expect(library.answer('x'.repeat(20_000), somebody).kind).toBe('unknown');
  });

  it('says where else to ask when the subject is plain', () => {
    const answer = library.answer('how much does a standard workspace cost per month', somebody);
    expect(answer.kind === 'unknown' && answer.where).toContain('prices');
  });

  it('suggests at most three pages', () => {
    for (const { text } of readQuestions('tuned')) {
      const answer = library.answer(text, somebody);
      if (answer.kind === 'unknown') expect(answer.closest.length).toBeLessThanOrEqual(3);
    }
  });
});

describe('the library', () => {
  it('was not shown the questions that it is measured by', () => {
    const known = new Set(
      [...shelf.pages.map(({ wordings }) => wordings), ...shelf.outside.values()]
        .flat()
        .map((text) => text.toLowerCase()),
    );
    const shown = (['tuned', 'held-out', 'asked'] as const).flatMap((set) =>
      readQuestions(set).filter(({ text }) => known.has(text.toLowerCase().replace(/[?!. ]+$/u, ''))),
    );
    expect(shown).toEqual([]);
  });

  it('is measured by enough questions, all about pages that exist', () => {
    const ids = new Set(shelf.pages.map(({ id }) => id));
    const all = (['tuned', 'held-out', 'asked'] as const).flatMap(readQuestions);
    expect(all.filter(({ pages }) => pages.length > 0).length).toBeGreaterThanOrEqual(120);
    expect(all.filter(({ pages }) => pages.length === 0).length).toBeGreaterThanOrEqual(60);
    for (const id of all.flatMap(({ pages }) => pages)) expect(ids).toContain(id);
  });

  it.each<[QuestionSet]>([['tuned'], ['held-out']])(
    'puts the right page first, and declines what no page covers (%s questions)',
    (set) => {
      const measured = score(readQuestions(set), (text) => {
        const answer = library.answer(text, somebody);
        return { pages: pagesOf(answer), answers: answer.kind === 'answer' };
      });
      expect(measured.rightFirst).toBeGreaterThanOrEqual(0.92);
      expect(measured.declined).toBeGreaterThanOrEqual(0.95);
      expect(measured.answeredWrong).toBeLessThanOrEqual(0.04);
    },
  );

  it('does so less often for what other writers asked, and answers wrongly as seldom', () => {
    const measured = score(readQuestions('asked'), (text) => {
      const answer = library.answer(text, somebody);
      return { pages: pagesOf(answer), answers: answer.kind === 'answer' };
    });
    expect(measured.rightFirst).toBeGreaterThanOrEqual(0.8);
    expect(measured.declined).toBeGreaterThanOrEqual(0.82);
    expect(measured.answeredWrong).toBeLessThanOrEqual(0.06);
  });
});
