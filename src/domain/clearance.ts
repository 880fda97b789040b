import { type Asset, assetFingerprint } from './assets.ts';
import type { Clock } from './clock.ts';
import type { Refusal } from './refusals.ts';
import { removalFingerprint, type WorkspaceRemoval } from './workspace-removal.ts';

/** Why a confirmed operation must not be carried out now. */
export type ClearanceDenial =
  /** The person asked to stop. */
  | { readonly kind: 'stopped' }
  /** A later run holds the lease of the request, or the request has ended. */
  | { readonly kind: 'superseded' }
  /** The policy no longer allows it, or only with an approval that was not given. */
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal }
  /** A legal hold covers it, or something else of the request. */
  | { readonly kind: 'held'; readonly refusal: Refusal }
  /** It differs from the confirmed preview. */
  | { readonly kind: 'changed' }
  /** It no longer exists. */
  | { readonly kind: 'gone' };

/** A precondition of a call: returns why the call is denied, or null. May throw what its own queries throw. */
export type Check = () => Promise<ClearanceDenial | null>;

/** A precondition failed, so the call was not sent. */
export class NotCleared extends Error {
  override readonly name = 'NotCleared';
  readonly denial: ClearanceDenial;

  constructor(denial: ClearanceDenial) {
    super(`not cleared: ${denial.kind}`);
    this.denial = denial;
  }
}

/**
 * A clearance expired while its call waited in the concurrency limiter, so the call was not sent; the checks have to be
 * repeated.
 */
export class ClearanceExpired extends Error {
  override readonly name = 'ClearanceExpired';
}

/** A call that destroys or starts something, with its preconditions. */
export interface PlannedCall {
  /** The resource and revision that it concerns, as `assetSubject` and the like write it. */
  readonly subject: string;
  /**
   * Run in this order before a clearance is issued, so that the last answer is the freshest. A further rule that can
   * forbid a deletion is one more check in this list.
   */
  readonly checks: readonly Check[];
  /**
   * Run again when the concurrency limiter lets the call through, directly before it is sent: cheap checks only, no
   * calls to other services.
   */
  readonly lastChecks: readonly Check[];
  /** How long a clearance is valid, in milliseconds after the last of `checks`. */
  readonly goodForMs: number;
}

const issued = Symbol('issued by issueClearance');

/**
 * The right to send one call that destroys or starts something (a capability in the sense of object-capability
 * security). Only `issueClearance` creates one; it is for one subject in one revision, can be used once, and expires. Clients
 * that destroy something take one as a parameter, so that none can be called without the checks.
 */
export class Clearance {
  readonly #call: PlannedCall;
  readonly #clock: Clock;
  readonly #expiresAt: number;
  #spent = false;

  /** For `issueClearance` only; any other caller gets a TypeError. */
  constructor(by: typeof issued, call: PlannedCall, clock: Clock) {
    if (by !== issued) throw new TypeError('only issueClearance gives clearances');
    this.#call = call;
    this.#clock = clock;
    this.#expiresAt = clock.now() + call.goodForMs;
  }

  /** Throws RangeError when it was issued for another subject. */
  assertSubject(subject: string): void {
    if (subject !== this.#call.subject) throw new RangeError('the clearance was given for something else');
  }

  /**
   * Uses up the clearance, directly before the call is sent. Throws ClearanceExpired or NotCleared, after which nothing
   * may be sent; RangeError when it was already used.
   */
  async spend(): Promise<void> {
    if (this.#spent) throw new RangeError('a clearance is good for one attempt');
    this.#spent = true;
    if (this.#clock.now() > this.#expiresAt) throw new ClearanceExpired('the clearance has expired');
    await pass(this.#call.lastChecks);
  }

  /** Allows one more use, after an answer that only redirected to another address. */
  allowAnotherUse(): void {
    this.#spent = false;
  }
}

/**
 * Issues a clearance: the only place that decides whether a confirmed operation may still be carried out. Called
 * directly before every attempt of every call that destroys or starts something. Throws NotCleared with the reason, and
 * whatever the checks throw.
 */
export async function issueClearance(call: PlannedCall, clock: Clock): Promise<Clearance> {
  await pass(call.checks);
  return new Clearance(issued, call, clock);
}

async function pass(checks: readonly Check[]): Promise<void> {
  for (const check of checks) {
    const denial = await check();
    if (denial !== null) throw new NotCleared(denial);
  }
}

/** Requests a clearance for the next attempt; `unanswered` when an earlier attempt may have taken effect. */
export type AskForClearance = (unanswered: boolean) => Promise<Clearance>;

/** An asset in the revision that was confirmed. */
export function assetSubject(workspaceId: string, asset: Asset): string {
  return JSON.stringify(['asset', workspaceId, assetFingerprint(asset)]);
}

/** A whole workspace, and how it is deleted. */
export function workspaceSubject(workspaceId: string, removal: WorkspaceRemoval): string {
  return JSON.stringify(['workspace', workspaceId, removalFingerprint(removal)]);
}

/** The export of one person's directory data. */
export function directorySubject(personId: string): string {
  return JSON.stringify(['directory-person', personId]);
}
