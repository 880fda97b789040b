import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finalStates, requestStates } from '../../src/domain/request.ts';
import { noChanges } from '../../src/domain/snapshot-changes.ts';
import type { CardContext } from '../../src/teams/card-context.ts';
import { approvalDecidedData } from '../../src/teams/cards/approval-decided.ts';
import { renderCard } from '../../src/teams/cards/render.ts';
import { allText } from './walk.ts';

/** What reviewers read of a request that nobody had to approve. */
function read(request: object): string {
  const report = {
    votes: [],
    request: {
      number: 7,
      action: 'delete',
      requester: { name: 'Adele Vance' },
      workspace: { name: 'Fraud Detection' },
      approvalsNeeded: 0,
      decidedBy: null,
      refusal: null,
      updatedAt: new Date(0),
      ...request,
    },
  };
  const basis = { request: 'DSR-7', version: 4, refreshFor: [] };
  const context = { report, basis, audience: 'approvers' } as unknown as CardContext;
  return allText(renderCard('approval-decided', approvalDecidedData(context)).card).join('\n');
}

it('is what became of it: that nothing happens only while that is so, that it started only once it has', () => {
  const state = fc.constantFrom(
    ...requestStates.filter((each) => each !== 'cooling-off' && each !== 'awaiting-approval'),
  );
  const begun = fc.record({
    state,
    startedAt: fc.constantFrom(null, new Date(0)),
    changes: fc.constantFrom(null, noChanges),
  });
  const seen = new Set<string>();
  fc.assert(
    fc.property(begun, (request) => {
      const text = read(request);
      const hasBegun = request.startedAt !== null || request.state === 'scheduled';
      const isRejected = request.state === 'rejected' || request.state === 'expired';
      if (text.includes('Nothing happens until Adele Vance confirms')) {
        expect(finalStates.has(request.state)).toBe(false);
        expect(hasBegun).toBe(false);
      }
      if (text.includes('Started after its wait')) expect(hasBegun).toBe(true);
      if (text.includes('Stopped before it started'))
        expect(request).toMatchObject({ state: 'cancelled', startedAt: null });
      if (hasBegun && !isRejected) expect(text).toContain('Started after its wait');
      if (request.state === 'succeeded' && hasBegun) expect(text).toContain('It has been carried out.');
      expect(text).not.toMatch(/pprov|Withdrawn/u);
      seen.add(text.split('\n').find((line) => line.includes(': deletion')) ?? '');
    }),
    { numRuns: 1_000 },
  );
  expect(seen.size).toBeGreaterThan(4);
});
