import { describe, expect, it } from 'vitest';
import { knownMembership, recentMembership } from '../../src/requests/recent-memberships.ts';
import { knowsOwners, readOwners, triedReviewers } from '../../src/requests/reviewers.ts';
import { TestClock } from '../harness/clock.ts';
import { json, startScriptedServer, status } from '../sources/studio-classic/scripted-server.ts';
import { sourceAt, workspaceId, workspacePath } from '../sources/studio-classic/small-studio.ts';

const owner = { Status: 'Active', User: { UserId: '1', Email: 'meganb@example.com', Name: 'Megan', Role: 'Owner' } };
const there = json({ WorkspaceId: workspaceId, FriendlyName: 'Churn Lab', Type: 'Free' });
const request = {
  requester: { tenantId: 't', objectId: 'alex', userPrincipalName: 'alexw@example.com', mail: null },
  subject: null,
  approvalsNeeded: 1,
  terms: { approvals: 1, reviews: [{ approvals: 1, by: ['workspace-owners'] }] },
  workspace: { id: workspaceId, name: 'Churn Lab' },
} as never;

describe('the owners of a workspace', () => {
  it('are unknown when the workspace cannot be read, whatever its list of members says', async () => {
    await using server = await startScriptedServer({
      [`GET ${workspacePath}`]: status(403, ''),
      [`GET ${workspacePath}/users`]: json([owner]),
    });
    const clock = new TestClock();
    const services = { source: sourceAt(server.url), clock, settings: {} as never };
    await expect(readOwners(services, request, AbortSignal.timeout(10_000))).rejects.toThrow();
    expect([await triedReviewers(services, request), knowsOwners(services, request)]).toEqual(['owners', false]);
  });

  it('stay known while they are read again, and not longer than a minute', async () => {
    let isHeld = false;
    const gate = Promise.withResolvers<void>();
    await using server = await startScriptedServer({
      [`GET ${workspacePath}`]: there,
      [`GET ${workspacePath}/users`]: (response, asked, count) => {
        const answer = () => json([owner])(response, asked, count);
        if (isHeld) void gate.promise.then(answer);
        else answer();
      },
    });
    const clock = new TestClock();
    const services = { source: sourceAt(server.url), clock };
    const signal = AbortSignal.timeout(20_000);
    await recentMembership(services, workspaceId, signal);
    expect(knownMembership(services, workspaceId)).toHaveLength(1);
    clock.advance(30_000);
    isHeld = true;
    const again = recentMembership(services, workspaceId, signal, 20_000);
    expect(knownMembership(services, workspaceId)).toHaveLength(1);
    clock.advance(31_000);
    expect(knownMembership(services, workspaceId)).toBeNull();
    gate.resolve();
    await again;
    expect(knownMembership(services, workspaceId)).toHaveLength(1);
  });
});
