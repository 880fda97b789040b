import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFor, unreadable } from '../../../src/teams/message-words.ts';
import { emptyConversation } from '../../../src/understanding/conversation.ts';
import {
  type IncomingMessage,
  type MessageParts,
  messageParts,
} from '../../../src/understanding/message/message-parts.ts';
import { read, readOwnWords } from '../../../src/understanding/read.ts';
import { corpus, recipient } from './corpus.ts';

const runs = { numRuns: 250 };

const commands = [
  'delete dataset churn.csv',
  'delete all my datasets',
  'export my workspace',
  'delete workspace "Churn Lab"',
  'cancel DSR-1001',
  'yes',
];
const owns = [...commands, 'help', 'status', 'ok', 'list my datasets', 'delete it', 'thanks', 'R&D <b>.csv, please'];

/** Any text that somebody else may have said, with a taste for commands, markup and markers. */
const anybodysWords = fc
  .array(
    fc.oneof(
      fc.constantFrom(...commands),
      fc.constantFrom(
        '</blockquote>',
        '<blockquote>',
        '&lt;',
        '<at>Studio Steward</at>',
        '"',
        '> x',
        '\n',
        '<quoted/>',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(' '));

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The ways in which a client puts somebody's words beside one's own. */
const clients: readonly ((own: string, others: string) => IncomingMessage)[] = [
  (own, others) => ({
    text: `Megan Bowen\r\n${others}\r\n${own}`,
    textFormat: 'plain',
    attachments: html(
      `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri" itemid="8:x">` +
        `Megan Bowen</strong><p itemprop="preview">${escaped(others)}</p></blockquote><p>${escaped(own)}</p>`,
    ),
  }),
  (own, others) => ({
    text: `Megan Bowen${others}${own}`,
    textFormat: 'plain',
    attachments: html(
      `<blockquote itemtype="http://schema.skype.com/Reply"><b><span itemprop="mri">Megan Bowen</span></b>` +
        `<p>${escaped(others)}</p></blockquote>${escaped(own)}`,
    ),
  }),
  (own, others) => ({
    text: `${own}\r\n\r\n${others}`,
    textFormat: 'plain',
    attachments: html(
      `<p>${escaped(own)}</p><blockquote itemtype="http://schema.skype.com/Forward"><div>${escaped(others)}</div></blockquote>`,
    ),
  }),
  (own, others) => ({
    text: own,
    textFormat: 'plain',
    attachments: html(`<div><blockquote>${escaped(others)}</blockquote></div><div>${escaped(own)}</div>`),
  }),
  (own, others) => ({
    text: `<quoted messageId="1"/> ${own}`,
    textFormat: 'plain',
    entities: [{ type: 'quotedReply', quotedReply: { messageId: '1', senderName: 'Megan', preview: `#${others}` } }],
  }),
  (own, others) => ({
    text: own,
    textFormat: 'plain',
    attachments: [
      { contentType: 'forwardedMessageReference', content: JSON.stringify({ originalMessageContent: others }) },
      { contentType: 'application/vnd.microsoft.card.adaptive', content: { body: [{ text: others }] } },
    ],
  }),
  (own, others) => ({ text: `${own}\nFrom: Megan\nSent: today\nSubject: x\n\n${others}`, textFormat: 'plain' }),
  (own, others) => ({ text: `${own}\n> ${others.replace(/[\r\n]/gu, '\n> ')}`, textFormat: 'plain' }),
];

function html(content: string): unknown[] {
  return [{ contentType: 'text/html', content }];
}

/** What would be read, or that nothing is. */
function reading(parts: MessageParts): unknown {
  if (unreadable(parts, 0) !== null) return 'not read';
  const { intent, slots } = readOwnWords(parts.own, memoryFor(parts, emptyConversation), '2026-11-01');
  return { intent, slots };
}

describe('whatever somebody else said', () => {
  it('changes nothing in how the own words are read, or nothing is read', () => {
    fc.assert(
      fc.property(fc.constantFrom(...clients), fc.constantFrom(...owns), anybodysWords, (client, own, others) => {
        const parts = messageParts({ recipient, ...client(own, others) });
        if (parts.problem !== null) return;
        const alone = messageParts({ recipient, text: own, textFormat: 'plain' });
        expect(parts.own).toBe(alone.own);
        expect(reading(parts)).toEqual(reading(alone));
      }),
      runs,
    );
  });

  it('is told apart in most messages, not only given up', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.constantFrom(...clients), fc.constantFrom(...owns), anybodysWords, (client, own, others) => {
        if (messageParts({ recipient, ...client(own, others) }).problem === null) told += 1;
      }),
      runs,
    );
    expect(told).toBeGreaterThan(runs.numRuns * 0.8);
  });

  it('is nobody’s command when it stands alone', () => {
    fc.assert(
      fc.property(fc.constantFrom(...clients), anybodysWords, (client, others) => {
        expect(reading(messageParts({ recipient, ...client('', others) }))).toBe('not read');
      }),
      runs,
    );
  });

  it('is no command as the name of somebody mentioned', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.constantFrom('', 'hi', 'please', 'so', 'and'), (name, before) => {
        const text = `${before} <at>${escaped(name)}</at>`;
        const entities = [{ type: 'mention', mentioned: { id: '29:x', name }, text: `<at>${name}</at>` }];
        const { intent } = readOwnWords(messageParts({ recipient, text, entities, textFormat: 'plain' }).own);
        expect(intent).toBe('none');
      }),
    );
  });
});

describe('own words', () => {
  it('are never lost: every one of them is in what is read', () => {
    const words = fc.array(fc.stringMatching(/^[a-z0-9&.'()/+-]{1,8}$/u), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(words, fc.boolean(), (some, withHtml) => {
        const own = some.join(' ').replace(/^[^a-z0-9]+/u, 'x');
        const message = { text: own, textFormat: 'plain', recipient };
        const parts = messageParts(withHtml ? { ...message, attachments: html(`<p>${escaped(own)}</p>`) } : message);
        expect(parts.problem).toBeNull();
        expect(parts.own).toBe(own);
      }),
      runs,
    );
  });

  it('are the same whether or not a client sends HTML along', () => {
    for (const own of owns) {
      const message = { text: own, textFormat: 'plain', recipient };
      const plain = messageParts(message);
      for (const content of [`<p>${escaped(own)}</p>`, `<div><div>${escaped(own)}</div></div>`, escaped(own)])
        expect(messageParts({ ...message, attachments: html(content) }).own).toBe(plain.own);
    }
  });
});

describe('a message that nobody writes', () => {
  const hostile: readonly (readonly [string, IncomingMessage])[] = [
    ['10,000 elements deep', { text: 'help', attachments: html(`${'<div>'.repeat(10_000)}help`) }],
    ['10,000 quotes deep', { text: 'help', attachments: html(`${'<blockquote>'.repeat(10_000)}help`) }],
    [
      'of 30,000 elements that end and never began',
      { text: 'help', attachments: html(`${'</b>'.repeat(30_000)}help`) },
    ],
    ['of 20,000 elements that overlap', { text: 'help', attachments: html(`${'<b><i></b>'.repeat(10_000)}help`) }],
    ['of 50,000 entities', { text: 'help', attachments: html('&lt;'.repeat(50_000)) }],
    ['of 100,000 angle brackets', { text: '<'.repeat(100_000) }],
    ['of 20,000 mentions', { text: '<at>x</at>'.repeat(20_000), textFormat: 'plain' }],
    ['of 30,000 mentions that never end', { text: '<at '.repeat(30_000), textFormat: 'plain' }],
    ['of 20,000 comments that never end', { text: '<!-- '.repeat(20_000) }],
    ['of 50,000 lines', { text: 'On\n'.repeat(50_000), textFormat: 'plain' }],
    ['of one line of 100,000 words', { text: 'on '.repeat(50_000) + 'from: '.repeat(8_000), textFormat: 'plain' }],
    ['of Markdown’s hardest', { text: '*a **a '.repeat(2_500), textFormat: 'markdown' }],
    ['of Markdown’s deepest', { text: '> '.repeat(5_000), textFormat: 'markdown' }],
    ['of a million characters', { text: 'x'.repeat(1_000_000), textFormat: 'plain' }],
    ['with 10,000 mention entities', { text: 'help', entities: Array(10_000).fill({ type: 'mention', text: 'help' }) }],
  ];

  it.each(hostile)('%s is taken apart in good time, without a fault', (_name, message) => {
    const started = performance.now();
    const parts = messageParts({ recipient, ...message });
    // Generous: a pattern that is not linear would take minutes or for ever.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(parts.own.length).toBeLessThanOrEqual(1_000_000);
  });

  it('of any type is taken apart without a fault', () => {
    fc.assert(
      fc.property(
        fc.record(
          { text: fc.anything(), textFormat: fc.anything(), attachments: fc.anything(), entities: fc.anything() },
          { requiredKeys: [] },
        ),
        fc.anything(),
        (message, to) => {
          expect(typeof messageParts({ ...message, recipient: to }).own).toBe('string');
        },
      ),
      runs,
    );
  });

  it('of any HTML is taken apart without a fault', () => {
    const bits = fc.constantFrom(
      ...'<p> </p> <blockquote> </blockquote> <at> </at> <pre> </pre> <table><td> </table> <s> </s> <a> </a>'.split(
        ' ',
      ),
      'words ',
      '<quoted/>',
      '<emoji alt="🙂"/>',
      '<img>',
      '&amp;',
      '<span itemprop="mri">',
      '</span>',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 30 }), (some) => {
        const content = some.join('');
        const parts = messageParts({ recipient, text: 'words', textFormat: 'plain', attachments: html(content) });
        expect(typeof parts.own).toBe('string');
      }),
      runs,
    );
  });
});

describe('a text without a stated format', () => {
  it('is read like the command-line reader reads it: markup only where it is plainly markup', () => {
    expect(read('<b>export</b> my <i>workspace</i>').intent).toBe('export.workspace');
    expect(read('delete dataset "sales<b>.csv"').slots).toEqual({
      assets: [{ kind: 'dataset', name: 'sales<b>.csv' }],
    });
    expect(read('delete dataset "a<b>x</b>.csv"').slots.assets?.[0]?.name).toBe('a<b>x</b>.csv');
  });

  it('keeps no message of the corpus from being read', () => {
    for (const { activity } of corpus()) expect(read(String(activity.text)).intent).toBeTypeOf('string');
  });
});
