import { Worker } from 'node:worker_threads';
import type { Log } from '../domain/logger.ts';
import type { ConversationContext } from '../understanding/conversation.ts';
import type { Reading } from '../understanding/intents.ts';
import type { ExistingName } from '../understanding/learned/name-index.ts';
import type { ReadingTask } from './reading-worker.ts';

/**
 * Turns the own words of a message into a reading, given what was said before, which day it is (ISO 8601), and which
 * names in it exist. Never rejects.
 */
export type Understand = (
  text: string,
  earlier: ConversationContext,
  today: string,
  names?: readonly ExistingName[],
) => Promise<Reading>;

/** How much of the thread's processor time one text may take, in milliseconds; usual ones take less than one. */
const mostCpuMs = 1_000;
/** However busy the machine is, nobody waits longer for an answer. In milliseconds. */
const longestMs = 9_000;
/** How often a text that takes long is looked at, in milliseconds. */
const checkEveryMs = 250;
/** Texts that may wait; when more come, something is wrong and they are not read at all. */
const mostWaiting = 500;

/** What a text becomes that could not be read: nothing is done, and the person is told so. */
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
 * Reads texts in a worker thread, one after the other, each within a budget of processor time: on a busy machine waiting
 * for the processor is not the text's fault. A synchronous reader cannot be interrupted in its own thread, so a text that takes too long, by whatever fault of the reader, ends its thread and reads as
 * `unread`; chats, jobs and health checks of the process go on meanwhile, and the next text gets a new thread.
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

  /** Reads one text. Never rejects; what cannot be read in time is `unread`. */
  readonly understand: Understand = (text, earlier, today, names = []) =>
    new Promise((answer) => {
      if (this.#stopped || this.#waiting.length >= mostWaiting) return answer(unread);
      this.#waiting.push({ task: { text, earlier, today, names }, answer });
      this.#next();
    });

  /** Ends the thread. Texts that still wait are `unread`. */
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
      this.#log.error('the reading thread failed', error);
      const hasLoaded = this.#isReady;
      this.#replace();
      // A program that does not even load would be started for ever.
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

  /** Gives a text up when it has used its budget, or when nobody can wait longer. */
  async #watch(watched: Waiting): Promise<void> {
    const worker = this.#worker;
    const longest = AbortSignal.timeout(this.#longestMs);
    const isReading = () => this.#current === watched && worker !== null && worker === this.#worker;
    let before: NodeJS.CpuUsage | undefined;
    while (isReading()) {
      // A thread that cannot even tell its time counts as having used none; the longest wait ends it.
      const used = await Promise.race([worker?.cpuUsage(before).catch(() => undefined), pause(checkEveryMs)]);
      if (before === undefined) before = used;
      else if (used !== undefined && (used.user + used.system) / 1_000 >= this.#mostCpuMs) break;
      if (longest.aborted) break;
      await pause(checkEveryMs);
    }
    if (!isReading()) return;
    this.#log.warn('a text could not be read in time', { characters: watched.task.text.length });
    this.#replace();
  }

  /** Ends the thread with what it was reading, and begins another. */
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
