import { type Automaton, automatonOf } from './pattern-automaton.ts';

/** The worst-case growth of a backtracking engine's steps with the length of the text; repeating `word` shows it. */
export type Growth =
  | { readonly kind: 'linear' }
  | { readonly kind: 'super-linear' | 'exponential'; readonly word: string }
  /** Too many states to tell. */
  | { readonly kind: 'unknown' };

/** Maximum number of states searched from one start; beyond it a pattern counts as unknown. */
const mostStates = 200_000;

/**
 * Determines the growth from the ambiguity of the pattern's automaton (Weber and Seidl, 1991): two paths through a loop
 * for the same word are exponential; a word that can either stay in a loop or move to another loop is quadratic or
 * worse. Exact for characters, `\b`, `^` and `$`. Other lookarounds are assumed to hold, so a pattern may be rated
 * worse than it is.
 */
export function growthOf(source: string, flags: string): Growth {
  return worst(automatonOf(source, flags));
}

function worst(automaton: Automaton): Growth {
  const parts = [growth(automaton), ...automaton.lookarounds.map(worst)];
  const order = ['exponential', 'unknown', 'super-linear'] as const;
  for (const kind of order) {
    const found = parts.find((part) => part.kind === kind);
    if (found) return found;
  }
  return { kind: 'linear' };
}

function growth({ positions, accepts }: Automaton): Growth {
  const next = positions.map(({ follow }) => [...follow.keys()]);
  const loops = stronglyConnected(next);
  const isInLoop = next.map((to, at) => to.some((each) => loops[each] === loops[at]));
  const letter = (...states: readonly number[]): string | null => {
    const [first, ...rest] = states.map((state) => positions[state]?.set);
    const common = rest.reduce((left, right) => (left && right ? left.intersect(right) : left), first);
    return common === undefined || common.isEmpty ? null : String.fromCodePoint(shown(common.ranges[0]));
  };
  const stay = next.map((to, at) => to.filter((each) => loops[each] === loops[at]));

  // Exponential: two paths through one loop for the same word.
  for (const [at, to] of stay.entries()) {
    for (const each of to) {
      if ((positions[at]?.follow.get(each) ?? 0) > 1) return { kind: 'exponential', word: letter(each) ?? '' };
    }
    if (to.length < 2) continue;
    const found = search(
      [at, at],
      ([one = 0, other = 0]) => pairs(stay[one] ?? [], stay[other] ?? [], letter),
      ([one, other], from) => one === other && from[0] !== from[1],
    );
    if (found !== null) return found === '' ? { kind: 'unknown' } : { kind: 'exponential', word: found };
  }

  // Super-linear: a word that stays in one loop, leads from it to another, and stays in that.
  const certain = new Set([...accepts].map((state) => loops[state]));
  const starts = positions.map((_, at) => at).filter((at) => isInLoop[at]);
  const reaches = reachability(next);
  for (const p of starts) {
    for (const q of starts) {
      if (loops[p] === loops[q] || certain.has(loops[q]) || !reaches(p, q) || letter(p, q) === null) continue;
      const found = search(
        [p, p, q],
        ([one = 0, two = 0, three = 0]) => {
          const middle = (next[two] ?? []).filter((each) => each === q || reaches(each, q));
          return triples(stay[one] ?? [], middle, stay[three] ?? [], letter);
        },
        (state) => state[0] === p && state[1] === q && state[2] === q,
      );
      if (found !== null) return found === '' ? { kind: 'unknown' } : { kind: 'super-linear', word: found };
    }
  }
  return { kind: 'linear' };
}

type Step = readonly [state: readonly number[], letter: string];

/**
 * Breadth-first search for a state. Returns the word that leads to it, null when it is unreachable, and '' when there
 * are too many states.
 */
function search(
  start: readonly number[],
  steps: (state: readonly number[]) => Iterable<Step>,
  isGoal: (state: readonly number[], from: readonly number[]) => boolean,
): string | null {
  const seen = new Set<string>();
  let level: Step[] = [[start, '']];
  while (level.length > 0) {
    const following: Step[] = [];
    for (const [from, word] of level) {
      for (const [state, letter] of steps(from)) {
        if (isGoal(state, from)) return word + letter;
        const key = state.join();
        if (seen.has(key)) continue;
        seen.add(key);
        if (seen.size > mostStates) return '';
        following.push([state, word + letter]);
      }
    }
    level = following;
  }
  return null;
}

type Letter = (...states: readonly number[]) => string | null;

/** Steps of two runs over the same loop. Runs that have not diverged need no attention. */
function* pairs(ones: readonly number[], others: readonly number[], letter: Letter): Generator<Step> {
  for (const one of ones) {
    for (const other of others) {
      const read = letter(one, other);
      if (read !== null) yield [one <= other ? [one, other] : [other, one], read];
    }
  }
}

function* triples(
  ones: readonly number[],
  twos: readonly number[],
  threes: readonly number[],
  letter: Letter,
): Generator<Step> {
  for (const one of ones) {
    for (const three of threes) {
      if (letter(one, three) === null) continue;
      for (const two of twos) {
        const read = letter(one, two, three);
        if (read !== null) yield [[one, two, three], read];
      }
    }
  }
}

/** A printable character of the range, if it contains one. */
function shown(range: { readonly min: number; readonly max: number } | undefined): number {
  if (range === undefined) return 0;
  return range.min <= 0x61 && range.max >= 0x61 ? 0x61 : range.min < 0x20 && range.max >= 0x20 ? 0x20 : range.min;
}

/** The number of each state's strongly connected component (Tarjan, without recursion). */
function stronglyConnected(next: readonly (readonly number[])[]): number[] {
  const component = next.map(() => -1);
  const index = next.map(() => -1);
  const low = next.map(() => 0);
  const path: number[] = [];
  let count = 0;
  let components = 0;
  for (const root of next.keys()) {
    if (index[root] !== -1) continue;
    const work: { at: number; done: number }[] = [{ at: root, done: 0 }];
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { at } = top;
      if (top.done === 0) {
        index[at] = low[at] = count;
        count += 1;
        path.push(at);
      }
      const to = next[at]?.[top.done];
      top.done += 1;
      if (to !== undefined) {
        if (index[to] === -1) work.push({ at: to, done: 0 });
        else if (component[to] === -1) low[at] = Math.min(low[at] ?? 0, index[to] ?? 0);
        continue;
      }
      if (low[at] === index[at]) {
        for (let member = path.pop(); member !== undefined; member = path.pop()) {
          component[member] = components;
          if (member === at) break;
        }
        components += 1;
      }
      work.pop();
      const above = work.at(-1)?.at;
      if (above !== undefined) low[above] = Math.min(low[above] ?? 0, low[at] ?? 0);
    }
  }
  return component;
}

function reachability(next: readonly (readonly number[])[]): (from: number, to: number) => boolean {
  const known = new Map<number, Set<number>>();
  return (from, to) => {
    let reached = known.get(from);
    if (reached === undefined) {
      reached = new Set();
      const open = [...(next[from] ?? [])];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        if (reached.has(at)) continue;
        reached.add(at);
        open.push(...(next[at] ?? []));
      }
      known.set(from, reached);
    }
    return reached.has(to);
  };
}
