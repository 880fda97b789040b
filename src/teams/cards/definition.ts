// The package's main file also declares types from the TypeScript sources of another package, which do not compile here.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import type { z } from 'zod';
import { clip, spoken, visible } from './literal.ts';

/** In UTF-16 units. Each card holds its summary twice (`speak` and `fallbackText`), so it must be short. */
const longestSummary = 300;

/** What a template is filled with: strings, booleans, numbers and arrays, ready to be shown. */
type View = Readonly<Record<string, unknown>> & {
  /** What the card says, in one or two plain sentences: for notifications, screen readers and clients that show no cards. */
  readonly summary: string;
};

/** A card: its template, the schema of its data, and the function that turns the data into text. */
export interface CardDefinition<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly template: Template;
  /**
   * Validates the data and turns it into the template's values. `room` starts at 100 and is reduced until the card is
   * small enough. Cards without pages read it as a number of rows, and say how many are left out; cards with pages
   * read it as a percentage of the usual name length. Throws ZodError.
   */
  fill(data: unknown, room: number): View & { readonly spoken: string };
}

/** The data of a card, as whoever renders it gives them. */
export type DataOf<Card extends { readonly schema: z.ZodType }> = z.input<Card['schema']>;

/** Defines a card. `template` is the JSON in `cards/`. */
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
