import { z } from 'zod';
import { refusalShapes } from './error-replies.ts';
import { seededRandom } from './seeded-random.ts';

const count = z.int().nonnegative();

/**
 * What goes wrong. `latency` is followed by whatever comes next; the others end the call.
 * `reset` with `after: 'effect'` does the work and then breaks the connection, so that the caller cannot know.
 */
const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
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
    /** A regular expression, tried on the path with its query, without credentials. */
    pathPattern: z.string().optional(),
  }),
  fault: faultSchema,
  /** How many matching calls it strikes; without it and without a rate, every one. */
  times: z.int().positive().optional(),
  /** Lets this many matching calls pass first. */
  skip: count.default(0),
  /** Strikes this part of the matching calls, chosen by the seed. */
  rate: z.number().min(0).max(1).optional(),
  seed: z.int().default(1),
});

export const faultRulesSchema = z.array(ruleSchema);
export type Fault = z.output<typeof faultSchema>;
export type FaultRule = z.output<typeof ruleSchema>;

interface ArmedRule {
  readonly rule: FaultRule;
  readonly pattern: RegExp | null;
  readonly random: () => number;
  passed: number;
  struck: number;
}

/** The rules in force. */
export class Faults {
  #rules: ArmedRule[] = [];

  add(rules: readonly FaultRule[]): void {
    for (const rule of rules) {
      const { pathPattern } = rule.match;
      const pattern = pathPattern === undefined ? null : new RegExp(pathPattern, 'iu');
      this.#rules.push({ rule, pattern, random: seededRandom(rule.seed), passed: 0, struck: 0 });
    }
  }

  clear(): void {
    this.#rules = [];
  }

  /** What strikes this call, in the order of the rules, up to and including the first that ends it. */
  strike(method: string, path: string): readonly Fault[] {
    const faults: Fault[] = [];
    for (const armed of this.#rules) {
      if (!strikes(armed, method, path)) continue;
      faults.push(armed.rule.fault);
      if (armed.rule.fault.kind !== 'latency') break;
    }
    return faults;
  }
}

function strikes(armed: ArmedRule, method: string, path: string): boolean {
  const { rule, pattern } = armed;
  if (rule.match.method !== undefined && rule.match.method.toUpperCase() !== method) return false;
  if (pattern && !pattern.test(path)) return false;
  if (armed.passed < rule.skip) {
    armed.passed += 1;
    return false;
  }
  if (rule.times !== undefined && armed.struck >= rule.times) return false;
  if (rule.rate !== undefined && armed.random() >= rule.rate) return false;
  armed.struck += 1;
  return true;
}
