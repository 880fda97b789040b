import { withoutSecretsAndLinks } from '../domain/scrub-message.ts';
import { normalise } from '../understanding/normalise.ts';

/** How much of what was said before goes along: the newest few messages, each cut. */
const earlier = { messages: 3, characters: 200 } as const;

/**
 * All that a language model is told about a conversation, as the text of one message: what the person wrote, and
 * their own last messages in the same conversation, oldest first. Links, keys and tokens in them are blanked.
 * The rest of what leaves the tenant is the fixed instruction in `prompts/`.
 */
export function modelRequest(text: string, lastTexts: readonly string[]): string {
  return JSON.stringify({
    earlier: lastTexts.slice(-earlier.messages).map((said) => cut(clean(said))),
    message: clean(text),
  });
}

function clean(text: string): string {
  return withoutSecretsAndLinks(normalise(text).text);
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= earlier.characters ? text : `${characters.slice(0, earlier.characters).join('')}…`;
}
