import { isDirectoryFailure, isSourceFailure } from '../../domain/service-failure.ts';
import type { Asker } from '../../knowledge/passages.ts';
import { visibleWorkspaces } from '../../requests/visible-workspaces.ts';
import { mainSource } from '../../sources/registry.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import type { TeamsServices } from '../teams-services.ts';
import { notUnderstoodIn, sayUnderstood } from '../their-language.ts';
import type { Turn } from '../turn.ts';

/** A question about rules, products or the bot: answered from reviewed pages, or with "I do not know". */
export async function answerQuestion(services: TeamsServices, turn: Turn): Promise<void> {
  const asker = await askerOf(services, turn);
  // The pages are in English, so a question in another language that finds none was rather not understood.
  if (turn.language !== null && services.library.answer(turn.text, asker).kind === 'unknown')
    return turn.say(notUnderstoodIn(turn.language));
  await sayUnderstood(turn);
  await turn.say(await answerCard(services, turn, turn.text, asker));
}

/** “Who is Megan?”: what an owner on a card is, which is all that is known of them. */
export async function answerWho(turn: Turn): Promise<void> {
  await turn.say(
    renderCard('notice', {
      severity: 'info',
      sentence: `The owner on a card is what ${mainSource.name} recorded when the asset was made: the name or address of a person, or that of the program that uploaded it.`,
      next: 'I know nothing more about them. The members of a workspace I can list.',
      examples: ['list members', 'list my workspaces'],
    }),
  );
}

/** Where telemetry and directory data are available, for the asker's kind of account. */
export async function answerTelemetry(services: TeamsServices, turn: Turn): Promise<void> {
  await turn.say(await answerCard(services, turn, 'where do I find my telemetry?', await askerOf(services, turn)));
}

/** The lowest confidence at which a sentence that was not understood is answered as a question. */
const questionThreshold = 0.6;

/** Answers a sentence that looks like a question, when a page clearly fits. Returns whether it did. */
export async function answerIfQuestion(services: TeamsServices, turn: Turn): Promise<boolean> {
  if (!/\?\s*$/u.test(turn.text)) return false;
  const asker = await askerOf(services, turn);
  const { library } = services;
  const answer = library.answer(turn.text, asker);
  if (answer.kind !== 'answer' || answer.confidence < questionThreshold) return false;
  await turn.say(await answerCard(services, turn, turn.text, asker));
  return true;
}

async function answerCard(services: TeamsServices, turn: Turn, text: string, asker: Asker): Promise<RenderedCard> {
  const answer = services.library.answer(text, asker);
  if (answer.kind === 'unknown') {
    return renderCard('answer', {
      kind: 'unknown',
      where: answer.where,
      closest: answer.closest.map(({ question }) => question),
    });
  }
  const { page, title, passages, sources, reviewed, next, related } = answer;
  return renderCard('answer', {
    kind: 'answer',
    title,
    passages,
    sources,
    reviewed,
    // A person who may start an export of directory data is offered that instead.
    next: page === 'telemetry' && (await mayExportDirectoryData(services, turn)) ? 'export my directory data' : next,
    related: related.map(({ question }) => question),
  });
}

/** The person's account types and roles; empty when Studio is down, since a question must not fail because of that. */
async function askerOf(services: TeamsServices, turn: Turn): Promise<Asker> {
  const { person } = turn.actor;
  if (person.addresses.length === 0) return { accountTypes: [], roles: [] };
  try {
    const { visible } = await visibleWorkspaces(services, person, turn.signal, 'recent');
    return {
      accountTypes: [...new Set(visible.map(({ workspace }) => workspace.accountType))],
      roles: [...new Set(visible.map(({ role }) => role))],
    };
  } catch (error) {
    if (isSourceFailure(error) || turn.signal.aborted) return { accountTypes: [], roles: [] };
    throw error;
  }
}

/** Whether the person is currently an administrator who may start such an export; false when that cannot be checked. */
async function mayExportDirectoryData({ directory }: TeamsServices, turn: Turn): Promise<boolean> {
  if (!directory) return false;
  try {
    return await directory.isAdministrator(turn.actor.person.objectId, turn.signal);
  } catch (error) {
    if (isDirectoryFailure(error) || turn.signal.aborted) return false;
    throw error;
  }
}
