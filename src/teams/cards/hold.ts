import { z } from 'zod';
import template from '../../../cards/hold.json' with { type: 'json' };
import { mainSource } from '../../sources/registry.ts';
import { defineCard } from './definition.ts';
import { coveredWords, heldTarget, heldWords } from './held-target.ts';
import { plainName, prose, runs } from './literal.ts';
import { count, moment, name } from './shapes.ts';
import { capitalised, dayWords, momentWords } from './words.ts';

const shape = z.strictObject({
  /** 0 while it is not recorded. */
  hold: count,
  /** What the button that completes it sends; empty once it is recorded. */
  draft: z.string().default(''),
  state: z.enum(['incomplete', 'proposed', 'placed', 'declined', 'expired', 'lifted', 'ended']),
  target: heldTarget,
  reference: z.string(),
  reason: z.string(),
  /** Null begins with the confirmation. */
  from: moment.nullable(),
  until: moment.nullable(),
  /** Words that were said about its end and name no day. */
  unreadEnd: z.string().nullable().default(null),
  placedBy: name.default(''),
  reviewAt: moment.nullable().default(null),
  expiresAt: moment.nullable().default(null),
  limits: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('guest-expiry'), workspaceName: name, expiresAt: moment.nullable() }),
        z.strictObject({ kind: z.literal('service-purge') }),
        z.strictObject({ kind: z.literal('rights-elsewhere') }),
      ]),
    )
    .readonly()
    .default([]),
  /** Why the last press did nothing. */
  problem: z.string().nullable().default(null),
});

type Data = z.output<typeof shape>;

const states = {
  incomplete: 'not placed yet',
  proposed: 'waiting for your confirmation',
  placed: 'placed',
  declined: 'not placed',
  expired: 'not placed',
  lifted: 'lifted',
  ended: 'ended',
} as const;

/** The most limits that are listed. */
const mostLimits = 8;

const toldWords = [
  'Who hears of it: the administrators of Studio Steward, and you. Whoever wants to delete something of this reads only',
  'that a hold stands and whom to ask, not why or for whom. Exports stay possible.',
].join(' ');

/** A legal hold in any state: what it keeps from being deleted, from when, until when, and what no hold can stop. */
export const hold = defineCard(template, shape, (data) => {
  const { state, target, reference, reason, limits } = data;
  const isOpen = state === 'incomplete' || state === 'proposed';
  const number = data.hold === 0 ? '' : ` ${data.hold}`;
  const title = isOpen
    ? runs('Place a legal hold on ', heldWords(target), '?')
    : runs('Legal hold on ', heldWords(target));
  const note = noteOf(data);
  return {
    summary: [title.join(''), isOpen ? 'It is not placed yet.' : note].filter((part) => part !== '').join(' '),
    hold: data.hold,
    draft: data.draft,
    eyebrow: `Legal hold${number} · ${states[state]}`,
    title,
    isShown: isOpen || state === 'placed',
    what: prose(
      `${isOpen ? 'While it stands, I delete nothing of this' : 'I delete nothing of this'}: ${coveredWords(target)}.`,
      900,
    ),
    isByName: isOpen && target.kind === 'person' && target.objectId === null,
    byName: 'I know no account of this person, so the hold goes by what stands here alone.',
    when: whenWords(data),
    hasUnread: data.unreadEnd !== null && isOpen,
    unread: prose(
      `“${plainName(data.unreadEnd ?? '', 80)}” names no day that I can read, so this hold has no end until somebody lifts it.`,
    ),
    facts: [
      { label: 'Matter: ', words: prose(reference) },
      { label: 'Reason: ', words: prose(reason) },
      { label: 'Placed by: ', words: prose(data.placedBy) },
    ].filter(({ words }) => words.length > 0),
    hasLimits: isOpen && limits.length > 0,
    limitsTitle: 'What no hold can stop',
    limits: limitWords(limits).map((words) => ({ words: prose(words) })),
    hasTold: isOpen,
    told: toldWords,
    isIncomplete: state === 'incomplete',
    reference: plainName(reference, 120) === '(no name)' ? '' : reference,
    reason,
    hasProblem: data.problem !== null,
    problem: prose(data.problem ?? ''),
    hasNote: note !== '',
    note: prose(note),
    isProposed: state === 'proposed',
    expiry:
      data.expiresAt === null
        ? ''
        : `You can confirm this until ${momentWords(data.expiresAt)}. Nothing is held before that.`,
    isPlaced: state === 'placed',
    review: data.reviewAt === null ? '' : `The administrators are reminded to review it on ${dayWords(data.reviewAt)}.`,
  };
});

/** When it begins and ends; a day at whose end it ends is named, not the midnight behind it. */
export function whenWords({ from, until }: Pick<Data, 'from' | 'until'>): string {
  const begins = from === null ? 'From the moment you place it' : `From ${momentWords(from)}`;
  return `${begins}${until === null ? ', until somebody lifts it.' : ` until ${endWords(until)}.`}`;
}

function endWords(until: Date): string {
  if (until.getTime() % 86_400_000 !== 0) return momentWords(until);
  return `the end of ${dayWords(new Date(until.getTime() - 1))} (UTC)`;
}

function limitWords(limits: Data['limits']): readonly string[] {
  const listed = limits.slice(0, mostLimits).map(oneLimit);
  const more = limits.length - listed.length;
  return more > 0 ? [...listed, `• and ${more} more`] : listed;
}

function oneLimit(limit: Data['limits'][number]): string {
  switch (limit.kind) {
    case 'guest-expiry': {
      const at = limit.expiresAt === null ? 'when it expires' : `on ${dayWords(limit.expiresAt)}, when it expires`;
      return `• ${mainSource.name} purges the guest workspace “${plainName(limit.workspaceName, 60)}” ${at}. Export it before that.`;
    }
    case 'service-purge':
      return `• What ${mainSource.name} itself removes, and the end of the service.`;
    case 'rights-elsewhere':
      return '• Deletions by people who use their own rights in the service, in Azure or in storage, without me.';
  }
}

function noteOf({ state, target }: Data): string {
  switch (state) {
    case 'incomplete':
    case 'proposed':
      return '';
    case 'placed':
      return 'The hold stands. Deletions that are under way stop before their next asset.';
    case 'declined':
      return 'Nothing is held.';
    case 'expired':
      return 'It was not confirmed in time, so nothing is held. Please ask again.';
    case 'lifted':
      return `It was lifted. ${capitalised(coveredWords(target))}: all of it can be deleted again, unless another hold covers it.`;
    case 'ended':
      return 'It has ended.';
  }
}
