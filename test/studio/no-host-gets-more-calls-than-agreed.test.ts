import { describe, expect, it } from 'vitest';
import { HostGate, HostPausedError } from '../../src/studio/http/host-gate.ts';
import { defaultHttpSettings } from '../../src/studio/http/settings.ts';
import { TestClock } from '../harness/clock.ts';
import { type Answer, startScriptedServer } from './scripted-server.ts';
import { patient, sourceAt, workspaceId, workspacePath } from './small-studio.ts';

function gateOf(maxConcurrentCalls: number, clock = new TestClock()): HostGate {
  return new HostGate(clock, { ...defaultHttpSettings, maxConcurrentCalls, maxPauseMs: 60_000 });
}

describe('calls to one host', () => {
  it('never run more at a time than the limit', async () => {
    let running = 0;
    let most = 0;
    const held: (() => void)[] = [];
    const answer: Answer = (response) => {
      running += 1;
      most = Math.max(most, running);
      held.push(() => {
        running -= 1;
        response.end('[]');
        held.shift()?.();
      });
      if (held.length === 3) held.shift()?.();
    };
    await using server = await startScriptedServer({ [`GET ${workspacePath}/users`]: answer });
    const source = sourceAt(server.url, { http: { maxConcurrentCalls: 3 } });
    await Promise.all(Array.from({ length: 12 }, () => source.members(workspaceId, patient)));
    expect(server.seen).toHaveLength(12);
    expect(most).toBe(3);
  });

  it('halve when the host throttles, and come back one by one', () => {
    const gate = gateOf(8);
    gate.throttled(0);
    gate.throttled(0);
    expect(gate.limit).toBe(2);
    for (let call = 0; call < 10; call += 1) gate.succeeded();
    expect(gate.limit).toBe(3);
    for (let call = 0; call < 1000; call += 1) gate.succeeded();
    expect(gate.limit).toBe(8);
  });

  it('never stop for good, however much the host throttles', () => {
    const gate = gateOf(8);
    for (let refusal = 0; refusal < 100; refusal += 1) gate.throttled(0);
    expect(gate.limit).toBe(1);
  });

  it('wait for the end of a pause', async () => {
    const clock = new TestClock();
    const gate = gateOf(1, clock);
    gate.throttled(5000);
    let entered = false;
    const entering = gate.enter().then(() => {
      entered = true;
    });
    clock.advance(4999);
    await Promise.resolve();
    expect(entered).toBe(false);
    clock.advance(1);
    await entering;
    expect(entered).toBe(true);
  });

  it('fail at once when the pause is longer than anybody waits', async () => {
    const gate = gateOf(1);
    gate.throttled(61_000);
    await expect(gate.enter()).rejects.toEqual(new HostPausedError(61_000));
  });

  it('that are aborted while they wait give up their turn to the next', async () => {
    const gate = gateOf(1);
    await gate.enter();
    const abort = new AbortController();
    const aborted = gate.enter(abort.signal);
    const next = gate.enter();
    abort.abort(new Error('stop'));
    await expect(aborted).rejects.toThrow('stop');
    gate.leave();
    await next;
  });
});
