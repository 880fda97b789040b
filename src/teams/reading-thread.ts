import { Worker } from 'node:worker_threads';
import type { Log } from '../domain/logger.ts';
import type { ConversationContext } from '../understanding/conversation.ts';
import type { Reading } from '../understanding/intents.ts';
import type { SaidName } from '../understanding/name-stems.ts';
import type { ReadingTask } from './reading-worker.ts';

/**
 * Turns the sender's own words of a message into a reading, given the conversation state, the current day (ISO 8601),
 * and the existing names in it. Never rejects.
 */
export type Understand = (
  text: string,
  earlier: ConversationContext,
  today: string,
  names?: readonly SaidName[],
) => Promise<Reading>;

/** The CPU time limit for one text, in milliseconds; typical ones take less than one. */
const mostCpuMs = 1_000;
/** The wall-clock limit for one text, in milliseconds, however busy the machine is. */
const longestMs = 9_000;
/** How often the limits are checked, in milliseconds. */
const checkEveryMs = 250;
/** The most texts in the queue; further ones are not read at all, since something must be wrong. */
const mostWaiting = 500;

/** The reading of a text that could not be read: nothing is done, and the person is told so. */
export const unread: Reading = { intent: 'none', slots: {}, confidence: 1, why: 'could not be read in time' };

interface Waiting {
  readonly task: ReadingTask;
  readonly answer: (reading: Reading) => void;
}

/** Options for tests: another program for the thread, other limits. */
export interface ReadingThreadOptions {
  readonly program?: URL;
  readonly mostCpuMs?: number;
  readonly longestMs?: number;
}

/**
 * Reads texts in a worker thread, one after the other, each with a limit of CPU time rather than wall-clock time, so that
 * a busy machine does not fail texts. Synchronous code cannot be interrupted from inside its thread, so a text that
 * exceeds the limit terminates the thread and reads as `unread`. Chats, jobs and health checks of the process are not
 * blocked meanwhile, and the next text gets a new thread.
 */
export class ReadingThread {
  readonly #log: Log;
  readonly #program: URL;
  readonly #mostCpuMs: number;
  readonly #longestMs: number;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | null = null;
  #isReady = false;
  #current: Waiting | null = null;
  #stopped = false;

  constructor(log: Log, options: ReadingThreadOptions = {}) {
    this.#log = log;
    this.#program = options.program ?? new URL('./reading-worker.ts', import.meta.url);
    this.#mostCpuMs = options.mostCpuMs ?? mostCpuMs;
    this.#longestMs = options.longestMs ?? longestMs;
    this.#start();
  }

  /** Reads one text. Never rejects; a text that is not read in time is `unread`. */
  readonly understand: Understand = (text, earlier, today, names = []) =>
    new Promise((answer) => {
      if (this.#stopped || this.#waiting.length >= mostWaiting) return answer(unread);
      this.#waiting.push({ task: { text, earlier, today, names }, answer });
      this.#next();
    });

  /** Terminates the thread. Texts in the queue are `unread`. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#finish(unread);
    for (const { answer } of this.#waiting.splice(0)) answer(unread);
    await this.#worker?.terminate();
  }

  #start(): void {
    const worker = new Worker(this.#program, { resourceLimits: { maxOldGenerationSizeMb: 256 } });
    this.#worker = worker;
    this.#isReady = false;
    worker.unref();
    worker.on('message', (message: unknown) => {
      if (worker !== this.#worker) return;
      // The first message says that the program is loaded.
      if (this.#isReady) this.#finish(message as Reading);
      this.#isReady = true;
      this.#next();
    });
    worker.on('error', (error) => {
      if (worker !== this.#worker) return;
      this.#log.error('reader thread failed', error);
      const hasLoaded = this.#isReady;
      this.#replace();
      // A program that fails to load would be restarted endlessly.
      if (!hasLoaded) void this.stop();
    });
  }

  #next(): void {
    if (!this.#isReady || this.#current !== null) return;
    const next = this.#waiting.shift();
    if (next === undefined) return;
    this.#current = next;
    this.#worker?.postMessage(next.task);
    void this.#watch(next);
  }

  /** Aborts a text when it reaches the CPU limit or the wall-clock limit. */
  async #watch(watched: Waiting): Promise<void> {
    const worker = this.#worker;
    const longest = AbortSignal.timeout(this.#longestMs);
    const isReading = () => this.#current === watched && worker !== null && worker === this.#worker;
    let before: NodeJS.CpuUsage | undefined;
    while (isReading()) {
      // A thread that does not report its CPU time counts as having used none; the wall-clock limit ends it.
      const used = await Promise.race([worker?.cpuUsage(before).catch(() => undefined), pause(checkEveryMs)]);
      if (before === undefined) before = used;
      else if (used !== undefined && (used.user + used.system) / 1_000 >= this.#mostCpuMs) break;
      if (longest.aborted) break;
      await pause(checkEveryMs);
    }
    if (!isReading()) return;
    this.#log.warn('text not read in time', { characters: watched.task.text.length });
    this.#replace();
  }

  /** Terminates the thread, finishes its text as `unread`, and starts another thread. */
  #replace(): void {
    const ended = this.#worker;
    this.#worker = null;
    void ended?.terminate();
    this.#finish(unread);
    if (this.#stopped) return;
    this.#start();
  }

  #finish(reading: Reading): void {
    const done = this.#current;
    this.#current = null;
    done?.answer(reading);
  }
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    AbortSignal.timeout(milliseconds).addEventListener('abort', () => resolve(undefined));
  });
}
