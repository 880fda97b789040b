import { z } from 'zod';
import template from '../../../cards/record-file.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { prose } from './literal.ts';
import { count, moment } from './shapes.ts';
import { momentWords, plural } from './words.ts';

const notes = {
  json: 'It holds what proves each row: “npm run audit:verify -- --export FILE” checks it without the database, and says what it does not prove.',
  csv: 'For spreadsheets: one row for each event. To prove the rows, ask for it as JSON.',
} as const;

/** A part of the record as a file, with its link. Only for the own chat of who asked. */
export const recordFile = defineCard(
  template,
  z.strictObject({
    /** "The record of DSR-1042". */
    what: z.string(),
    format: z.enum(['csv', 'json']),
    rows: count,
    head: z.strictObject({ entry: count, hash: z.string().regex(/^[0-9a-f]{64}$/u) }),
    url: z.url({ protocol: /^https?$/u }),
    expiresAt: moment,
  }),
  ({ what, format, rows, head, url, expiresAt }) => {
    const name = format.toUpperCase();
    return {
      summary: `${what} as ${name}: ${plural(rows, 'row')}.`,
      title: prose(`${what} as ${name}`),
      size: `${plural(rows, 'row')}. ${head.entry === 0 ? 'Nothing is sealed yet.' : `The chain ended at entry ${head.entry}.`}`,
      note: notes[format],
      expiry: `The link works until ${momentWords(expiresAt)}, for everybody who has it.`,
      button: `Download ${name}`,
      url,
    };
  },
);
