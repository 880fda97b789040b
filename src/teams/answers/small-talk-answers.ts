import { triedRoles } from '../../requests/role-members.ts';
import { isThanks } from '../../understanding/thanks.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { firstName } from '../cards/welcome.ts';
import { purposeWords } from '../cards/words.ts';
import { type CommandUser, exampleSentences } from '../fitting-commands.ts';
import type { Actor } from '../identity.ts';
import { unread } from '../reading-thread.ts';
import type { TeamsServices } from '../teams-services.ts';
import { notUnderstoodIn, sayCardsInEnglish, youAreWelcomeIn } from '../their-language.ts';
import type { Turn } from '../turn.ts';
import { whomToAsk } from '../whom-to-ask.ts';
import { commandUserOf } from './command-user.ts';
import { sayLater } from './not-yet-answers.ts';
import { answerIfQuestion } from './question-answer.ts';
import { answerIfWaiting } from './waiting-answer.ts';
import { answerIfWorkspaceResource } from './workspace-resources-answer.ts';

/** The three example sentences for everybody. */
export const firstExamples = ['export my workspace', 'list my datasets', 'help'] as const;

/** The welcome after an installation: what the bot does, with sentences that this person can send here. */
export async function welcomeCard(services: TeamsServices, actor: Actor, signal: AbortSignal): Promise<RenderedCard> {
  await triedRoles(services, signal);
  const user = await commandUserOf(services, actor, signal);
  // In a channel or group it greets everybody, and not only the person who added the bot.
  if (user.place === 'shared') {
    return renderCard('welcome', {
      personName: null,
      note: 'Mention me here, or write to me in our personal chat.',
      examples: exampleSentences({ ...user, rights: null, isApprover: user.decidesHere }),
    });
  }
  return renderCard('welcome', {
    personName: actor.person.name,
    note: withoutWorkspace(services, user),
    examples: exampleSentences(user),
  });
}

/** "hi": a greeting, and not the welcome once more. */
export async function greet(services: TeamsServices, turn: Turn): Promise<void> {
  const user = await commandUserOf(services, turn.actor, turn.signal);
  const sentence = `Hello ${firstName(turn.actor.person.name)}. What would you like to do?`;
  const next = withoutWorkspace(services, user) ?? `${purposeWords} I also answer questions about it.`;
  await turn.say(info(sentence, next, exampleSentences(user)));
}

/** Whom somebody without a workspace can ask; null for everybody else. */
function withoutWorkspace(services: TeamsServices, { rights }: CommandUser): string | null {
  return rights?.workspaces === 0 ? `I cannot find a workspace that you are a member of. ${whomToAsk(services)}` : null;
}

/** “None of these”: what can be done, and how to say it. */
export async function noneOffered(_services: TeamsServices, turn: Turn): Promise<void> {
  const next = `Please say it in other words. ${whatIDo}`;
  await turn.say(info('All right, I did nothing.', next, firstExamples));
}

const whatIDo = `${purposeWords} Say what it is and put its name in quotes, as in: export dataset "churn 2018.csv".`;

/** A sentence that is not a command: beyond what Steward does, or too unclear to act on. */
export async function notUnderstood(services: TeamsServices, turn: Turn): Promise<void> {
  const { language, reading, text, say } = turn;
  const { incomplete, laterKind, lost } = reading;
  if (isThanks(text)) return say(language === null ? info('You are welcome.', null, []) : youAreWelcomeIn(language));
  if (incomplete !== undefined) {
    const verb = incomplete.intent === 'export.assets' || incomplete.intent === 'dsr.export' ? 'export' : 'delete';
    return say(
      info(`What should I ${verb}?`, `Name it, for example “${verb} dataset churn.csv”.`, [
        'list my datasets',
        'list my experiments',
      ]),
    );
  }
  const inEnglish = inEnglishOnly(turn);
  if (laterKind !== undefined) return sayLater(inEnglish, laterKind);
  if (lost !== undefined) {
    const sentence = `I am not sure what “${lost.slice(0, 80)}” means here, so I did nothing.`;
    return inEnglish.say(info(sentence, selectors, ['list my datasets', 'export the two biggest datasets']));
  }
  if (reading.why === unread.why) {
    return inEnglish.say(
      info('I could not read that in time, so I did nothing.', 'Please write it in fewer words.', firstExamples),
    );
  }
  if (reading.whoseWorkspace === true) {
    const next = 'Write the name of the workspace itself, in quotes. Then I show what you can do there.';
    return inEnglish.say(
      info('You mentioned someone else’s workspace, so I did nothing.', next, ['list my workspaces']),
    );
  }
  if (conditional.test(text)) {
    const next =
      'Look at it first, for example with “details of” and its name in quotes, and then say what to do with it.';
    return inEnglish.say(info('I do not act on conditions, so I did nothing.', next, []));
  }
  if (await answerIfWorkspaceResource(services, inEnglish)) return;
  if (await answerIfQuestion(services, inEnglish)) return;
  if (language !== null) return say(notUnderstoodIn(language));
  if (await answerIfWaiting(services, turn)) return;
  await say(info('I did nothing, because I did not understand that as something I can do.', whatIDo, firstExamples));
}

/** “If it isn't Megan's, bin it.” */
const conditional =
  /^\W{0,3}(?:(?:and|so|ok|but|then)[ ,]{1,2})?(?:if|unless|in case)\b.{3,200}?\b(?:delet|bin|remov|export|back|eras|get rid|keep|leave)/iu;

const selectors =
  'I can choose by kind, name, date, owner, state, size and age (“the two oldest datasets”), and what nothing uses. ' +
  'What I should leave out you can say by name, kind or owner. I cannot wait for a time or a condition.';

/** The same turn, whose answer is preceded by the sentence that cards are in English, in the person's language. */
function inEnglishOnly(turn: Turn): Turn {
  return {
    ...turn,
    say: async (card) => {
      await sayCardsInEnglish(turn);
      await turn.say(card);
    },
  };
}

function info(sentence: string, next: string | null, examples: readonly string[]): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence, next, examples: [...examples] });
}
