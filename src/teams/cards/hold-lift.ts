import { z } from 'zod';
import template from '../../../cards/hold-lift.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { coveredWords, heldTarget, heldWords } from './held-target.ts';
import { plainName, prose, runs } from './literal.ts';
import { count, moment, name } from './shapes.ts';
import { momentWords } from './words.ts';

const shape = z.strictObject({
  hold: count,
  /** The number of the preview; 0 while the reason is missing. */
  lift: count,
  state: z.enum(['incomplete', 'waiting', 'lifted', 'kept', 'expired']),
  target: heldTarget,
  reference: z.string(),
  placedBy: name,
  /** Why it is lifted. */
  reason: z.string(),
  /** When it was to be lifted, as said, where that is not now. */
  when: z.string().nullable().default(null),
  expiresAt: moment.nullable().default(null),
  problem: z.string().nullable().default(null),
});

type Data = z.output<typeof shape>;

const states = {
  incomplete: 'stands',
  waiting: 'stands, until you confirm',
  lifted: 'lifted',
  kept: 'stands',
  expired: 'stands',
} as const;

const removedWords = [
  'Archives and records that were due for removal meanwhile are removed within a day.',
  'Deletions that were refused do not start again by themselves. The administrators of Studio Steward are told.',
  'This cannot be undone; you can place a new hold.',
].join(' ');

/** Lifting a hold: what can be deleted again. Nothing changes before it is confirmed on this card. */
export const holdLift = defineCard(template, shape, (data) => {
  const { state, target, reference } = data;
  const isOpen = state === 'incomplete' || state === 'waiting';
  const title = runs(isOpen ? 'Lift the legal hold on ' : 'Legal hold on ', heldWords(target), isOpen ? '?' : '');
  const note = noteOf(data);
  return {
    summary: [title.join(''), isOpen ? 'It still stands.' : note].join(' '),
    hold: data.hold,
    lift: data.lift,
    eyebrow: `Legal hold ${data.hold} · ${states[state]}`,
    title,
    facts: [
      { label: 'Matter: ', words: prose(reference) },
      { label: 'Placed by: ', words: prose(plainName(data.placedBy)) },
      { label: 'Why it is lifted: ', words: state === 'incomplete' ? [] : prose(data.reason) },
    ].filter(({ words }) => words.length > 0),
    isOpen,
    what: prose(`Can be deleted again at once: ${coveredWords(target)}. What another hold covers stays.`, 900),
    removed: removedWords,
    hasWhen: isOpen && data.when !== null,
    when: prose(`I lift a hold at once and not later, so this does not wait for “${plainName(data.when ?? '', 80)}”.`),
    isIncomplete: state === 'incomplete',
    reason: data.reason,
    hasProblem: data.problem !== null,
    problem: prose(data.problem ?? ''),
    hasNote: note !== '',
    note,
    isWaiting: state === 'waiting',
    expiry: data.expiresAt === null ? '' : `You can confirm this until ${momentWords(data.expiresAt)}.`,
  };
});

function noteOf({ state }: Data): string {
  switch (state) {
    case 'incomplete':
    case 'waiting':
      return '';
    case 'lifted':
      return 'The hold was lifted.';
    case 'kept':
      return 'The hold stands as before.';
    case 'expired':
      return 'It was not confirmed in time, so the hold stands as before. Please ask again.';
  }
}
