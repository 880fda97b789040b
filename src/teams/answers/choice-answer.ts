import { foldName } from '../../domain/name-folding.ts';
import { type PendingChoice, requestId } from '../../domain/request.ts';
import { press } from '../../requests/press.ts';
import { openChoice } from '../../requests/report.ts';
import type { IntentName } from '../../understanding/intents.ts';
import { renderCard } from '../cards/render.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** Readings of a few words that may answer a question instead: “Churn Lab then” is no command. */
const mayAnswer: ReadonlySet<IntentName> = new Set(['none', 'list.workspaces', 'list.assets', 'asset.show', 'ask']);

const mostWords = 10;
const fillers = new Set(
  `the a of then please pls ok okay yes no well um hm hmm course as i said say it is its it's one my in from take use choose mean meant obviously obv
  workspace workspaces called named dataset experiment model that this just only thanks in`.split(/\s+/u),
);

/**
 * “Churn Lab then”, “the guest one”: answers the open question of a request with the option that the words name, as a
 * press on its button would. Whether it did; it does nothing where no option or several fit. The press checks the person
 * and the version; what follows is a preview, never an action.
 */
export async function answersChoice(services: TeamsServices, turn: Turn): Promise<boolean> {
  const { actor, reading, text } = turn;
  if (!mayAnswer.has(reading.intent) || text.split(/\s+/u).length > mostWords) return false;
  const words = wordsOf(text).filter((word) => !fillers.has(word));
  if (words.length === 0) return false;
  const open = await openChoice(services, actor.person, actor.conversation.id);
  const option = open === null ? null : optionFor(open.choice, words, text);
  if (open === null || option === null) return false;
  const { number, version } = open.request;
  const outcome = await press(services, actor.person, { request: number, version, choice: option.id });
  if (outcome.result === 'refused') return false;
  const id = requestId(number);
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: `I go on with “${option.name}” for ${id}. Its card shows the preview in a moment.`,
      examples: [`status of ${id}`],
    }),
  );
  return true;
}

interface Option {
  readonly id: string;
  readonly name: string;
}

/** The one option that holds every word that was said; of several the one whose name is said whole. */
function optionFor(choice: PendingChoice, words: readonly string[], text: string): Option | null {
  const said = new Set(wordsOf(text));
  const fitting = optionsOf(choice).filter(({ name }) => words.every((word) => wordsOf(name).includes(word)));
  const whole = fitting.filter(({ name }) => wordsOf(name).every((word) => said.has(word)));
  const [only, ...others] = whole.length > 0 ? whole : fitting;
  return only !== undefined && others.length === 0 ? only : null;
}

/** Options that a name tells apart. */
function optionsOf(choice: PendingChoice): readonly Option[] {
  switch (choice.question) {
    case 'which-workspace':
    case 'did-you-mean-workspace':
      return choice.options.map(({ id, name }) => ({ id, name }));
    case 'did-you-mean-asset':
    case 'which-asset':
    case 'which-person':
      return [];
  }
}

function wordsOf(text: string): string[] {
  return foldName(text)
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '');
}
