import { z } from 'zod';
import template from '../../../cards/welcome.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { exampleButtons, examples } from './options.ts';
import { name } from './shapes.ts';
import { purposeWords } from './words.ts';

/** Greeting after installation: what the bot can do, with example sentences. */
export const welcome = defineCard(
  template,
  z.strictObject({
    personName: name.nullable(),
    /** What this person has to know first: whom to ask for a workspace, or how to speak to the bot in a channel. */
    note: z.string().nullable().default(null),
    /** Sentences that this person can use; tapping one sends it. */
    examples,
  }),
  ({ personName, note, examples: exampleSentences }) => {
    const first = personName === null ? null : firstName(personName);
    const greeting = first ? `Hello ${first}, I am Studio Steward` : 'Hello, I am Studio Steward';
    const promise = `${purposeWords} You always see what would happen before it happens.`;
    return {
      summary: [`${greeting}. ${promise}`, note].filter((part) => part !== null).join(' '),
      title: runs(greeting),
      promise: runs(promise),
      hasNote: note !== null,
      note: prose(note ?? ''),
      examples: exampleButtons(exampleSentences),
    };
  },
);

/** The first word of a person's name, fit to be shown. */
export function firstName(personName: string): string {
  return plainName(personName).split(' ')[0] ?? '';
}
