import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Action, actions, isWorkspaceDeletion, phases, traitsOf } from '../../src/domain/actions.ts';
import { hasConflictOfInterest } from '../../src/domain/conflict-of-interest.ts';
import { begin, decide, type Lifecycle } from '../../src/domain/lifecycle.ts';
import { isSamePersonOrAddress, samePerson } from '../../src/domain/people.ts';
import { finalStates, requestStates } from '../../src/domain/request.ts';
import type { RequestEvent } from '../../src/domain/request-events.ts';
import type { Review } from '../../src/domain/reviews.ts';

const tenant = 'tenant';
const at = (address: string) => ({ userPrincipalName: address, mail: null });
const alex = { tenantId: tenant, objectId: 'alex', ...at('alexw@example.com') };
const megan = { tenantId: tenant, objectId: 'megan', ...at('meganb@example.com') };
const patti = { tenantId: tenant, objectId: 'patti', ...at('pattif@example.com') };
/** Another account of Megan's. */
const alias = { tenantId: tenant, objectId: 'other', userPrincipalName: null, mail: 'meganb@example.com' };
const stranger = { tenantId: 'elsewhere', objectId: 'alex', ...at('alexw@example.org') };
const people = [alex, megan, patti, alias, stranger];

// Mostly the requester on the card they see, so that histories get far; often enough not.
const person = fc.oneof({ weight: 3, arbitrary: fc.constant(alex) }, fc.constantFrom(...people));
const current = -1;
const version = fc.oneof({ weight: 5, arbitrary: fc.constant(current) }, fc.integer({ min: 0, max: 8 }));
const action = fc.constantFrom(...actions);
const phase = fc.constantFrom(null, ...phases);
const sets = ['approvers', 'workspace-owners', 'privacy'];
const review: fc.Arbitrary<Review> = fc.record({
  approvals: fc.integer({ min: 1, max: 2 }),
  by: fc.subarray(sets, { minLength: 1, maxLength: 2 }),
});
const terms = fc.record({
  approvals: fc.constant(0),
  reviews: fc.oneof(fc.constant([]), fc.array(review, { minLength: 1, maxLength: 2 })),
  rejections: fc.integer({ min: 1, max: 2 }),
  rejectionNeedsComment: fc.boolean(),
  typedName: fc.boolean(),
  waitMinutes: fc.constantFrom(0, 0, 60),
  reasonNeeded: fc.constantFrom(false, false, true),
});
const event: fc.Arbitrary<RequestEvent> = fc.oneof(
  fc.record({ type: fc.constant('choice-needed' as const), version }),
  fc.record({ type: fc.constant('previewed' as const), version, terms }),
  fc.record({ type: fc.constant('refused' as const), version }),
  fc.record({ type: fc.constant('chosen' as const), by: person, version }),
  fc.record({
    type: fc.constant('confirmed' as const),
    by: person,
    version,
    action,
    nameTyped: fc.boolean(),
    hasReason: fc.constantFrom(true, true, false),
  }),
  fc.record({ type: fc.constant('approved' as const), by: person, version, reviewsAs: fc.subarray(sets) }),
  fc.record({
    type: fc.constant('disapproved' as const),
    by: person,
    version,
    reviewsAs: fc.subarray(sets),
    hasComment: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('cancelled' as const),
    by: person,
    version: fc.option(version),
    mayStop: fc.boolean(),
  }),
  fc.record({ type: fc.constant('waited' as const), version }),
  fc.constant({ type: 'started' as const }),
  fc.record({ type: fc.constant('entered' as const), phase }),
  fc.record({ type: fc.constant('changed' as const), untouched: fc.boolean() }),
  fc.record({
    type: fc.constant('finished' as const),
    outcome: fc.constantFrom('succeeded' as const, 'partly-failed' as const, 'failed' as const),
  }),
  fc.constant({ type: 'stopped' as const }),
  fc.constant({ type: 'gave-up' as const }),
  fc.record({ type: fc.constant('expired' as const), version }),
);

/** What happens when nobody is out of order, so that histories get far. */
const orderly = (first: Action): fc.Arbitrary<RequestEvent> =>
  fc.oneof(
    fc.record({
      type: fc.constant('previewed' as const),
      version: fc.constant(current),
      terms,
    }),
    fc.constant({
      type: 'confirmed' as const,
      by: alex,
      version: current,
      action: first,
      nameTyped: true,
      hasReason: true,
    }),
    fc.record({
      type: fc.constant('approved' as const),
      by: fc.constantFrom(megan, patti, alias),
      version: fc.constant(current),
      reviewsAs: fc.subarray(sets, { minLength: 2 }),
    }),
    fc.constant({ type: 'started' as const }),
    fc.constant({ type: 'waited' as const, version: current }),
    fc.record({ type: fc.constant('entered' as const), phase }),
    fc.constant({ type: 'changed' as const, untouched: true }),
  );

interface Step {
  readonly event: RequestEvent;
  readonly before: Lifecycle;
  readonly after: Lifecycle;
}

/** Runs events against a new request and gives the accepted ones. */
function play(first: Action, events: readonly RequestEvent[]): Step[] {
  const steps: Step[] = [];
  let now = begin(first, alex).next;
  for (const drawn of events) {
    const each = 'version' in drawn && drawn.version === current ? { ...drawn, version: now.version } : drawn;
    const decision = decide(now, each);
    if (!decision.accepted) continue;
    steps.push({ event: each, before: now, after: decision.next });
    now = decision.next;
  }
  return steps;
}

/** Each time that work was scheduled, with the steps since the beginning or since something was found changed. */
function startsOf(steps: readonly Step[]): { readonly since: readonly Step[] }[] {
  return steps.flatMap(({ after }, index) => {
    if (after.state !== 'scheduled') return [];
    const from = steps.slice(0, index).findLastIndex((step) => step.event.type === 'changed') + 1;
    return [{ since: steps.slice(from, index + 1) }];
  });
}

/** Whether each review has the approvals of as many of its people; each accepted approval is of another one. */
function meets(reviews: readonly Review[], events: readonly RequestEvent[]): boolean {
  return reviews.every(({ approvals, by }) => {
    const ofIts = events.filter((each) => each.type === 'approved' && by.some((set) => each.reviewsAs.includes(set)));
    return ofIts.length >= approvals;
  });
}

/** Histories of which most steps are in order, so that they get far. */
const mostlyOrderly = (length: fc.ArrayConstraints) =>
  action.chain((first) =>
    fc.array(fc.oneof({ weight: 3, arbitrary: orderly(first) }, event), length).map((all) => play(first, all)),
  );

const histories = fc.tuple(action, fc.array(event, { maxLength: 40 })).map(([first, events]) => play(first, events));

const running: Lifecycle = {
  state: 'running',
  version: 5,
  action: 'export',
  requester: alex,
  subject: null,
  reviews: [],
  rejectionsNeeded: 1,
  rejectionNeedsComment: false,
  typedNameNeeded: false,
  reasonNeeded: false,
  waitMinutes: 0,
  approvals: [],
  rejections: [],
  stopRequested: false,
  phase: null,
  links: 'none',
};

describe('the request lifecycle', () => {
  it('releases no deletion while a legal hold stands, at whatever moment that is; copies are made all the same', () => {
    const withHolds = fc
      .tuple(action, fc.boolean())
      .chain(([first]) =>
        fc
          .array(fc.tuple(fc.oneof(orderly(first), event), fc.boolean()), { maxLength: 30 })
          .map((all) => ({ first, all })),
      );
    fc.assert(
      fc.property(withHolds, ({ first, all }) => {
        let now = begin(first, alex).next;
        for (const [drawn, isHeld] of all) {
          const each = 'version' in drawn && drawn.version === current ? { ...drawn, version: now.version } : drawn;
          const free = decide(now, each);
          const decision = decide(isHeld ? { ...now, held: true } : now, each);
          const isRelease = each.type === 'confirmed' || each.type === 'approved';
          const deletes = traitsOf(each.type === 'confirmed' ? each.action : now.action).deletes !== 'nothing';
          if (isHeld && isRelease && deletes) {
            expect(decision.accepted).toBe(false);
            // Whoever could not have done it anyhow hears nothing of the hold.
            if (free.accepted) expect(decision).toEqual({ accepted: false, refusal: 'held' });
            else expect(decision).toEqual(free);
          } else {
            expect(decision.accepted).toBe(free.accepted);
          }
          if (free.accepted) now = { ...free.next };
        }
      }),
    );
  });

  it('keeps an archive under a hold, while its links can be replaced', () => {
    const ended: Lifecycle = { ...running, state: 'succeeded', links: 'handed-out' };
    const revoke = { type: 'links-revoked', by: alex, version: 5, held: true } as const;
    expect(decide(ended, { ...revoke, method: 'remove' })).toEqual({ accepted: false, refusal: 'held' });
    expect(decide(ended, { ...revoke, method: 'remove', held: false }).accepted).toBe(true);
    expect(decide(ended, { ...revoke, method: 'replace' }).accepted).toBe(true);
  });

  it('never runs anything that its requester has not confirmed on the version they were shown', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const { since } of startsOf(steps)) {
          const confirmation = since.find((step) => step.event.type === 'confirmed');
          expect(confirmation).toBeDefined();
          if (confirmation?.event.type !== 'confirmed') return;
          expect(samePerson(confirmation.event.by, alex)).toBe(true);
          expect(confirmation.event.version).toBe(confirmation.before.version);
          expect(confirmation.before.state).toBe('awaiting-confirmation');
        }
      }),
    );
  });

  it.each(actions)('has %s confirmed anew when something changed, and approved anew where that is needed', (first) => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(orderly(first), { minLength: 60, maxLength: 120 }), (events) => {
        const steps = play(first, events);
        for (const { since } of startsOf(steps)) {
          // Only a change comes before what counts.
          if (since[0] === steps[0]) continue;
          seen += 1;
          const preview = since.findLast((step) => step.event.type === 'previewed');
          const confirmation = since.findLast((step) => step.event.type === 'confirmed');
          expect(confirmation?.before.version).toBe(preview?.after.version);
          const approvals = since.filter((step) => step.event.type === 'approved').map((step) => step.event);
          expect(meets(preview?.after.reviews ?? [], approvals)).toBe(true);
          if (approvals.length > 0) expect(meets(preview?.after.reviews ?? [], approvals.slice(0, -1))).toBe(false);
        }
      }),
    );
    expect(seen).toBeGreaterThan(0);
  });

  it('goes back to its preview only while nothing is done, and never against a stop', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const { event: done, before, after } of steps) {
          if (done.type !== 'changed') continue;
          expect(done.untouched).toBe(true);
          expect(before).toMatchObject({ state: 'running', stopRequested: false });
          expect(after.state).toBe('preparing');
        }
      }),
    );
  });

  it('does not run, end or ask approvers from a change on before it is previewed and confirmed again', () => {
    fc.assert(
      fc.property(histories, fc.array(event, { maxLength: 20 }), (steps, later) => {
        const last = steps.at(-1)?.after;
        if (last === undefined) return;
        let now: Lifecycle = { ...last, state: 'preparing' };
        for (const drawn of later) {
          if (drawn.type === 'previewed' || drawn.type === 'choice-needed') continue;
          const decision = decide(now, drawn);
          if (!decision.accepted) continue;
          expect(decision.effects).not.toContain('run');
          expect(decision.effects).not.toContain('ask-approvers');
          expect(['cancelled', 'rejected', 'failed']).toContain(decision.next.state);
          now = decision.next;
        }
      }),
    );
  });

  it('never turns a deletion of assets into one of the workspace, nor the other way round', () => {
    fc.assert(
      fc.property(action, fc.array(event, { maxLength: 40 }), (first, events) => {
        for (const { after } of play(first, events)) {
          expect(isWorkspaceDeletion(after.action)).toBe(isWorkspaceDeletion(first));
        }
      }),
    );
  });

  it('never deletes when the preview showed an export', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        for (const { after } of play('export', events)) expect(after.action).toBe('export');
      }),
    );
  });

  it('never starts what is confirmed by typing a name without it', () => {
    let seen = 0;
    const long = mostlyOrderly({ maxLength: 40 });
    fc.assert(
      fc.property(long, (steps) => {
        for (const { event: each, before } of steps) {
          if (each.type !== 'confirmed' || !before.typedNameNeeded) continue;
          expect(each.nameTyped).toBe(true);
          seen += 1;
        }
      }),
      { numRuns: 3_000 },
    );
    expect(seen).toBeGreaterThan(20);
  });

  it('never starts what needs a reason without a confirmation that gives one', () => {
    const seen = { given: 0, refused: 0 };
    const long = mostlyOrderly({ minLength: 10, maxLength: 60 });
    fc.assert(
      fc.property(long, (steps) => {
        for (const { since } of startsOf(steps)) {
          const at = since.findLastIndex((step) => step.event.type === 'previewed');
          const preview = since[at]?.event;
          if (preview?.type !== 'previewed' || !preview.terms.reasonNeeded) continue;
          const confirmation = since.slice(at).find((step) => step.event.type === 'confirmed');
          expect(confirmation?.event).toMatchObject({ hasReason: true });
          seen.given += 1;
        }
        for (const { after } of steps) {
          if (after.state !== 'awaiting-confirmation' || !after.reasonNeeded) continue;
          const press = { type: 'confirmed', by: alex, version: after.version, action: after.action } as const;
          const decision = decide(after, { ...press, nameTyped: true, hasReason: false });
          expect(decision).toEqual({ accepted: false, refusal: 'reason-needed' });
          seen.refused += 1;
        }
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(seen.given, seen.refused)).toBeGreaterThan(20);
  });

  it('never lets a schedule run ahead what needs a reason', () => {
    const ahead: Lifecycle = { ...running, state: 'preparing', confirmedAhead: true };
    const terms = { approvals: 0, rejections: 1, rejectionNeedsComment: false, typedName: false };
    const previewed = (reasonNeeded: boolean) =>
      decide(ahead, { type: 'previewed', version: 5, terms: { ...terms, reasonNeeded } });
    expect(previewed(false)).toMatchObject({ accepted: true, next: { state: 'scheduled' } });
    expect(previewed(true)).toMatchObject({ accepted: true, next: { state: 'awaiting-confirmation' } });
  });

  it('never runs what needs approvals without as many, each by somebody else who may approve', () => {
    let seen = 0;
    const long = mostlyOrderly({ minLength: 15, maxLength: 60 });
    fc.assert(
      fc.property(long, (steps) => {
        for (const { since } of startsOf(steps)) {
          const at = since.findLastIndex((step) => step.event.type === 'previewed');
          const preview = since[at]?.event;
          const reviews = preview?.type === 'previewed' ? (preview.terms.reviews ?? []) : [];
          if (reviews.length === 0) continue;
          const approvals = since.slice(at).flatMap(({ event: each }) => (each.type === 'approved' ? [each] : []));
          expect(meets(reviews, approvals)).toBe(true);
          for (const [index, { by, reviewsAs }] of approvals.entries()) {
            expect(reviews.some(({ by: admitted }) => admitted.some((set) => reviewsAs.includes(set)))).toBe(true);
            expect(by.tenantId).toBe(tenant);
            for (const other of [alex, ...approvals.slice(0, index).map((each) => each.by)])
              expect(isSamePersonOrAddress(by, other)).toBe(false);
          }
          seen += 1;
        }
      }),
      { numRuns: 5_000 },
    );
    expect(seen).toBeGreaterThan(20);
  });

  it('never starts anything by a rejection, nor ends anything by an approval', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const { event: done, after } of steps) {
          if (done.type === 'disapproved') expect(['awaiting-approval', 'rejected']).toContain(after.state);
          if (done.type === 'approved') expect(after.state).not.toBe('rejected');
        }
      }),
    );
    // Enough approvals may be stored that did not count when they were given.
    const approved = [megan, patti].map((each) => ({ ...each, reviewsAs: ['approvers'] }));
    const waiting: Lifecycle = {
      ...running,
      action: 'delete',
      state: 'awaiting-approval',
      reviews: [{ approvals: 2, by: ['approvers'] }],
      rejectionsNeeded: 2,
      approvals: approved,
    };
    const third = { tenantId: tenant, objectId: 'adele', ...at('adelev@example.com') };
    const rejection = {
      type: 'disapproved',
      by: third,
      version: 5,
      reviewsAs: ['approvers'],
      hasComment: true,
    } as const;
    expect(decide(waiting, rejection)).toMatchObject({ accepted: true, next: { state: 'awaiting-approval' } });
  });

  it('counts an approval for the version that it saw: a later preview needs all of them anew', () => {
    const waiting: Lifecycle = {
      ...running,
      action: 'delete',
      state: 'awaiting-approval',
      reviews: [{ approvals: 2, by: ['approvers'] }],
    };
    const approve = (now: Lifecycle, by: Lifecycle['requester']) =>
      decide(now, { type: 'approved', by, version: now.version, reviewsAs: ['approvers'] });
    const first = approve(waiting, megan);
    expect(first).toMatchObject({ accepted: true, next: { state: 'awaiting-approval', version: 5 }, effects: [] });
    if (!first.accepted) return;
    expect(approve(first.next, megan)).toEqual({ accepted: false, refusal: 'already-voted' });
    const second = approve(first.next, patti);
    expect(second).toMatchObject({ accepted: true, next: { state: 'scheduled', version: 6, approvals: [] } });
    expect(approve(first.next, alias)).toEqual({ accepted: false, refusal: 'already-voted' });
  });

  it('ends with as many rejections as it needs, and asks why where that is required', () => {
    const waiting: Lifecycle = {
      ...running,
      action: 'delete',
      state: 'awaiting-approval',
      reviews: [{ approvals: 2, by: ['approvers'] }],
      rejectionsNeeded: 2,
      rejectionNeedsComment: true,
    };
    const vote = (now: Lifecycle, type: 'approved' | 'disapproved', by: Lifecycle['requester'], hasComment = true) =>
      decide(now, { type, by, version: now.version, reviewsAs: ['approvers'], hasComment });
    expect(vote(waiting, 'disapproved', megan, false)).toEqual({ accepted: false, refusal: 'comment-needed' });
    const first = vote(waiting, 'disapproved', megan);
    expect(first).toMatchObject({ accepted: true, next: { state: 'awaiting-approval', version: 5 }, effects: [] });
    if (!first.accepted) return;
    expect(vote(first.next, 'approved', megan)).toEqual({ accepted: false, refusal: 'already-voted' });
    expect(vote(first.next, 'approved', alias)).toEqual({ accepted: false, refusal: 'already-voted' });
    expect(vote(first.next, 'approved', patti)).toMatchObject({ accepted: true, next: { state: 'awaiting-approval' } });
    expect(vote(first.next, 'disapproved', patti)).toMatchObject({ accepted: true, next: { state: 'rejected' } });
  });

  it('never lets anybody decide in their own matter, whatever account they use', () => {
    const address = fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com', null);
    const objectId = fc.constantFrom('one', 'two', 'three');
    const somebody = fc.record({
      tenantId: fc.constantFrom(tenant, 'elsewhere'),
      objectId,
      userPrincipalName: address,
      mail: address,
    });
    const subject = fc.option(fc.record({ objectId, userPrincipalName: address, mail: address }), { nil: null });
    const type = fc.constantFrom('approved' as const, 'disapproved' as const);
    const outcomes = { refused: 0, accepted: 0 };
    fc.assert(
      fc.property(somebody, somebody, subject, action, type, (requester, by, about, what, decided) => {
        const waiting: Lifecycle = {
          state: 'awaiting-approval',
          version: 4,
          action: what,
          requester: { ...requester, tenantId: tenant },
          subject: about,
          reviews: [{ approvals: 1, by: ['approvers'] }],
          rejectionsNeeded: 1,
          rejectionNeedsComment: false,
          typedNameNeeded: false,
          reasonNeeded: false,
          waitMinutes: 0,
          approvals: [],
          rejections: [],
          stopRequested: false,
          phase: null,
          links: 'none',
        };
        const own = [waiting.requester, ...(about === null ? [] : [{ ...about, tenantId: tenant }])].some(
          (other) =>
            samePerson(other, by) ||
            [by.userPrincipalName, by.mail].some(
              (each) => each !== null && [other.userPrincipalName, other.mail].includes(each),
            ),
        );
        const decision = decide(waiting, {
          type: decided,
          by,
          version: 4,
          reviewsAs: ['approvers'],
          hasComment: false,
        });
        expect(decision.accepted).toBe(!own && by.tenantId === tenant);
        expect(hasConflictOfInterest(waiting, by)).toBe(own);
        outcomes[decision.accepted ? 'accepted' : 'refused'] += 1;
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(outcomes.refused, outcomes.accepted)).toBeGreaterThan(100);
  });

  it('never starts before what has to cool off has, and then is stopped only by who may', () => {
    const stop = { type: 'cancelled' as const, version: current };
    const anybody = fc.record({ by: person, mayStop: fc.boolean() }).map((who) => ({ ...stop, ...who }));
    const mostly = (first: Action) =>
      fc.oneof(
        { weight: 20, arbitrary: orderly(first) },
        { weight: 2, arbitrary: event },
        { weight: 8, arbitrary: anybody },
      );
    const asked = (first: Action): fc.Arbitrary<RequestEvent[]> =>
      fc.record({ type: fc.constant('previewed' as const), version: fc.constant(current), terms }).map((previewed) => [
        { ...previewed, terms: { ...previewed.terms, waitMinutes: 60 } },
        { type: 'confirmed', by: alex, version: current, action: first, nameTyped: true, hasReason: true },
      ]);
    const long = action.chain((first) =>
      fc
        .tuple(asked(first), fc.array(mostly(first), { minLength: 10, maxLength: 40 }))
        .map(([begun, events]) => play(first, [...begun, ...events])),
    );
    const seen = { cooled: 0, stopped: 0 };
    fc.assert(
      fc.property(long, (steps) => {
        for (const { event: each, before, after } of steps) {
          const cools = before.waitMinutes > 0 && before.state !== 'preparing';
          if (after.state === 'scheduled' && cools)
            expect([each.type, before.state]).toEqual(['waited', 'cooling-off']);
          if (after.state === 'cooling-off') expect(after.waitMinutes).toBeGreaterThan(0);
          if (each.type === 'waited') seen.cooled += 1;
          if (each.type !== 'cancelled' || samePerson(each.by, before.requester)) continue;
          expect([before.state, each.mayStop, each.by.tenantId]).toEqual([
            'cooling-off',
            true,
            before.requester.tenantId,
          ]);
          expect(after.state).toBe('cancelled');
          seen.stopped += 1;
        }
      }),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.cooled, seen.stopped)).toBeGreaterThan(10);
  });

  it('has a phase only while it runs, and only one of its action', () => {
    const seen = new Set<string>();
    const long = action.chain((first) =>
      fc.array(orderly(first), { minLength: 30, maxLength: 60 }).map((events) => play(first, events)),
    );
    fc.assert(
      fc.property(long, (steps) => {
        for (const { after } of steps) {
          if (after.state !== 'running') expect(after.phase).toBeNull();
          expect([...traitsOf(after.action).phases.keys()]).toContain(after.phase);
          if (after.phase !== null) seen.add(after.phase);
        }
      }),
      { numRuns: 10_000, seed: 11 },
    );
    expect([...seen].sort()).toEqual([...phases].sort());
  });

  it('never goes back from a phase in which a service is polled, and never deletes or asks again from one', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(
        action,
        fc.array(phase, { maxLength: 12 }),
        fc.array(event, { maxLength: 20 }),
        (what, path, later) => {
          let now: Lifecycle = { ...running, action: what };
          for (const step of [...path.map((each) => ({ type: 'entered' as const, phase: each })), ...later]) {
            const decision = decide(now, step);
            if (!decision.accepted) continue;
            const { next } = decision;
            if (step.type === 'entered') expect(next.version).toBe(now.version);
            if (now.phase !== null && traitsOf(what).polled.includes(now.phase) && next.state === 'running') {
              reached.add(now.phase);
              expect(next.phase).toBe(now.phase);
            }
            now = next;
          }
        },
      ),
      { numRuns: 20_000, seed: 13 },
    );
    expect([...reached].sort()).toEqual(['checking', 'following', 'waiting']);
  });

  it('never leaves a final state', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const { before } of steps) expect(finalStates.has(before.state)).toBe(false);
      }),
    );
  });

  it('gives every accepted event a new version, so that older cards are recognised', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const { before, after } of steps) expect(after.version).toBe(before.version + 1);
      }),
    );
  });

  it('lets only the requester cancel, and a running request stop in its own time', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        for (const { event: done, before, after } of steps) {
          if (done.type !== 'cancelled') continue;
          expect(samePerson(done.by, alex)).toBe(true);
          expect(after.state).toBe(before.state === 'running' ? 'running' : 'cancelled');
        }
      }),
    );
  });

  it('can reach every state', () => {
    const reached = new Set<string>(['preparing']);
    fc.assert(
      fc.property(action, fc.array(event, { minLength: 40, maxLength: 80 }), (first, events) => {
        for (const { after } of play(first, events)) reached.add(after.state);
      }),
      { numRuns: 20_000, seed: 7 },
    );
    expect([...reached].sort()).toEqual([...requestStates].sort());
  });
});

describe('the links of a request', () => {
  const method = fc.constantFrom('replace' as const, 'remove' as const);
  const linkEvent: fc.Arbitrary<RequestEvent> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ type: fc.constant('links-revoked' as const), by: person, version, method }) },
    fc.constant({ type: 'links-renamed' as const }),
    fc.constant({ type: 'links-replaced' as const }),
    event,
  );
  const start = fc.record({
    what: action,
    state: fc.constantFrom(...requestStates),
    links: fc.constantFrom('none' as const, 'handed-out' as const),
  });

  it('are revoked by the requester on the current card alone, in order, and nothing else changes with them', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(start, fc.array(linkEvent, { maxLength: 30 }), ({ what, state, links }, events) => {
        let now: Lifecycle = { ...running, action: what, state, links };
        for (const drawn of events) {
          const each = 'version' in drawn && drawn.version === current ? { ...drawn, version: now.version } : drawn;
          const decision = decide(now, each);
          if (!decision.accepted) continue;
          const { next, effects } = decision;
          if (!each.type.startsWith('links-')) expect(next.links).toBe(now.links);
          else expect({ ...next, links: now.links, version: now.version }).toEqual(now);
          if (each.type === 'links-revoked') {
            expect(samePerson(each.by, alex)).toBe(true);
            expect(each.version).toBe(now.version);
            expect(next.version).toBe(now.version + 1);
            expect(['none', 'removing']).not.toContain(now.links);
            expect(effects).toEqual([each.method === 'remove' ? 'remove-archive' : 'replace-links']);
          }
          // Replaced only after the copies were recorded, and never once the archive is being removed.
          if (each.type === 'links-replaced') expect(now.links).toBe('deleting');
          if (now.links === 'removing') expect(next.links).toBe('removing');
          reached.add(next.links);
          now = next;
        }
      }),
      { numRuns: 2_000, seed: 17 },
    );
    expect([...reached].sort()).toEqual(['deleting', 'handed-out', 'none', 'removing', 'replacing']);
  });

  it.each([
    ['somebody else presses', { by: megan }, 'handed-out', 'not-the-requester'],
    ['the card is outdated', { version: 4 }, 'handed-out', 'outdated-card'],
    ['there is no archive', {}, 'none', 'no-links'],
    ['it is pressed again', {}, 'replacing', 'already-confirmed'],
    ['the archive is being removed', {}, 'removing', 'already-confirmed'],
  ] as const)('are left alone when %s', (_case, who, links, refusal) => {
    const now: Lifecycle = { ...running, state: 'succeeded', links };
    const pressed = { type: 'links-revoked', by: alex, version: 5, method: 'replace', ...who } as const;
    expect(decide(now, pressed)).toEqual({ accepted: false, refusal });
  });

  it('can still be ended by removing the archive when replacing them does not get on', () => {
    for (const links of ['replacing', 'deleting'] as const) {
      const now: Lifecycle = { ...running, state: 'succeeded', links };
      const pressed = { type: 'links-revoked', by: alex, version: 5, method: 'remove' } as const;
      expect(decide(now, pressed)).toMatchObject({ accepted: true, next: { links: 'removing', state: 'succeeded' } });
    }
  });
});

describe('a press', () => {
  const preview = (action: Action): Lifecycle => ({
    state: 'awaiting-confirmation',
    version: 3,
    action,
    requester: alex,
    subject: null,
    reviews: [],
    rejectionsNeeded: 1,
    rejectionNeedsComment: false,
    typedNameNeeded: false,
    reasonNeeded: false,
    waitMinutes: 0,
    approvals: [],
    rejections: [],
    stopRequested: false,
    phase: null,
    links: 'none',
  });

  it.each([
    ['somebody else confirms', { by: megan, version: 3 }, 'not-the-requester'],
    ['the same object id of another tenant confirms', { by: stranger, version: 3 }, 'not-the-requester'],
    ['the card is outdated', { by: alex, version: 2 }, 'outdated-card'],
    ['the version is forged', { by: alex, version: 99 }, 'outdated-card'],
  ])('is refused when %s', (_case, who, refusal) => {
    expect(
      decide(preview('delete'), { type: 'confirmed', action: 'delete', nameTyped: true, hasReason: true, ...who }),
    ).toEqual({
      accepted: false,
      refusal,
    });
  });

  it('may add an export to a deletion, since that loses nothing', () => {
    const decision = decide(preview('delete'), {
      type: 'confirmed',
      by: alex,
      version: 3,
      action: 'export-then-delete',
      nameTyped: false,
      hasReason: false,
    });
    expect(decision).toMatchObject({ accepted: true, next: { state: 'scheduled', action: 'export-then-delete' } });
  });

  it.each([
    ['delete', 'delete-workspace'],
    ['delete', 'export-then-delete-workspace'],
    ['export', 'delete-workspace'],
    ['delete-workspace', 'delete'],
    ['delete-workspace', 'export'],
  ] as const)('on a preview of %s is refused when it says %s', (shown, pressed) => {
    const decision = decide(preview(shown), {
      type: 'confirmed',
      by: alex,
      version: 3,
      action: pressed,
      nameTyped: true,
      hasReason: true,
    });
    expect(decision).toEqual({ accepted: false, refusal: 'widens-the-preview' });
  });

  it('confirms what is confirmed by typing a name only with that name', () => {
    const now = { ...preview('delete-workspace'), typedNameNeeded: true };
    for (const action of ['delete-workspace', 'export-then-delete-workspace'] as const) {
      const pressed = { type: 'confirmed', by: alex, version: 3, action, hasReason: false } as const;
      expect(decide(now, { ...pressed, nameTyped: false })).toEqual({ accepted: false, refusal: 'name-not-typed' });
      expect(decide(now, { ...pressed, nameTyped: true })).toMatchObject({ accepted: true });
    }
  });

  it('confirms what needs a reason only with one, and asks for none where none is needed', () => {
    for (const action of ['delete', 'export-then-delete'] as const) {
      const pressed = { type: 'confirmed', by: alex, version: 3, action, nameTyped: false } as const;
      const now = { ...preview('delete'), reasonNeeded: true };
      expect(decide(now, { ...pressed, hasReason: false })).toEqual({ accepted: false, refusal: 'reason-needed' });
      expect(decide(now, { ...pressed, hasReason: true })).toMatchObject({ accepted: true });
      expect(decide(preview('delete'), { ...pressed, hasReason: false })).toMatchObject({ accepted: true });
    }
  });

  it('on a request that is under way already says so', () => {
    const running: Lifecycle = { ...preview('delete'), state: 'running' };
    const pressed = { type: 'confirmed', by: alex, version: 3, action: 'delete' } as const;
    const decision = decide(running, { ...pressed, nameTyped: true, hasReason: true });
    expect(decision).toEqual({ accepted: false, refusal: 'already-confirmed' });
  });
});
