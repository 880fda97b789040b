import { afterAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { ReadingThread, unread } from '../../src/teams/reading-thread.ts';
import { emptyConversation } from '../../src/understanding/conversation.ts';
import { understand } from '../../src/understanding/decide.ts';
import { shippedModel } from '../../src/understanding/learned/shipped-model.ts';
import { withinProduct } from '../../src/understanding/within-product.ts';

const today = '2026-11-25';
/** A reader with every fault that a reader can have. */
const faulty = program(`
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ text }) => {
    if (text === 'spin') for (;;);
    if (text === 'backtrack') /^(?:a|a)*b$/.test('a'.repeat(200));
    if (text === 'throw') throw new Error('a fault of the reader');
    if (text === 'exhaust') { const all = []; for (;;) all.push('x'.repeat(1000) + all.length); }
    parentPort.postMessage({ intent: 'help', slots: {}, confidence: 1, why: text });
  });
  parentPort.postMessage('ready');
`);
const lines: string[] = [];
const log = createLog('info', { write: (line: string) => void lines.push(line) });
const thread = new ReadingThread(log, { program: faulty, mostCpuMs: 300, longestMs: 60_000 });
afterAll(() => thread.stop());

describe('the reading thread', () => {
  it('reads as the reader does, in order', async () => {
    const real = new ReadingThread(log);
    const texts = ['delete dataset churn.csv', 'help', 'export my workspace', '', 'x'.repeat(4_000)];
    expect(await Promise.all(texts.map((text) => real.understand(text, emptyConversation, today)))).toEqual(
      texts.map((text) => withinProduct(understand(text, shippedModel(), { context: emptyConversation, today }), text)),
    );
    await real.stop();
  });

  it.each(['spin', 'backtrack', 'throw', 'exhaust'])('gives up a text at which the reader fails: %s', async (fault) => {
    // The thread reads in real time, in which this process has to have its own turns.
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    const [failed, next] = await Promise.all([
      thread.understand(fault, emptyConversation, today),
      thread.understand('the next text', emptyConversation, today),
    ]);
    clearInterval(ticking);
    expect(failed).toBe(unread);
    expect(next.why).toBe('the next text');
    // The process went on meanwhile.
    expect(turns).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatch(/text not read in time|reader thread failed/);
    expect(lines.join()).not.toContain(`"${fault}"`);
  });

  it('answers what still waits when it is stopped, and what comes later', async () => {
    const ending = new ReadingThread(log, { program: faulty });
    const waiting = [
      ending.understand('spin', emptyConversation, today),
      ending.understand('help', emptyConversation, today),
    ];
    await ending.stop();
    expect(await Promise.all(waiting)).toEqual([unread, unread]);
    expect(await ending.understand('help', emptyConversation, today)).toBe(unread);
  });

  it('does not start a broken program again and again', async () => {
    const broken = new ReadingThread(log, { program: program('throw new Error("does not load")') });
    expect(await broken.understand('help', emptyConversation, today)).toBe(unread);
    expect(await broken.understand('help', emptyConversation, today)).toBe(unread);
  });
});

function program(code: string): URL {
  return new URL(
    `data:text/javascript,${encodeURIComponent(`import { createRequire } from 'node:module'; const require = createRequire('file:///');${code}`)}`,
  );
}
