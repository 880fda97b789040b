import { withoutSecretsAndLinks } from '../domain/scrub-message.ts';
import { normalise } from '../understanding/normalise.ts';

/** How many earlier messages are sent, and how many characters of each. */
const limits = { messages: 3, characters: 200 } as const;

/**
 * Everything about a conversation that is sent to the language model, as the text of one message: what the person
 * wrote, and their own last messages in the same conversation, oldest first. Links, keys and tokens are blanked.
 * Apart from it only the fixed instruction in `prompts/` leaves the tenant.
 */
export function modelRequest(text: string, lastTexts: readonly string[]): string {
  return JSON.stringify({
    earlier: lastTexts.slice(-limits.messages).map((said) => shortened(clean(said))),
    message: clean(text),
  });
}

function clean(text: string): string {
  return withoutSecretsAndLinks(normalise(text).text);
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= limits.characters ? text : `${characters.slice(0, limits.characters).join('')}…`;
}
