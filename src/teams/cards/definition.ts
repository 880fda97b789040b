// The package's main file also declares types from the TypeScript sources of another package, which do not compile here.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import type { z } from 'zod';
import { clip, spoken, visible } from './literal.ts';

/** In UTF-16 units; a card holds its summary twice. */
const longestSummary = 300;

/** What a template is filled with: strings, booleans, numbers and arrays, ready to be shown. */
type View = Readonly<Record<string, unknown>> & {
  /** What the card says, in one or two plain sentences: for notifications, screen readers and clients that show no cards. */
  readonly summary: string;
};

/** A card: its template, the shape of its data, and how the data becomes words. */
export interface CardDefinition<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly template: Template;
  /**
   * Checks the data and turns it into what the template shows. `room` begins at 100 and goes
   * down until the card is small enough: rows of a list without pages, and what is left out is said in words; or
   * percents of the usual length of names. Throws ZodError.
   */
  fill(data: unknown, room: number): View & { readonly spoken: string };
}

/** Puts a card together. `template` is the JSON in `cards/`. */
export function defineCard<Schema extends z.ZodType>(
  template: object,
  schema: Schema,
  view: (data: z.output<Schema>, room: number) => View,
): CardDefinition<Schema> {
  return {
    schema,
    template: new Template(template),
    fill: (data, room) => {
      const filled = view(schema.parse(data), room);
      const summary = clip(visible(filled.summary), longestSummary);
      return { ...filled, summary, spoken: spoken(summary) };
    },
  };
}
