import { z } from 'zod';
import template from '../../../cards/record-list.json' with { type: 'json' };
import { actionNoun } from './action-words.ts';
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { exampleButtons, examples } from './options.ts';
import { shortened } from './pages.ts';
import { action, moment, name, requestFields } from './shapes.ts';
import { momentWords, plural } from './words.ts';

/** The most rows that the card lists. */
export const mostRecordRows = 15;

/** What the record says of people, or of something with a name: one row a decision or request; tapping opens its record. */
export const recordList = defineCard(
  template,
  z.strictObject({
    /** What was asked: "Decisions of Megan Bowen". */
    heading: z.string(),
    /** In which time, what was left out. */
    sentence: z.string(),
    rows: z
      .array(
        z.strictObject({
          request: requestFields.request,
          action,
          /** Who. */
          who: name,
          /** What they did: "approved". */
          did: z.string(),
          workspaceName: name,
          what: z.string(),
          at: moment,
        }),
      )
      .readonly(),
    examples: examples.default([]),
  }),
  ({ heading, sentence, rows, examples: exampleSentences }, room) => {
    const shown = rows.slice(0, Math.min(mostRecordRows, room));
    const most = shortened(60, room);
    return {
      summary: `${heading}: ${plural(rows.length, 'row')}. ${sentence}`.trim(),
      heading: prose(heading, 200),
      sentence: prose(sentence),
      rows: shown.map((row) => ({
        id: row.request,
        what: runs(
          `${plainName(row.who, most)} ${row.did}: ${actionNoun(row.action).toLowerCase()}, `,
          plainName(row.what, most),
          ...(row.workspaceName === '' ? [] : [' in “', plainName(row.workspaceName, most), '”']),
        ),
        when: momentWords(row.at),
      })),
      hasExamples: exampleSentences.length > 0,
      examples: exampleButtons(exampleSentences),
    };
  },
);
