import type { AssetMention } from '../domain/asset-mentions.ts';
import type { IntentName, Reading, Slots } from '../understanding/intents.ts';
import { languageOf, type OtherLanguage } from '../understanding/language.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { offersOf } from './offers.ts';
import { dutch } from './texts/dutch.ts';
import { french } from './texts/french.ts';
import { german } from './texts/german.ts';
import { italian } from './texts/italian.ts';
import { polish } from './texts/polish.ts';
import { portuguese } from './texts/portuguese.ts';
import { spanish } from './texts/spanish.ts';
import type { Texts } from './texts/texts.ts';
import type { Turn } from './turn.ts';

/** The texts of each language that is recognised besides English. */
export const textsOf: Readonly<Record<OtherLanguage, Texts>> = {
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
  it: italian,
  nl: dutch,
  pl: polish,
};

/** The most names in a sentence; the card names the rest. */
const mostNames = 3;

/** The language that a message is answered in besides the English cards; null when it is English, or cannot be told. */
export function languageOfMessage(text: string, reading: Reading): OtherLanguage | null {
  return languageOf(
    text,
    [reading, ...(reading.offers ?? [])].flatMap(({ slots }) => namesIn(slots)),
  );
}

/**
 * Says in the language of the message what was understood, and that the cards are in English; nothing for an English
 * message. `isAsked` for a reading that is asked about before anything is done.
 */
export async function sayUnderstood(turn: Turn, isAsked = false): Promise<void> {
  const { language, reading, text } = turn;
  if (language === null) return;
  const texts = textsOf[language];
  const offers = isAsked ? [reading] : offersOf(reading);
  const missing = reading.incomplete === undefined ? reading : { intent: reading.incomplete.intent, slots: {} };
  const phrases = (offers.length === 0 ? [missing] : offers).map(({ intent, slots }) =>
    phraseOf(texts, intent, slots, text),
  );
  const what = [...new Set(phrases.filter((phrase) => phrase !== null))].join(' / ');
  if (what === '') return sayCardsInEnglish(turn);
  const frame = offers.length === 0 ? texts.understood : texts.didYouMean;
  await turn.say(sentence(language, `${fill(frame, 'what', what)} ${texts.cardsInEnglish}`));
}

/** Says in the language of the message what Steward is for, and that the cards are in English. */
export async function sayWhatIDo({ language, say }: Turn): Promise<void> {
  if (language === null) return;
  await say(sentence(language, `${textsOf[language].whatIDo} ${textsOf[language].cardsInEnglish}`));
}

/** Says only that the cards are in English, in front of an answer that says what was not done. */
export async function sayCardsInEnglish({ language, say }: Turn): Promise<void> {
  if (language !== null) await say(sentence(language, textsOf[language].cardsInEnglish));
}

/** The answer to a message that was not understood, with two sentences that are. */
export function notUnderstoodIn(language: OtherLanguage): RenderedCard {
  const { notUnderstood, whatIDo, cardsInEnglish, examples } = textsOf[language];
  const next = `${whatIDo} ${cardsInEnglish}`;
  return {
    ...renderCard('notice', { severity: 'info', sentence: notUnderstood, next, examples: [...examples] }),
    locale: language,
  };
}

/** The answer to thanks. */
export function youAreWelcomeIn(language: OtherLanguage): RenderedCard {
  return sentence(language, textsOf[language].youAreWelcome);
}

function sentence(language: OtherLanguage, words: string): RenderedCard {
  return { ...renderCard('notice', { severity: 'info', sentence: words }), locale: language };
}

/** A reading as a phrase, with those names that stand in the message; null for what has no phrase. */
function phraseOf(texts: Texts, intent: IntentName, slots: Slots, text: string): string | null {
  if (intent === 'none') return null;
  const [withoutName, withName] = texts.intents[narrowed(intent, slots)];
  const name = objectOf(texts, intent, slots, text);
  const phrase = name === null ? withoutName : fill(withName, 'name', name);
  const next = slots.then === undefined ? null : phraseOf(texts, slots.then.intent, slots.then.slots, text);
  return next === null ? phrase : `${phrase}${texts.afterwards}${next}`;
}

/** An export of only some data of a workspace is not said to be one of the workspace. */
function narrowed(intent: Exclude<IntentName, 'none'>, { data = 'all' }: Slots): Exclude<IntentName, 'none'> {
  if (intent !== 'export.workspace' || data === 'all') return intent;
  return data === 'personal' ? 'dsr.export' : 'export.assets';
}

/** What the reading is about: an id, a person, a workspace or assets, in quotation marks; null when it is not named. */
function objectOf(texts: Texts, intent: IntentName, slots: Slots, text: string): string | null {
  const quote = (names: readonly (string | undefined)[]) => listed(texts, names, text);
  if (/^(?:request|link|schedule)\.|^record\.show$|^dsr\.extend$/u.test(intent) && slots.request !== undefined)
    return quote([slots.request]);
  if (/^(?:dsr|directory|hold)\./u.test(intent) && slots.subject !== undefined)
    return slots.subject === 'me' ? null : quote([slots.subject]);
  const workspace = quote(slots.workspaces ?? [slots.workspace]);
  const isOfAssets = /^(?:list|export|delete)\.assets$|^asset\.show$/u.test(intent) || slots.data === 'customer';
  if (!isOfAssets) return workspace;
  const place = workspace === null ? '' : fill(texts.inWorkspace, 'name', workspace);
  const assets = assetsOf(texts, slots, text) ?? (workspace === null ? null : texts.all.everything);
  return assets === null ? null : `${assets}${place}`;
}

/** Slots that do not narrow a selection. */
const noLimits = new Set([
  'all',
  'kind',
  'workspace',
  'workspaces',
  'workspaceLonger',
  'request',
  'then',
  'operation',
  'reason',
]);

function assetsOf(texts: Texts, slots: Slots, text: string): string | null {
  const { assets = [], kind } = slots;
  if (assets.length > 0)
    return listed(
      texts,
      assets.map(({ name }) => name),
      text,
      assets,
    );
  if (Object.keys(slots).some((slot) => !noLimits.has(slot))) return texts.selection;
  if (kind !== undefined) return texts.all[kind];
  return slots.all === true ? texts.all.everything : null;
}

/** Names in quotation marks, each behind the word for its kind if it was said; null when the message holds none of them. */
function listed(
  texts: Texts,
  names: readonly (string | undefined)[],
  text: string,
  assets: readonly AssetMention[] = [],
): string | null {
  const said = names.flatMap((name, at) => {
    if (name === undefined || !text.includes(name)) return [];
    const kind = assets[at]?.kind;
    return `${kind === undefined ? '' : `${texts.kinds[kind]} `}${fill(texts.quoted, 'name', name)}`;
  });
  const [first] = said;
  if (first === undefined || said.length === 1) return first ?? null;
  if (said.length > mostNames) return `${said.slice(0, mostNames).join(', ')} …`;
  return `${said.slice(0, -1).join(', ')}${texts.and}${said.at(-1)}`;
}

function namesIn({
  assets = [],
  except = [],
  workspace,
  workspaces = [],
  subject,
  owner,
  filter,
  request,
}: Slots): string[] {
  const mentioned = [...assets, ...except].map(({ name }) => name);
  const others = [workspace, ...workspaces, subject, owner, filter, request].filter((name) => name !== undefined);
  return [...mentioned, ...others.filter((name) => name !== 'me')];
}

/** A text with the value in the place of the name in braces; a value is never read as a pattern of `replace`. */
function fill(template: string, place: string, value: string): string {
  return template.replace(`{${place}}`, () => value);
}
