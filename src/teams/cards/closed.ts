import { z } from 'zod';
import template from '../../../cards/closed.json' with { type: 'json' };
import { concernsPerson } from '../../domain/actions.ts';
import type { RefusalReason } from '../../domain/refusals.ts';
import type { RequestRecord } from '../../domain/request.ts';
import type { CardContext } from '../card-context.ts';
import { refusalWords } from '../refusal-words.ts';
import { againWords, insteadWords } from '../request-wording.ts';
import { actionNoun } from './action-words.ts';
import { commentWords, shownVote, shownVotes } from './approvals-view.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { exampleButtons } from './options.ts';
import { actionPlace } from './place.ts';
import { scheduledView } from './scheduled-run.ts';
import { action, moment, name, requestFields } from './shapes.ts';
import { plainMomentWords } from './words.ts';

const looks = {
  cancelled: { icon: '–', colour: 'Default', words: 'cancelled' },
  expired: { icon: '–', colour: 'Default', words: 'expired' },
  rejected: { icon: '✖', colour: 'Attention', words: 'rejected' },
  refused: { icon: '!', colour: 'Default', words: 'not possible' },
  failed: { icon: '✖', colour: 'Attention', words: 'failed' },
  /** A run of a schedule that would have overlapped an earlier one. */
  'left-out': { icon: '–', colour: 'Default', words: 'left out' },
} as const;

/** How it ended. */
export type Outcome = Exclude<keyof typeof looks, 'left-out'>;

const shape = z.strictObject({
  ...requestFields,
  action,
  workspaceName: name,
  outcome: z.enum(['cancelled', 'expired', 'rejected', 'refused', 'failed']),
  /** Who cancelled or rejected it. */
  byName: name.nullable(),
  /** The votes that rejected it. */
  votes: z.array(shownVote).readonly().default([]),
  /** Why, in a sentence. */
  note: z.string().nullable(),
  /** Until when the finished parts of an incomplete archive stay in storage; null when there are none. */
  partsKeptUntil: moment.nullable().default(null),
  /** The sentence that repeats the request, or asks for an alternative; null when there is none. */
  again: z.string().nullable(),
});

/** A request that ended without doing anything. */
export const closed = defineCard(template, shape, (data) => {
  const { request, version, refreshFor, outcome, action } = data;
  const { icon, colour, words } = looks[data.schedule?.isLeftOut === true ? 'left-out' : outcome];
  const noun = data.schedule?.name ?? actionNoun(action);
  const title = runs(noun, ...actionPlace(action, data.workspaceName), ` ${words}`);
  const unchanged = concernsPerson(action) ? '' : ' Nothing in the workspace was changed.';
  const kept =
    data.partsKeptUntil === null
      ? ''
      : ` The finished parts of its archive stay in storage until ${plainMomentWords(data.partsKeptUntil)}, ` +
        'then they are removed. To get an archive, ask for the export again; it starts from the beginning.';
  const sentence = `${reasonWords(data)}${unchanged}${kept}`;
  return {
    summary: `${title.join('')}. ${sentence}`,
    request,
    version,
    refreshFor,
    eyebrow: request,
    icon,
    colour,
    title,
    sentence: prose(sentence, 1_200),
    again: exampleButtons(data.again === null ? [] : [data.again]),
    ...scheduledView(data.schedule),
    canRepeat: data.again !== null,
    againTitle: outcome === 'refused' ? 'You can do this instead:' : 'To start again:',
  };
});

function reasonWords({ outcome, byName, note, votes }: z.output<typeof shape>): string {
  const by = byName === null ? '' : plainName(byName);
  switch (outcome) {
    case 'cancelled':
      return `${by === '' ? 'It was cancelled.' : `${by} cancelled it.`}${note === null ? '' : ` ${note}`}`;
    case 'expired':
      return 'Nobody answered in time.';
    case 'rejected':
      return `${by || 'An approver'} rejected it. ${commentWords(votes)}${note ?? ''}`.trim();
    case 'refused':
    case 'failed':
      return note ?? 'It could not be done.';
  }
}

/** Reasons of a cancellation that say by themselves who or what ended it. */
const saysWho = new Set<RefusalReason | undefined>(['replaced', 'stopped-by-other', 'requester-left']);

/** The data of a request that ended without doing anything. */
export function closedData(
  { services, basis, report: { request, votes }, audience }: CardContext,
  outcome: Outcome,
): DataOf<typeof closed> {
  const { requester, refusal, decidedBy } = request;
  return {
    ...basis,
    action: request.action,
    workspaceName: request.workspace?.name ?? '',
    outcome,
    byName:
      outcome === 'cancelled' && !saysWho.has(refusal?.reason)
        ? requester.name
        : outcome === 'rejected'
          ? decidedBy
          : null,
    votes: outcome === 'rejected' ? shownVotes(votes, audience) : [],
    note: refusal === null ? null : refusalWords(services, refusal, requester, audience === 'requester'),
    again: outcome === 'rejected' ? null : outcome === 'refused' ? insteadWords(request) : againWords(request),
    partsKeptUntil: outcome === 'failed' ? unfinishedKeptUntil(request) : null,
  };
}

/** Until when the finished parts of an incomplete archive stay in storage; null when there are none. */
function unfinishedKeptUntil({ action, removeAfter, archiveRemovedAt, linkExpiresAt }: RequestRecord): Date | null {
  if (concernsPerson(action) || archiveRemovedAt !== null || linkExpiresAt !== null) return null;
  return removeAfter;
}
