import { z } from 'zod';
import template from '../../../cards/schedule-list.json' with { type: 'json' };
import { requestStates } from '../../domain/request.ts';
import { defineCard } from './definition.ts';
import { plainName, quoted, runs } from './literal.ts';
import { dueWords, everyWords } from './recurrence-words.ts';
import { count, moment, name } from './shapes.ts';
import { stateStyles } from './states.ts';
import { plural } from './words.ts';

const empty = 'Nothing is scheduled.';

/** A person's recurring exports, each with a button that stops it. */
export const scheduleList = defineCard(
  template,
  z.strictObject({
    /** A sentence before the list: what was just done, or which one is asked for; null for none. */
    note: z.string().nullable(),
    schedules: z
      .array(
        z.strictObject({
          schedule: count,
          version: z.int().positive(),
          workspaceName: name,
          what: z.string(),
          rule: z.string(),
          anchor: z.iso.date(),
          timeZone: z.string(),
          next: moment,
          /** The newest run; null before the first. */
          run: z.strictObject({ request: z.string(), state: z.enum(requestStates) }).nullable(),
        }),
      )
      .readonly(),
  }),
  ({ note, schedules }, rows) => {
    const shown = schedules.slice(0, rows);
    const heading = shown.length === 0 ? 'Scheduled' : `Scheduled: ${plural(schedules.length, 'recurring export')}`;
    return {
      summary: [note, shown.length === 0 ? empty : `${heading}.`].filter((part) => part !== null).join(' '),
      heading,
      hasNote: note !== null,
      note: note ?? '',
      schedules: shown.map((each) => ({
        schedule: each.schedule,
        version: each.version,
        title: runs(
          'Export ',
          ...quoted(each.workspaceName, 60),
          `: ${plainName(each.what, 80)}, ${everyWords(each.rule, each.anchor)}`,
        ),
        next: `Next: ${dueWords(each.next, each.timeZone)} (${each.timeZone})`,
        last:
          each.run === null
            ? 'It has not run yet.'
            : `Last: ${each.run.request}, ${stateStyles[each.run.state].words.toLowerCase()}`,
        tooltip: `Stop the recurring export of ${plainName(each.workspaceName, 60)}`,
      })),
      isEmpty: shown.length === 0,
      empty: `${empty} For example, write “export my workspace every month”.`,
    };
  },
);
