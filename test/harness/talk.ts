import type { ChatPerson } from '../../src/emulators/graph/sample-people.ts';
import { buttons, cardText, type PostedMessage, type PressData, personalChat, type Teams } from './teams.ts';

/** Presses the button whose title begins with this text, on this card in its conversation, as this person. */
export async function pressButton(
  teams: Teams,
  person: ChatPerson,
  message: PostedMessage,
  title: string,
  kind: 'personal' | 'groupChat' | 'channel' = 'personal',
): Promise<{ status: number; body: { type?: string; value?: unknown } | null }> {
  const button = { ...buttonOf(message, title), ...typedInto(message) };
  return teams.press(person, button, { conversation: message.conversationId, kind, replyTo: message.id });
}

/** What a person types into the card's field: the name of the workspace, which stands in its title. */
function typedInto({ card }: PostedMessage): { typed?: string } {
  if (!JSON.stringify(card).includes('"id":"typed"')) return {};
  const name = /Delete the whole workspace “([^”]+)”/u.exec(cardText(card))?.[1];
  return name === undefined ? {} : { typed: name };
}

/** The data that the button whose title begins with this text sends. Throws when the card has none. */
export function buttonOf(message: PostedMessage, title: string): PressData {
  const offered = buttons(message.card);
  const button = offered.find((each) => each.title.startsWith(title));
  if (!button) throw new Error(`no button ${title}; there are: ${offered.map((each) => each.title).join(', ')}`);
  return button.data;
}

/** Waits for a card in a conversation that contains all these texts. */
export function cardSaying(
  teams: Teams,
  conversationId: string,
  ...texts: readonly (string | RegExp)[]
): Promise<PostedMessage> {
  return teams.waitFor(conversationId, ({ card }) => {
    const said = cardText(card);
    return texts.every((text) => (typeof text === 'string' ? said.includes(text) : text.test(said)));
  });
}

/** Waits for a card in a person's own chat that contains all these texts. */
export function cardFor(
  teams: Teams,
  person: ChatPerson,
  ...texts: readonly (string | RegExp)[]
): Promise<PostedMessage> {
  return cardSaying(teams, personalChat(person), ...texts);
}

/** Waits until this message has become a card that contains all these texts. */
export function became(
  teams: Teams,
  { id, conversationId }: Pick<PostedMessage, 'id' | 'conversationId'>,
  ...texts: readonly string[]
): Promise<PostedMessage> {
  return teams.waitFor(conversationId, (message) => {
    const said = cardText(message.card);
    return message.id === id && texts.every((text) => said.includes(text));
  });
}

/** The addresses that a card's buttons open. */
export function linksOf(message: PostedMessage): string[] {
  return [...JSON.stringify(message.card).matchAll(/"url":"(http[^"]+)"/gu)].map((match) => match[1] ?? '');
}
