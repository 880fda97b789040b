import { aboutActions, aboutOthers, accountSelf } from './lexicon/account-phrases.ts';
import { elsewhere } from './lexicon/elsewhere.ts';
import {
  explanationRequest,
  interrogative,
  otherRequest,
  strongTopic,
  topics,
  weakForeignNoun,
} from './lexicon/question-phrases.ts';
import type { Sentence } from './tokens.ts';
import { wordAt } from './tokens.ts';

/** True for questions about the speaker's own account type, role or rights. */
export function asksAboutSelf(sentence: Sentence): boolean {
  const words = sentence.canon;
  if (aboutActions.test(words) || aboutOthers.test(words) || sentence.tokens.length > 28) return false;
  if (
    /\b(?:password|bank|e-mail account|github|payment|office 365|outlook|vpn|badge|sharepoint|jira|laptop|holiday|salary)\b/.test(
      words,
    )
  )
    return false;
  if (/\b(?:which|what|how many|in which|list|all) (?:\S+ )?workspaces\b/.test(words)) return false;
  return accountSelf.test(words);
}

/** Why a sentence is a question for the documentation; null when it is no question or not about Studio. */
export function asksDocumentation(sentence: Sentence): string | null {
  const words = sentence.canon;
  const flat =
    /^(?:(?:please|hi|hello|ok|,|!) ){0,6}(?:do not|never|stop|avoid|should (?:\S+ ){1,6}?(?:we|i|they) (?:would|will|could)|when (?:\S+ ){1,8}?(?:we|i) (?:will|shall|can|would))\b/.test(
      words,
    );
  const ends = words.split(/ [.!] /).at(-1) ?? '';
  const asks =
    (/\?/.test(words) && !(flat && !ends.includes('?'))) || interrogative.test(words) || explanationRequest.test(words);
  if (otherRequest.test(words)) return null;
  if (!asks || (flat && !words.includes('?'))) return null;
  const terms = sentence.tokens
    .map(({ quoted }) => (quoted !== undefined && quoted.split(' ').length <= 2 ? quoted.toLowerCase() : ''))
    .join(' ');
  if (
    !(topics.test(words) || (/\bmean/.test(words) && topics.test(terms.trim()))) ||
    (/\b(?:lol|haha\w*|lmao|rofl)\b/.test(words) && !/\?/.test(words))
  )
    return null;
  if (offTopic(sentence)) return null;
  return 'a question about Studio, its data or its rules';
}

/** A question that contains words of Studio but is about another system. */
function offTopic(sentence: Sentence): boolean {
  let foreign = 0;
  let own = 0;
  for (let index = 0; index < sentence.tokens.length; index += 1) {
    const at = (position: number) => wordAt(sentence, position);
    const word = at(index);
    if (
      strongTopic.test(word) ||
      (word === 'personal' && at(index + 1) === 'data') ||
      (word === 'web' && /^services?$/.test(at(index + 1)))
    )
      own += 1;
    else if (!weakForeignNoun.test(word) && elsewhere.longest(at, index) > 0) foreign += 1;
  }
  return foreign > own;
}
