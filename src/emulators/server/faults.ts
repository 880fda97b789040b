import { z } from 'zod';
import { refusalShapes } from './error-replies.ts';
import { seededRandom } from './seeded-random.ts';

const count = z.int().nonnegative();

/**
 * The kinds of faults. After `latency` the following rules still apply; every other kind ends the call. `reset` with
 * `after: 'effect'` does the work and then breaks the connection, so that the client cannot know the outcome.
 */
const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(300).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    shape: z.enum(refusalShapes).optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('latency'), milliseconds: count }),
  z.strictObject({ kind: z.literal('reset'), after: z.enum(['request', 'effect']).default('request') }),
  z.strictObject({ kind: z.literal('silence') }),
  z.strictObject({ kind: z.literal('drip'), bytes: z.int().positive(), everyMilliseconds: z.int().positive() }),
  z.strictObject({ kind: z.literal('truncate'), bytes: count }),
  z.strictObject({ kind: z.literal('html'), status: z.int().min(200).max(599).default(200) }),
  z.strictObject({ kind: z.literal('malformed') }),
  z.strictObject({ kind: z.literal('content-type'), value: z.string() }),
  z.strictObject({ kind: z.literal('revoke-token') }),
  z.strictObject({ kind: z.literal('vanish') }),
]);

const ruleSchema = z.strictObject({
  match: z.strictObject({
    method: z.string().optional(),
    /** A regular expression, tested against path and query without credentials. */
    pathPattern: z.string().optional(),
  }),
  fault: faultSchema,
  /** Number of matching calls that get the fault; without it and without a `rate`, all of them. */
  times: z.int().positive().optional(),
  /** Number of matching calls to let through first. */
  skip: count.default(0),
  /** The share of the matching calls that get the fault, chosen pseudo-randomly by the seed. */
  rate: z.number().min(0).max(1).optional(),
  seed: z.int().default(1),
});

export const faultRulesSchema = z.array(ruleSchema);
export type Fault = z.output<typeof faultSchema>;
export type FaultRule = z.output<typeof ruleSchema>;

interface ActiveRule {
  readonly rule: FaultRule;
  readonly pattern: RegExp | null;
  readonly random: () => number;
  passed: number;
  applied: number;
}

/** The active fault rules. */
export class Faults {
  #rules: ActiveRule[] = [];

  add(rules: readonly FaultRule[]): void {
    for (const rule of rules) {
      const { pathPattern } = rule.match;
      const pattern = pathPattern === undefined ? null : new RegExp(pathPattern, 'iu');
      this.#rules.push({ rule, pattern, random: seededRandom(rule.seed), passed: 0, applied: 0 });
    }
  }

  clear(): void {
    this.#rules = [];
  }

  /** The faults for this call, in the order of the rules, up to and including the first that ends the call. */
  strike(method: string, path: string): readonly Fault[] {
    const faults: Fault[] = [];
    for (const active of this.#rules) {
      if (!applies(active, method, path)) continue;
      faults.push(active.rule.fault);
      if (active.rule.fault.kind !== 'latency') break;
    }
    return faults;
  }
}

function applies(active: ActiveRule, method: string, path: string): boolean {
  const { rule, pattern } = active;
  if (rule.match.method !== undefined && rule.match.method.toUpperCase() !== method) return false;
  if (pattern && !pattern.test(path)) return false;
  if (active.passed < rule.skip) {
    active.passed += 1;
    return false;
  }
  if (rule.times !== undefined && active.applied >= rule.times) return false;
  if (rule.rate !== undefined && active.random() >= rule.rate) return false;
  active.applied += 1;
  return true;
}
