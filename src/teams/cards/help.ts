import { z } from 'zod';
import template from '../../../cards/help.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';

const say = z.string().max(200);
const meaning = z.string().max(200);

/** What a person writes, what it does, and what its button sends, which is another sentence where it lacks a name. */
const line = z.strictObject({ say, meaning, button: say });

/** What this person can ask for here, and only that: a few lines with buttons, or a long list by section. */
export const help = defineCard(
  template,
  z.strictObject({
    /** One sentence on what the person may do; null when it needs no mention or is not known. */
    role: z.string().nullable(),
    /** The most useful ones. */
    lines: z.array(line).max(5).readonly(),
    /** What else can be said, and the sentence that shows all of it; null when that is everything. */
    more: z.strictObject({ words: z.string(), text: say }).nullable(),
    /** Where more can be said; null in the personal chat. */
    note: z.string().nullable(),
    sections: z
      .array(
        z.strictObject({
          title: z.string().max(60),
          items: z.array(line).readonly(),
        }),
      )
      .max(8)
      .readonly(),
  }),
  ({ role, lines, more, note, sections }, rows) => ({
    summary: ['What I can do for you.', role, ...lines.map((each) => `“${each.say}”`)].filter((part) => part).join(' '),
    hasRole: role !== null,
    role: prose(role ?? ''),
    lines: lines.map(shown),
    hasMore: more !== null,
    more: runs(`More: ${more?.words ?? ''}`),
    moreText: more?.text ?? '',
    hasNote: note !== null,
    note: note ?? '',
    sections: sections.map(({ title, items }) => ({
      title,
      items: items.slice(0, rows).map(shown),
    })),
  }),
);

/** A command as a template shows it. Where the button says what the command is, the words beside it do not repeat it. */
function shown({ say: words, meaning: what, button }: z.output<typeof line>) {
  const isRepeated = words === button;
  return {
    says: runs(words),
    lead: isRepeated ? [] : runs(words, '  '),
    meaning: what,
    button: plainName(button, 60),
    tooltip: plainName(`Send “${button}”`, 60),
    text: button,
  };
}
