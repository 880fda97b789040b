import { renderCard } from '../cards/render.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';
import { answerTelemetry } from './question-answer.ts';
import { start } from './request-answers.ts';

/**
 * "export the directory data of Megan": creates a request, whose preview says what the export contains. Where the
 * export is switched off, the answer says where such data is available instead.
 */
export async function exportDirectoryData(services: TeamsServices, turn: Turn): Promise<void> {
  if (!services.directory) return answerTelemetry(services, turn);
  const said = turn.reading.slots.subject;
  if (turn.actor.conversation.kind !== 'personal') {
    return turn.say(
      renderCard('notice', {
        severity: 'refused',
        sentence: 'Others can read this chat, and directory data is private, so I did nothing here.',
        next: 'Please ask me in our personal chat.',
        examples: [],
      }),
    );
  }
  if (said === undefined) {
    return turn.say(
      renderCard('notice', {
        severity: 'info',
        sentence: 'Whose directory data should I export?',
        next: 'Write the address, for example “export the directory data of megan@contoso.com”.',
        examples: ['export my directory data'],
      }),
    );
  }
  await start(services, turn, {
    action: 'export-directory-data',
    target: 'directory-person',
    person: { said },
    data: 'personal',
    mentions: [],
  });
}
