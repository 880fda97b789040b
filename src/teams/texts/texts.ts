import type { AssetKind } from '../../domain/assets.ts';
import type { IntentName } from '../../understanding/intents.ts';

/**
 * What is understood, as a short phrase with a verb that fits behind a colon: without a name, and with one in place of
 * `{name}`.
 */
type Phrase = readonly [withoutName: string, withName: string];

/** What Steward says in a language other than English: one file per language, each of this shape, for a translator. */
export interface Texts {
  /** `{what}` is a phrase of `intents`. */
  readonly understood: string;
  /** Asks which of some readings is right; they stand in place of `{what}`, with " / " between them. */
  readonly didYouMean: string;
  readonly cardsInEnglish: string;
  readonly notUnderstood: string;
  /** The answer to thanks. */
  readonly youAreWelcome: string;
  /** What Steward is for, in one sentence. */
  readonly whatIDo: string;
  /** Two sentences that a person can write. A test makes sure that they are understood. */
  readonly examples: readonly [string, string];
  /** A name or an id in the quotation marks of the language, in place of `{name}`. */
  readonly quoted: string;
  /** Between the last two names of a list. */
  readonly and: string;
  /** Between two things that are done one after the other. */
  readonly afterwards: string;
  /** Added to what is meant when a workspace was named, in place of `{name}`. */
  readonly inWorkspace: string;
  /** The kinds as the object of a verb, in front of a name. */
  readonly kinds: Readonly<Record<AssetKind, string>>;
  /** All assets of a kind, as the object of a verb. */
  readonly all: Readonly<Record<AssetKind | 'everything', string>>;
  /** Assets that were chosen by date, size, words in the name or the like, as the object of a verb. */
  readonly selection: string;
  readonly intents: Readonly<Record<Exclude<IntentName, 'none'>, Phrase>>;
}
