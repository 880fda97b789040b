import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createStudioSource } from '../../src/sources/studio-classic/source.ts';
import { systemClock } from '../../src/system-clock.ts';
import { KnownNames, namesMayDecide } from '../../src/teams/known-names.ts';
import type { Reading } from '../../src/understanding/intents.ts';
import { TestClock } from '../harness/clock.ts';
import { startTestEmulator, type TestEmulator } from '../harness/emulator.ts';
import { member } from '../harness/people.ts';
import { alex } from '../harness/world.ts';

const log = createLog('error');
const speaker = member('a', 'Alex', alex.email);
const stranger = member('s', 'Sam', 'sam@elsewhere.example');
const asset = (name: string) => ({ name, isWorkspace: false });
const workspace = (name: string) => ({ name, isWorkspace: true });

describe('the names that a message may mean', () => {
  let emulator: TestEmulator;
  let clock: TestClock;
  let known: KnownNames;
  const knownAt = ({ registrations }: TestEmulator) =>
    new KnownNames({ source: createStudioSource({ connections: registrations(), clock }), clock, log });

  beforeAll(async () => {
    emulator = await startTestEmulator();
  });
  afterAll(() => emulator.close());
  beforeEach(() => {
    clock = new TestClock();
    known = knownAt(emulator);
  });

  it('are none when they cannot be had within 300 milliseconds, and are there for the next message', async () => {
    const first = known.in('export Churn Lab and churn.csv', speaker);
    clock.advance(301);
    expect(await first).toEqual([]);
    const names = await known.in('export CHURN lab and churn.csv, not churn', speaker);
    expect(names).toEqual([workspace('CHURN lab'), asset('churn.csv'), { ...asset('churn.csv'), stem: 'churn' }]);
  });

  it('are only those of what the person may list', async () => {
    expect(await known.in('export Churn Lab and churn.csv', stranger)).toEqual([]);
  });

  it('of a workspace that does not answer are missing, and nothing fails', async () => {
    const silent = await startTestEmulator();
    const connections = silent.registrations();
    await silent.close();
    const http = { retryDelayMs: 1, maxRetryDelayMs: 1, maxRetries: 1 };
    const unreachable = createStudioSource({ connections, clock: systemClock, http });
    const lost = new KnownNames({ source: unreachable, clock, log });
    expect(await lost.in('delete churn.csv', speaker)).toEqual([]);
  });

  it('are looked up once for everybody who writes within some minutes', async () => {
    const own = await startTestEmulator();
    const remembered = knownAt(own);
    await remembered.in('churn.csv', speaker);
    await own.close();
    const again = await Promise.all(Array.from({ length: 20 }, () => remembered.in('delete churn.csv', speaker)));
    expect(again).toEqual(Array.from({ length: 20 }, () => [asset('churn.csv')]));
  });
});

describe('names are asked for', () => {
  const reading = (slots: Reading['slots'], offers?: Reading['offers']): Reading => ({
    intent: 'export.assets',
    slots,
    confidence: 1,
    why: '',
    ...(offers === undefined ? {} : { offers }),
  });

  it('where they may decide what is meant, and not for a plain command', () => {
    expect(namesMayDecide(reading({ assets: [{ kind: 'dataset', name: 'churn.csv' }] }), '')).toBe(false);
    expect(namesMayDecide(reading({ assets: [{ name: 'churn.csv' }] }), '')).toBe(true);
    expect(namesMayDecide(reading({ assets: [{ kind: 'dataset', name: 'Sales in Big Lab' }] }), '')).toBe(true);
    expect(namesMayDecide(reading({ workspace: 'Big Lab' }), '')).toBe(true);
    expect(namesMayDecide(reading({}, []), '')).toBe(true);
    const nothing: Reading = { intent: 'none', slots: {}, confidence: 1, why: '' };
    expect(namesMayDecide(nothing, 'delete Heron')).toBe(true);
    expect(namesMayDecide(nothing, 'how are you')).toBe(false);
  });
});
