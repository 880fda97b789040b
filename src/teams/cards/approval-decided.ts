import { z } from 'zod';
import template from '../../../cards/approval-decided.json' with { type: 'json' };
import { finalStates, type RequestRecord } from '../../domain/request.ts';
import type { CardContext } from '../card-context.ts';
import { actionNoun, actionWords } from './action-words.ts';
import { commentWords, shownVote, shownVotes } from './approvals-view.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { actionPlace } from './place.ts';
import { action, moment, name, requestFields } from './shapes.ts';
import { momentWords } from './words.ts';

const looks = {
  approved: { icon: '✔', colour: 'Good', words: 'Approved' },
  rejected: { icon: '✖', colour: 'Attention', words: 'Rejected' },
  withdrawn: { icon: '–', colour: 'Default', words: 'Withdrawn' },
  changed: { icon: '…', colour: 'Default', words: 'Changed before it started' },
  expired: { icon: '–', colour: 'Default', words: 'Expired without an answer' },
  /** What nobody had to approve, and somebody might have stopped. */
  started: { icon: '✔', colour: 'Good', words: 'Started after its wait' },
  stopped: { icon: '–', colour: 'Default', words: 'Stopped before it started' },
  failed: { icon: '✖', colour: 'Attention', words: 'Not carried out' },
} as const;

const outcomeWords = {
  'under-way': 'It starts now.',
  done: 'It has been carried out.',
  'partly-done': 'It has ended, but part of it could not be done.',
  stopped: 'The requester stopped it.',
  failed: 'It could not be carried out completely.',
} as const;

/** The outcome of an approval, or of a wait that nobody had to approve, which replaces the card with the buttons. */
export const approvalDecided = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    requesterName: name,
    workspaceName: name,
    action,
    decision: z.enum(['approved', 'rejected', 'withdrawn', 'changed', 'expired', 'started', 'stopped', 'failed']),
    /** Whether somebody had to approve it. */
    neededApproval: z.boolean().default(true),
    /** The approver; null without a decision. */
    deciderName: name.nullable(),
    votes: z.array(shownVote).readonly().default([]),
    decidedAt: moment,
    /** Who stopped it while it cooled off, if it was not the requester. */
    stoppedBy: name.nullable().default(null),
    /** What became of it after an approval or its wait. */
    outcome: z.enum(['under-way', 'done', 'partly-done', 'stopped', 'failed']).default('under-way'),
  }),
  (data) => {
    const { request, version, refreshFor, action, decision } = data;
    const { icon, colour, words } = looks[decision];
    const by = data.deciderName === null ? '' : ` by ${plainName(data.deciderName)}`;
    const title = runs(`${words}${by}: ${actionWords(action).noun}`, ...actionPlace(action, data.workspaceName));
    const requester = plainName(data.requesterName);
    const proceeds = decision === 'approved' || decision === 'started';
    const hasEnded = decision === 'stopped' || (proceeds && data.outcome !== 'under-way');
    const stopped = data.stoppedBy === null ? null : `${plainName(data.stoppedBy)} stopped it before it started.`;
    const outcome = stopped ?? outcomeWords[decision === 'stopped' ? 'stopped' : data.outcome];
    const told = hasEnded ? '' : ` ${requester}, who asked for it, will be notified.`;
    const sentence =
      decision === 'changed'
        ? `Nothing happens until ${requester} confirms the new preview. Then you are ${data.neededApproval ? 'asked' : 'told'} again.`
        : `${proceeds || decision === 'stopped' ? outcome : 'Nothing happens.'}${told}`;
    const why = decision === 'rejected' ? commentWords(data.votes) : '';
    return {
      summary: `${title.join('')}. ${sentence}`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${data.neededApproval ? 'Approval' : actionNoun(action)}`,
      icon,
      colour,
      title,
      sentence: prose(`${why}${sentence}`, 1_200),
      when: momentWords(data.decidedAt),
    };
  },
);

/** The data of the outcome of an approval. */
export function approvalDecidedData({
  basis,
  report: { request, votes },
}: CardContext): DataOf<typeof approvalDecided> {
  const decision = decisionOf(request);
  return {
    ...basis,
    requesterName: request.requester.name,
    workspaceName: request.workspace?.name ?? '',
    action: request.action,
    decision,
    neededApproval: request.approvalsNeeded > 0,
    deciderName: decision === 'approved' || decision === 'rejected' ? request.decidedBy : null,
    votes: shownVotes(votes, 'approvers'),
    decidedAt: request.updatedAt,
    outcome: outcomeOf(request),
    stoppedBy: request.refusal?.reason === 'stopped-by-other' ? (request.refusal.name ?? null) : null,
  };
}

function outcomeOf({ state }: RequestRecord): keyof typeof outcomeWords {
  if (state === 'succeeded') return 'done';
  if (state === 'partly-failed') return 'partly-done';
  if (state === 'cancelled') return 'stopped';
  return state === 'failed' ? 'failed' : 'under-way';
}

function decisionOf({ state, decidedBy, changes, approvalsNeeded, startedAt }: RequestRecord): keyof typeof looks {
  if (state === 'expired' || state === 'rejected') return state;
  if (approvalsNeeded === 0 && decidedBy === null) {
    if (state === 'scheduled' || startedAt !== null) return 'started';
    if (state === 'cancelled') return 'stopped';
    return finalStates.has(state) ? 'failed' : 'changed';
  }
  if (decidedBy !== null) return 'approved';
  return changes !== null && !finalStates.has(state) ? 'changed' : 'withdrawn';
}
