import { notFound } from '../server/error-replies.ts';
import type { ActivityRecord } from './studio-records.ts';
import { newId, present, type Studio } from './studio-state.ts';

type Outcome = ActivityRecord['outcome'];

/** Starts an asynchronous operation, which is reported as done after some polls. */
export function beginActivity(studio: Studio, workspaceId: string, outcome: Outcome): ActivityRecord {
  const activity = { id: newId(), deletedAt: null, pollsLeft: studio.behaviour.pendingPolls, outcome };
  studio.store.table(workspaceId, 'activity').put(activity);
  return activity;
}

/**
 * One poll: the outcome, and whether the operation is done. Throws a 404 for an unknown operation or one of another
 * kind.
 */
export function pollActivity<Kind extends Outcome['kind']>(
  studio: Studio,
  workspaceId: string,
  id: string,
  kind: Kind,
): { readonly done: boolean; readonly outcome: Extract<Outcome, { kind: Kind }> } {
  const activity = present(studio, workspaceId, 'activity', id);
  const outcome = activity?.outcome;
  if (!activity || !outcome || !isOfKind(outcome, kind)) throw notFound('activity');
  const done = activity.pollsLeft === 0;
  if (!done) {
    studio.store.table(workspaceId, 'activity').put({ ...activity, pollsLeft: activity.pollsLeft - 1 });
  }
  return { done, outcome };
}

function isOfKind<Kind extends Outcome['kind']>(
  outcome: Outcome,
  kind: Kind,
): outcome is Extract<Outcome, { kind: Kind }> {
  return outcome.kind === kind;
}
