import { z } from 'zod';
import template from '../../../cards/hold-list.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { heldTarget, heldWords } from './held-target.ts';
import { whenWords } from './hold.ts';
import { plainName, prose, runs } from './literal.ts';
import { count, moment, name } from './shapes.ts';
import { capitalised, dayWords, plural } from './words.ts';

/** Holds that one card lists. */
const mostListed = 8;

/** The legal holds that stand, each with buttons that show and lift it. Only for who may see them. */
export const holdList = defineCard(
  template,
  z.strictObject({
    /** A sentence before the list: what was asked for, or what to choose; null for none. */
    note: z.string().nullable(),
    holds: z
      .array(
        z.strictObject({
          hold: count,
          target: heldTarget,
          reference: z.string(),
          from: moment,
          until: moment.nullable(),
          placedBy: name,
          reviewAt: moment,
        }),
      )
      .readonly(),
  }),
  ({ note, holds }, rows) => {
    const shown = holds.slice(0, Math.min(rows, mostListed));
    const more = holds.length - shown.length;
    const heading = `Legal holds: ${holds.length}`;
    return {
      summary: [`${plural(holds.length, 'legal hold')}.`, note].filter((part) => part !== null).join(' '),
      heading,
      hasNote: note !== null,
      note: prose(note ?? ''),
      holds: shown.map((each) => ({
        hold: each.hold,
        title: runs(`${each.hold}  `, capitalised(heldWords(each.target))),
        facts: prose(`${plainName(each.reference, 120)}, placed by ${plainName(each.placedBy, 60)}`),
        when: whenWords(each),
        review: `Next review: ${dayWords(each.reviewAt)}`,
        open: `Show legal hold ${each.hold}`,
        lift: `Lift legal hold ${each.hold}`,
      })),
      hasMore: more > 0,
      more: `${more} more are not shown. Ask about one of them, for example “is Churn Lab under a hold?”.`,
    };
  },
);
