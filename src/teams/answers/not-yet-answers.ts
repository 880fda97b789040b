import { requestId, requestNumber } from '../../domain/request.ts';
import { renderCard } from '../cards/render.ts';
import { purposeWords } from '../cards/words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

// Answers to what Steward cannot do yet: each says so, and what can be done instead.

/** "erase my data": everything about one person. */
export function erasePerson(_services: TeamsServices, turn: Turn): Promise<void> {
  return info(
    turn,
    'I cannot erase a person’s data as a whole yet, so nothing was done.',
    'You can delete assets by name. All personal customer data of a free workspace is deleted with the whole workspace.',
    ['list my datasets', 'export my personal data'],
  );
}

/** "what do you hold about Jane?" */
export function searchPerson(_services: TeamsServices, turn: Turn): Promise<void> {
  return info(
    turn,
    'I cannot search for the data about a person yet.',
    'I can export your own personal data, and list what is in a workspace.',
    ['export my personal data', 'list my datasets', 'list my workspaces'],
  );
}

/** "extend DSR-88 by two months" */
export function extendDueDate(_services: TeamsServices, turn: Turn): Promise<void> {
  return info(
    turn,
    'Requests have no due dates yet, so there is none to extend and nothing was changed.',
    'I can show the status of a request.',
    [statusSentence(turn), 'list my requests'],
  );
}

/** "is the service healthy?" */
export function health(_services: TeamsServices, turn: Turn): Promise<void> {
  return info(
    turn,
    'I am answering, but I cannot show the health of the whole service here yet.',
    'Your administrator can see it in the service’s own health check. I can show the status of your requests.',
    ['list my requests'],
  );
}

/** The answer to a message about a kind that only today's Azure Machine Learning has. */
export function sayLater(turn: Turn, laterKind: string): Promise<void> {
  const kind = `${laterKind.charAt(0).toUpperCase()}${laterKind.slice(1)}`;
  return info(
    turn,
    `${/s$/u.test(kind) ? kind : `${kind}s`} are part of today’s Azure Machine Learning, which I cannot reach yet. I did nothing.`,
    purposeWords,
    ['list my datasets', 'list my workspaces', 'help'],
  );
}

function statusSentence({ reading: { slots } }: Turn): string {
  const number = slots.request === undefined ? null : requestNumber(slots.request);
  return number === null ? 'status' : `status of ${requestId(number)}`;
}

function info(turn: Turn, sentence: string, next: string, examples: readonly string[]): Promise<void> {
  return turn.say(renderCard('notice', { severity: 'info', sentence, next, examples }));
}
