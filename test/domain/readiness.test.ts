import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/domain/clock.ts';
import { createProbe, NotReadyError } from '../../src/domain/readiness.ts';
import { createLog } from '../../src/log.ts';
import { TestClock } from '../harness/clock.ts';

const running: AbortController[] = [];
afterEach(() => {
  for (const each of running.splice(0)) each.abort();
});

/** A running probe whose next answers are given by the test. */
function startProbe(ask: () => Promise<string | null>) {
  const clock = new TestClock();
  let begun = 0;
  const counting: Clock = {
    now: () => clock.now(),
    wait: (milliseconds, signal) => {
      begun += 1;
      return clock.wait(milliseconds, signal);
    },
  };
  const lines: string[] = [];
  const ending = new AbortController();
  running.push(ending);
  let calls = 0;
  const count = () => {
    calls += 1;
    return ask();
  };
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const probe = createProbe({
    name: 'part',
    ask: count,
    clock: counting,
    log,
    silence: 'Nobody answers.',
    intervalMs: 60_000,
  });
  const end = probe.run(ending.signal);
  /** Resolves when the probe waits for its next check: each check waits for its answer first, so every second time. */
  const rests = () => clock.until(({ length }) => length === 1 && begun % 2 === 0);
  /** Lets time pass between two checks, and the check end that becomes due. */
  const pass = async (milliseconds: number) => {
    await rests();
    clock.advance(milliseconds);
    await rests();
  };
  return { probe, lines, clock, pass, rests, ending, end, calls: () => calls };
}

const refused = () => Promise.reject(new NotReadyError('The door is shut.', { cause: new Error('sig=abc123 wrong') }));

describe('a probe', () => {
  it('is not ready before its first answer, and reading it asks nobody', async () => {
    const { probe, calls } = startProbe(() => new Promise(() => undefined));
    expect(probe.current()).toMatchObject({ ready: false });
    for (let reads = 0; reads < 100; reads += 1) probe.current();
    expect(calls()).toBe(1);
  });

  it('says why, logs it once, asks again ever more slowly, and is ready again after repair', async () => {
    let broken = true;
    const { probe, lines, pass, calls } = startProbe(() => (broken ? refused() : Promise.resolve(null)));
    await pass(0);
    expect(probe.current()).toEqual({ ready: false, reason: 'The door is shut.' });
    for (let minutes = 0; minutes < 60; minutes += 1) await pass(60_000);
    expect(calls()).toBeLessThan(70);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('The door is shut.');
    expect(lines[0]).not.toContain('abc123');
    broken = false;
    await pass(60_000);
    expect(probe.current()).toEqual({ ready: true, notice: null });
    expect(lines).toHaveLength(2);
  });

  it('counts no answer as a bad one, and never as its end', async () => {
    let calls = 0;
    const silent = () => (calls++ === 0 ? new Promise<null>(() => undefined) : Promise.resolve(null));
    const { probe, clock, rests, pass } = startProbe(silent);
    clock.advance(31_000);
    await rests();
    expect(probe.current()).toEqual({ ready: false, reason: 'Nobody answers.' });
    await pass(2_000);
    expect(probe.current()).toEqual({ ready: true, notice: null });
  });

  it('is doubted by a failure elsewhere, and then asks at once', async () => {
    const { probe, pass, calls } = startProbe(() => Promise.resolve(null));
    await pass(0);
    expect(calls()).toBe(1);
    probe.doubt(new NotReadyError('A call was refused.'));
    expect(probe.current()).toEqual({ ready: false, reason: 'A call was refused.' });
    await pass(0);
    expect(calls()).toBe(2);
    expect(probe.current()).toEqual({ ready: true, notice: null });
  });

  it('turns a storm of doubts into few questions', async () => {
    const { probe, pass, calls } = startProbe(() => refused());
    await pass(0);
    for (let times = 0; times < 1_000; times += 1) probe.doubt(new NotReadyError('The door is shut.'));
    await pass(10_000);
    expect(calls()).toBeLessThan(4);
  });

  it('shows a notice and stays ready', async () => {
    const { probe, pass } = startProbe(() => Promise.resolve('One of three doors is shut.'));
    await pass(0);
    expect(probe.current()).toEqual({ ready: true, notice: 'One of three doors is shut.' });
  });

  it('asks no more after its end', async () => {
    const { clock, rests, ending, end, calls } = startProbe(() => refused());
    await rests();
    ending.abort();
    await end;
    clock.advance(5 * 60_000);
    expect(clock.waits).toEqual([]);
    expect(calls()).toBe(1);
  });
});
