import { type Asset, assetFingerprint } from './assets.ts';
import type { Clock } from './clock.ts';
import type { Refusal } from './refusals.ts';
import { removalFingerprint, type WorkspaceRemoval } from './workspace-removal.ts';

/** Why something that was confirmed must not be done now. */
export type ClearanceDenial =
  /** The person asked to stop. */
  | { readonly kind: 'stopped' }
  /** A later run has the request, or it has ended. */
  | { readonly kind: 'superseded' }
  /** The policy no longer allows it, or not without an approval that was never given. */
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal }
  /** It is not what the confirmed preview showed. */
  | { readonly kind: 'changed' }
  /** It is not there any more. */
  | { readonly kind: 'gone' };

/** Something that can stand against a call; null when it does not. May throw what asking throws. */
export type Check = () => Promise<ClearanceDenial | null>;

/** Something stands against a call, so it was not sent. */
export class NotCleared extends Error {
  override readonly name = 'NotCleared';
  readonly denial: ClearanceDenial;

  constructor(denial: ClearanceDenial) {
    super(`not cleared: ${denial.kind}`);
    this.denial = denial;
  }
}

/** A clearance grew old while its call waited for a place, so the call was not sent; the checks have to be made anew. */
export class ClearanceExpired extends Error {
  override readonly name = 'ClearanceExpired';
}

/** A call that destroys or starts something, and what has to be asked before it. */
export interface PlannedCall {
  /** What it concerns, as `assetSubject` and its like say it. */
  readonly subject: string;
  /**
   * Asked in this order before a clearance is given, so that the last answer is the freshest. A later rule that can
   * forbid a deletion is one more check in this list.
   */
  readonly checks: readonly Check[];
  /** Asked once more when the call has its place on the wire: cheap ones only, no other service. */
  readonly lastChecks: readonly Check[];
  /** How long the answers to `checks` hold, in milliseconds from when the last one was given. */
  readonly goodForMs: number;
}

const issued = Symbol('issued by mayStill');

/**
 * The right to send one call that destroys or starts something (a capability in the sense of object-capability
 * security): only `mayStill` makes one, it concerns one subject in one revision, it is good for one attempt, and it
 * expires. Clients that destroy something take one as a parameter, so that none can be called without the checks.
 */
export class Clearance {
  readonly #call: PlannedCall;
  readonly #clock: Clock;
  readonly #expiresAt: number;
  #spent = false;

  /** For `mayStill` alone; whoever else tries gets a TypeError. */
  constructor(by: typeof issued, call: PlannedCall, clock: Clock) {
    if (by !== issued) throw new TypeError('only mayStill gives clearances');
    this.#call = call;
    this.#clock = clock;
    this.#expiresAt = clock.now() + call.goodForMs;
  }

  /** Throws RangeError when it was given for something else. */
  mustConcern(subject: string): void {
    if (subject !== this.#call.subject) throw new RangeError('the clearance was given for something else');
  }

  /**
   * Uses it up, directly before the call is sent. Throws ClearanceExpired or NotCleared, after which nothing may be
   * sent; RangeError when it was used before.
   */
  async spend(): Promise<void> {
    if (this.#spent) throw new RangeError('a clearance is good for one attempt');
    this.#spent = true;
    if (this.#clock.now() > this.#expiresAt) throw new ClearanceExpired('the clearance has expired');
    await pass(this.#call.lastChecks);
  }

  /** Makes it good for one more attempt, after an answer that only named another address. */
  handBack(): void {
    this.#spent = false;
  }
}

/**
 * The one function that says whether something confirmed may still be done: asked directly before every attempt of
 * every call that destroys or starts something. Throws NotCleared with what stands against it, and what checks throw.
 */
export async function mayStill(call: PlannedCall, clock: Clock): Promise<Clearance> {
  await pass(call.checks);
  return new Clearance(issued, call, clock);
}

async function pass(checks: readonly Check[]): Promise<void> {
  for (const check of checks) {
    const denial = await check();
    if (denial !== null) throw new NotCleared(denial);
  }
}

/** Asks for a clearance for the next attempt; `unanswered` when an earlier attempt may have had its effect. */
export type AskForClearance = (unanswered: boolean) => Promise<Clearance>;

/** An asset in the revision that was confirmed. */
export function assetSubject(workspaceId: string, asset: Asset): string {
  return JSON.stringify(['asset', workspaceId, assetFingerprint(asset)]);
}

/** A whole workspace, and how it goes. */
export function workspaceSubject(workspaceId: string, removal: WorkspaceRemoval): string {
  return JSON.stringify(['workspace', workspaceId, removalFingerprint(removal)]);
}

/** The export of one person's directory data. */
export function directorySubject(personId: string): string {
  return JSON.stringify(['directory-person', personId]);
}
