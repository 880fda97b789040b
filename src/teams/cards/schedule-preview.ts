import { z } from 'zod';
import template from '../../../cards/schedule-preview.json' with { type: 'json' };
import { type ScheduleEnd, scheduleEnds } from '../../domain/schedule.ts';
import { defineCard } from './definition.ts';
import { plainName, prose, quoted, runs } from './literal.ts';
import { dayInWords, dueWords, everyWords } from './recurrence-words.ts';
import { count, moment, name } from './shapes.ts';
import { capitalised, durationWords, momentWords } from './words.ts';

const shape = z.strictObject({
  schedule: count,
  version: z.int().positive(),
  state: z.enum(['awaiting-confirmation', 'active', 'ended']),
  end: z.enum(scheduleEnds).nullable(),
  workspaceName: name,
  /** What each run exports: "everything", "the personal data", names. */
  what: z.string(),
  rule: z.string(),
  anchor: z.iso.date(),
  timeZone: z.string(),
  /** The first day on which it no longer runs. */
  until: z.iso.date().nullable(),
  /** The next runs. */
  dates: z.array(moment).readonly(),
  archiveHours: z.number().positive(),
  linkHours: z.number().positive(),
  /** Until when it can be confirmed. */
  expiresAt: moment,
  /** A run that goes on although the schedule is stopped. */
  underWay: z.string().optional(),
});

type Data = z.output<typeof shape>;

const looks = {
  'awaiting-confirmation': 'Recurring export · waiting for your confirmation',
  active: 'Recurring export · scheduled',
  ended: 'Recurring export · not active',
} as const;

/** An export that repeats: what, how often, and for whom. Nothing is scheduled before it is confirmed on this card. */
export const schedulePreview = defineCard(template, shape, (data) => {
  const { state, timeZone, dates } = data;
  const isWaiting = state === 'awaiting-confirmation';
  const often = everyWords(data.rule, data.anchor);
  const title = runs('Export ', ...quoted(data.workspaceName, 60), ` ${often}${isWaiting ? '?' : ''}`);
  const kept = `Each archive is kept for ${durationWords(data.archiveHours * 3_600_000)}, its download link works for ${durationWords(data.linkHours * 3_600_000)}.`;
  return {
    summary: `${title.join('')}${isWaiting ? ' It is waiting for your confirmation.' : `. ${stateWords(data)}`}`,
    schedule: data.schedule,
    version: data.version,
    eyebrow: looks[state],
    title,
    what: prose(capitalised(plainName(data.what, 500))),
    hasDates: state !== 'ended',
    dates: dates.map((each) => ({ date: dueWords(each, timeZone) })),
    zone: `Each run begins at 06:00, time zone ${timeZone}; I cannot choose another time. ${data.until === null ? 'It repeats until you stop it.' : `It ends before ${dayInWords(data.until)}.`}`,
    kept,
    told: 'Only you, here in this chat. Nobody else gets the link.',
    rules:
      'I check before each run that you still may. It ends by itself when you no longer may, or leave. ' +
      'If a run has not finished when the next one is due, I leave that one out and say so. It only exports and never deletes.',
    note: prose(isWaiting ? `Nothing is scheduled until you press Schedule it.` : stateWords(data)),
    hasExpiry: isWaiting,
    expiry: `You can confirm this until ${momentWords(data.expiresAt)}.`,
    isWaiting,
    isActive: state === 'active',
  };
});

function stateWords({ state, end, dates, timeZone, underWay }: Data): string {
  const [next] = dates;
  if (state === 'active' && next !== undefined)
    return `It is scheduled. The next run is on ${dueWords(next, timeZone)}.`;
  if (end === null) return '';
  return underWay === undefined ? endWords(end) : `${endWords(end)} ${underWayWords(underWay)}`;
}

/** Says that a run goes on although its schedule is stopped, and how to end that, too. */
export function underWayWords(request: string): string {
  return `${request} is still under way; to stop it write “cancel ${request}”.`;
}

/** Why a schedule has ended, for its person. */
export function endWords(end: ScheduleEnd): string {
  const kept = 'Archives of earlier runs stay as long as their cards say.';
  switch (end) {
    case 'declined':
      return 'Nothing is scheduled.';
    case 'expired':
      return 'It was not confirmed in time, so nothing is scheduled. Please ask again.';
    case 'stopped':
      return `It is stopped: there will be no further runs. ${kept}`;
    case 'until-reached':
      return 'It has ended, since there is no further date before its end.';
    case 'right-lost':
      return `It has ended, since you are no longer allowed to export this. ${kept}`;
    case 'left':
      return `It has ended, since Teams no longer listed you here. ${kept}`;
    case 'nothing-left':
      return `It has ended, since what it exported is no longer there. ${kept}`;
  }
}
