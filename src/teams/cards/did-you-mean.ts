import { z } from 'zod';
import template from '../../../cards/did-you-mean.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';

/** Asks which of up to three interpretations of a message is right, one button each; after the tap, says which was chosen. */
export const didYouMean = defineCard(
  template,
  z.strictObject({
    /** Why the person is asked; null for the usual reason. */
    sentence: z.string().nullable().default(null),
    /** The text of each button, and the interpretation that it sends back. */
    offers: z
      .array(z.strictObject({ words: z.string().min(1), reading: z.string() }))
      .max(3)
      .readonly(),
    /** What “None of these” sends back. */
    none: z.string(),
    /** What was chosen; null before that. */
    chosen: z.string().nullable().default(null),
  }),
  ({ sentence, offers, none, chosen }) => {
    const isOpen = chosen === null;
    const title = offers.length === 1 ? 'Did you mean this?' : 'Did you mean one of these?';
    const said = isOpen
      ? (sentence ?? 'I am not sure that I understood that, so I did nothing.')
      : `You chose: ${chosen}`;
    const buttons = [
      ...offers.map(({ words, reading }) => ({ words, reading })),
      { words: offers.length === 1 ? 'No, not this' : 'None of these', reading: none },
    ];
    return {
      summary: isOpen ? `${title} ${offers.map(({ words }) => words).join('; ')}` : said,
      isOpen,
      title: runs(title),
      sentence: prose(said),
      buttons: (isOpen ? buttons : []).map(({ words, reading }) => ({
        // A button has one line; text that a phone would cut off is shown in full above it.
        isLong: words.length > shownWhole,
        whole: prose(words),
        title: plainName(words, longestTitle),
        tooltip: plainName(words, 300),
        reading,
      })),
    };
  },
);

/** The longest words on a button. */
const longestTitle = 60;

/** How many of those characters a phone shows. */
const shownWhole = 36;
