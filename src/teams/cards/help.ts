import { z } from 'zod';
import template from '../../../cards/help.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { prose, runs } from './literal.ts';

/** What this person can ask for, and only that. */
export const help = defineCard(
  template,
  z.strictObject({
    /** One sentence on what the person may do; null when it needs no mention or is not known. */
    role: z.string().nullable(),
    sections: z
      .array(
        z.strictObject({
          title: z.string().max(60),
          items: z.array(z.strictObject({ say: z.string().max(200), meaning: z.string().max(200) })).readonly(),
        }),
      )
      .max(8)
      .readonly(),
  }),
  ({ role, sections }, rows) => ({
    summary: `What I can do for you. ${role ?? ''}`,
    hasRole: role !== null,
    role: prose(role ?? ''),
    sections: sections.map(({ title, items }) => ({
      title,
      items: items.slice(0, rows).map(({ say, meaning }) => ({ says: runs(say), text: say, meaning })),
    })),
  }),
);
