import { begin, decide, type Lifecycle } from '../../src/domain/lifecycle.ts';
import { finalStates, type RequestState, requestStates } from '../../src/domain/request.ts';
import type { RequestEvent } from '../../src/domain/request-events.ts';
import { termsWith } from '../harness/policies.ts';

const tenantId = 'tenant';
const requester = { tenantId, objectId: 'alex', userPrincipalName: 'alexw@example.com', mail: null };
const reviewer = { tenantId, objectId: 'megan', userPrincipalName: 'meganb@example.com', mail: null };

/** Every event as it is when nobody is out of order, with the words that stand at its arrow. */
const events: readonly (readonly [words: string, event: (version: number) => RequestEvent])[] = [
  ['a question is needed', (version) => ({ type: 'choice-needed', version })],
  ['answered', (version) => ({ type: 'chosen', by: requester, version })],
  ['preview is ready', (version) => ({ type: 'previewed', version, terms: termsWith(1) })],
  ['not possible', (version) => ({ type: 'refused', version })],
  [
    'confirmed',
    (version) => ({ type: 'confirmed', by: requester, version, action: 'delete', nameTyped: true, hasReason: true }),
  ],
  ['approved', (version) => ({ type: 'approved', by: reviewer, version, reviewsAs: ['approvers'] })],
  [
    'rejected',
    (version) => ({ type: 'disapproved', by: reviewer, version, reviewsAs: ['approvers'], hasComment: true }),
  ],
  ['the wait is over', (version) => ({ type: 'waited', version })],
  ['a worker takes it', () => ({ type: 'started' })],
  ['differs from the preview', () => ({ type: 'changed', untouched: true })],
  ['done', () => ({ type: 'finished', outcome: 'succeeded' })],
  ['done in part', () => ({ type: 'finished', outcome: 'partly-failed' })],
  ['failed', () => ({ type: 'finished', outcome: 'failed' })],
  ['gave up', () => ({ type: 'gave-up' })],
  ['withdrawn', (version) => ({ type: 'cancelled', by: requester, version })],
  ['stopped', () => ({ type: 'stopped' })],
  ['nobody answered', (version) => ({ type: 'expired', version })],
];

/** The life of a request as the lines of a Mermaid state diagram, found by asking `decide` for every state and event. */
export function lifecyclePicture(): string[] {
  const edges = new Map<string, string[]>();
  for (const state of requestStates) {
    for (const [needed, waitMinutes] of [
      [0, 0],
      [1, 0],
      [0, 60],
      [1, 60],
    ] as const) {
      for (const stopRequested of [false, true]) {
        const now: Lifecycle = {
          ...begin('delete', requester).next,
          state,
          reviews: needed === 0 ? [] : [{ approvals: needed, by: ['approvers'] }],
          waitMinutes,
          stopRequested: stopRequested && state === 'running',
        };
        for (const [words, event] of events) {
          const decision = decide(now, event(now.version));
          if (!decision.accepted || decision.next.state === state) continue;
          const edge = `  ${id(state)} --> ${id(decision.next.state)}`;
          const needs = needed === 1 && words === 'confirmed' ? 'confirmed, needs approvals' : words;
          const said = decision.next.state === 'cooling-off' ? `${words}, has to wait` : needs;
          if (!edges.get(edge)?.includes(said)) edges.set(edge, [...(edges.get(edge) ?? []), said]);
        }
      }
    }
  }
  const arrows = [...edges].map(([edge, words]) => `${edge} : ${words.join(', ')}`);
  const ends = [...finalStates].map((state) => `  ${id(state)} --> [*]`);
  return ['stateDiagram-v2', '  [*] --> preparing : asked', ...arrows, ...ends];
}

function id(state: RequestState): string {
  return state.replaceAll('-', '_');
}
