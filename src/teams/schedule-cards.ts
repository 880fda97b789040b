import { nextDues } from '../domain/recurrence-rule.ts';
import type { Ask } from '../domain/request.ts';
import type { Schedule } from '../domain/schedule.ts';
import type { RequestReport } from '../requests/report.ts';
import type { ListedSchedule } from '../requests/schedules.ts';
import type { CardBasis } from './card-context.ts';
import { dueWords, repeatedExportWords } from './cards/recurrence-words.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { endWords } from './cards/schedule-preview.ts';
import { listWords, plural } from './cards/words.ts';
import { selectionWords } from './limit-words.ts';
import type { TeamsServices } from './teams-services.ts';

/** How many of the next runs the card shows. */
const datesShown = 3;

const hour = 3_600_000;

/**
 * The card of a schedule in any state; its buttons confirm, decline or stop it. `underWay` is a run that goes on although
 * the schedule is stopped.
 */
export function scheduleCard(
  services: TeamsServices,
  schedule: Schedule,
  underWay: string | null = null,
): RenderedCard {
  const { settings, clock } = services;
  return renderCard('schedule-preview', {
    schedule: schedule.number,
    version: schedule.version,
    state: schedule.state,
    end: schedule.end,
    workspaceName: schedule.workspaceName,
    what: repeatedWords(schedule.ask),
    rule: schedule.rule,
    anchor: schedule.anchor,
    timeZone: schedule.timeZone,
    until: schedule.until,
    dates: datesOf(schedule, clock.now()),
    archiveHours: settings.archiveRetentionMs / hour,
    linkHours: settings.linkLifetimeMs / hour,
    expiresAt: new Date(schedule.expiresAt),
    ...(underWay === null ? {} : { underWay }),
  });
}

function datesOf(schedule: Schedule, now: number): Date[] {
  if (schedule.state === 'ended') return [];
  const { nextDueAt } = schedule;
  // A run that is due and has not begun yet is the next one.
  const from = nextDueAt === null ? now : Math.min(now, nextDueAt - 1);
  return nextDues(schedule, from, datesShown).map((moment) => new Date(moment));
}

/** The list of a person's schedules, after a sentence. */
export function scheduleListCard(listed: readonly ListedSchedule[], note: string | null = null): RenderedCard {
  return renderCard('schedule-list', {
    note,
    schedules: listed.map(({ schedule, run }) => ({
      schedule: schedule.number,
      version: schedule.version,
      workspaceName: schedule.workspaceName,
      what: repeatedWords(schedule.ask),
      rule: schedule.rule,
      anchor: schedule.anchor,
      timeZone: schedule.timeZone,
      next: new Date(schedule.nextDueAt ?? schedule.expiresAt),
      run,
    })),
  });
}

/** The most names that are listed. */
const mostNames = 5;

/** What each run of a schedule exports: "everything", "the personal data", "datasets with “2019” in the name". */
function repeatedWords({ target, data, mentions, selection }: Ask): string {
  if (target !== 'assets') {
    return data === 'all' ? 'everything' : data === 'personal' ? 'the personal data' : 'the customer data';
  }
  if (selection === undefined) {
    const named = mentions.slice(0, mostNames).map(({ name }) => `“${name}”`);
    const more = mentions.length - named.length;
    return listWords(more > 0 ? [...named, plural(more, 'other')] : named);
  }
  const { except, ...limits } = selection;
  const less = except.length === 0 ? '' : `, except ${listWords(except.map(({ name }) => `“${name}”`))}`;
  return `${selectionWords(limits)}${less}`;
}

/** What the card of a run says of its schedule; null for every other request. */
export function scheduledBasis({ request, schedule }: RequestReport): NonNullable<CardBasis['schedule']> | null {
  const run = request.ask.schedule;
  if (run === undefined) return null;
  const isLeftOut = request.refusal?.reason === 'earlier-run-unfinished';
  const due = dueWords(new Date(run.dueAt), run.timeZone);
  const missed = run.missed ?? 0;
  const sentences = [
    ...(run.late === true && !isLeftOut ? [`It was due on ${due}. I was not running then, so it comes late.`] : []),
    ...(missed > 0 && !isLeftOut
      ? [`${missed === 1 ? 'One more date' : `${missed} more dates`} passed meanwhile; this one run stands for all.`]
      : []),
    ...(isLeftOut ? [`It was due on ${due}.`] : []),
    ...(schedule === null ? [] : [ongoingWords(schedule)]),
  ];
  return { name: repeatedExportWords(run.rule), note: sentences.join(' '), isLeftOut };
}

function ongoingWords({ state, end, nextDueAt, timeZone }: Schedule): string {
  if (state === 'active' && nextDueAt !== null) {
    return `The next run is on ${dueWords(nextDueAt, timeZone)} (${timeZone}). Write “which exports are scheduled?” to see or stop it.`;
  }
  if (end === 'until-reached') return 'That was the last run: its schedule has ended as planned.';
  return end === null ? '' : `About the schedule: ${endWords(end)}`;
}
