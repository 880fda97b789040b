import { type CardData, type CardName, catalogue } from './catalogue.ts';

/** An Adaptive Card as it is sent, and its summary in one or two plain sentences for notifications. */
export interface RenderedCard {
  readonly card: Readonly<Record<string, unknown>>;
  readonly summary: string;
  /** The language of its words, ISO 639-1, where it is not English. */
  readonly locale?: string;
  /** The same card again with fewer bytes, as far as possible, for when Teams rejects it as too large. */
  readonly smaller: (mostBytes: number) => RenderedCard;
}

/**
 * The most bytes a card may have as UTF-8 JSON. Teams rejects messages over 28 KB, which includes addresses and other
 * fields of the activity, so some bytes are reserved for those.
 */
export const mostBytes = 26_000;

/** The initial `room`: more rows than any card shows, and 100 percent of the usual name length. */
const allRoom = 100;

/**
 * Renders a card. Names in the data may contain anything: they are shown literally and never interpreted as markup. A
 * card that would be too large for Teams shows shorter names, or fewer rows and how many are missing. Throws ZodError
 * when the data does not match the card's schema.
 */
export function renderCard<Name extends CardName>(name: Name, data: CardData<Name>): RenderedCard {
  return draw(name, data, 'mostBytes' in data && typeof data.mostBytes === 'number' ? data.mostBytes : mostBytes);
}

function draw<Name extends CardName>(name: Name, data: CardData<Name>, bytes: number): RenderedCard {
  const { template, fill } = catalogue[name];
  for (let room = allRoom; ; room = Math.floor(room * 0.9)) {
    const view = fill(data, room);
    const card = tidy(template.expand({ $root: view }));
    if (room <= 1 || Buffer.byteLength(JSON.stringify(card)) <= bytes) {
      return { card, summary: view.summary, smaller: (fewer) => draw(name, data, fewer) };
    }
  }
}

/**
 * Removes what an expanded template leaves behind: null where a condition was false, texts and button rows without
 * content, and a refresh with an empty list of users, which Teams would treat as a refresh for everybody.
 */
function tidy(node: object): Record<string, unknown> {
  const entries: [string, unknown][] = Object.entries(node);
  return Object.fromEntries(
    entries
      .filter(([key, value]) => !isLeftover(value) && !(key === 'actions' && isEmptyList(value)))
      .map(([key, value]) => [key, tidyValue(value)]),
  );
}

function tidyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isLeftover(item)).map(tidyValue);
  return typeof value === 'object' && value !== null ? tidy(value) : value;
}

function isLeftover(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null;
  return ['inlines', 'actions', 'userIds'].some((list) => isEmptyList(Reflect.get(value, list)));
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
