import { type CardData, type CardName, catalogue } from './catalogue.ts';

/** An Adaptive Card as it is sent, and the same in one or two plain sentences for notifications. */
export interface RenderedCard {
  readonly card: Readonly<Record<string, unknown>>;
  readonly summary: string;
  /** The same card again with fewer bytes, as far as that is possible: for a Teams that refuses it as too large. */
  readonly smaller: (mostBytes: number) => RenderedCard;
}

/**
 * The most bytes a card may have as UTF-8 JSON. Teams refuses messages over 28 KB, addresses and other fields of
 * the activity included, so some room is left for those.
 */
export const mostBytes = 26_000;

/** More rows than any card shows, and all the length of names that it can. */
const allRoom = 100;

/**
 * Draws a card. Names in the data may hold anything: they are shown as they are and never read as markup. When a
 * card would be too large for Teams it shows shorter names or fewer rows, and says how many are missing. Throws ZodError when the
 * data is not what the card needs.
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
 * Removes what an expanded template leaves behind: null where a condition did not hold, texts and rows of buttons
 * without content, and a refresh for nobody, which Teams would take as a refresh for everybody.
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
