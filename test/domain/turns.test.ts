import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lane, laneOf, lanePriorities, nextTurn, priorityOf } from '../../src/domain/fair-queue.ts';

interface Waiting {
  readonly who: string;
  readonly turn: number;
  readonly priority: number;
  /** The moment at which it came. */
  readonly since: number;
}

/** Runs of several people, served one after the other by their priority. */
class Served {
  readonly waiting: Waiting[] = [];
  readonly served: { readonly who: string; readonly at: number }[] = [];
  readonly #own = new Map<string, number>();
  #begun: number | null = null;
  #now = 0;

  ask(who: string): void {
    const turn = nextTurn(this.#begun, this.#own.get(who) ?? null);
    this.#own.set(who, turn);
    this.waiting.push({ who, turn, priority: priorityOf('large', turn, 0), since: ++this.#now });
  }

  serve(): void {
    if (this.waiting.length === 0) return;
    const next = this.waiting.reduce((best, each) => (each.priority > best.priority ? each : best));
    this.waiting.splice(this.waiting.indexOf(next), 1);
    // One round may end and the next begin with the same person; more than that nobody gets while another one waits.
    for (const { who, since } of this.waiting) {
      const last = this.served.findLast((turn) => turn.who === who)?.at ?? 0;
      const meanwhile = this.served.filter((turn) => turn.who === next.who && turn.at > Math.max(last, since));
      expect(who === next.who ? 0 : meanwhile.length).toBeLessThan(2);
    }
    this.#begun = Math.max(this.#begun ?? 0, next.turn);
    this.served.push({ who: next.who, at: ++this.#now });
  }
}

describe('turns between people', () => {
  it('go round, whatever the order of arrival', () => {
    const event = fc.oneof(fc.constantFrom('a', 'b', 'c', 'd'), fc.constant(null));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        const runs = new Served();
        for (const who of events) who === null ? runs.serve() : runs.ask(who);
        while (runs.waiting.length > 0) runs.serve();
      }),
      { numRuns: 500 },
    );
  });

  it('let somebody in next who comes while one person has many waiting', () => {
    const runs = new Served();
    for (let count = 0; count < 50; count += 1) runs.ask('hog');
    for (let count = 0; count < 10; count += 1) runs.serve();
    runs.ask('late');
    runs.serve();
    expect(runs.served.at(-1)?.who).toBe('late');
  });

  it('prefer, within one turn, the workspace with fewer runs, never over an earlier turn', () => {
    expect(priorityOf('small', 3, 0)).toBeGreaterThan(priorityOf('small', 3, 1));
    expect(priorityOf('small', 3, 5_000)).toBeGreaterThan(priorityOf('small', 4, 0));
  });

  it('keep to the lanes of their workers for any number of runs, within what the queue can store', () => {
    const lane = fc.constantFrom<Lane>('small', 'large');
    fc.assert(
      fc.property(lane, fc.nat(2 ** 31), fc.nat(2 ** 31), (own, turn, beside) => {
        const priority = priorityOf(own, turn, beside);
        expect(Number.isSafeInteger(priority) && priority >= 0 && priority < 2 ** 31).toBe(true);
        const takes = (each: Lane) => {
          const { least = 0, most = 2 ** 31 } = lanePriorities[each];
          return priority >= least && priority <= most;
        };
        expect([takes('small'), takes('large')]).toEqual([own === 'small', own === 'large']);
      }),
    );
  });

  it('go by what a run has to move, and a deletion by how much it deletes', () => {
    const total = (count: number, sizeBytes: number) => [
      { kind: 'dataset', count, sizeBytes, sizeIncomplete: false } as const,
    ];
    expect(laneOf({ action: 'export', totals: total(10, 1_000) })).toBe('small');
    expect(laneOf({ action: 'export', totals: total(10, 2 ** 34) })).toBe('large');
    expect(laneOf({ action: 'export', totals: total(100_000, 0) })).toBe('large');
    expect(laneOf({ action: 'delete', totals: total(10, 2 ** 34) })).toBe('small');
    expect(laneOf({ action: 'delete', totals: total(100_000, 0) })).toBe('large');
    expect(laneOf({ action: 'export-directory-data', totals: [] })).toBe('small');
  });
});
