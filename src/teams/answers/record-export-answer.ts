import { type ExportOutcome, type ExportWish, exportRecord, mostExported } from '../../audit/export-record.ts';
import { requestId } from '../../domain/request.ts';
import { isSourceFailure } from '../../domain/service-failure.ts';
import { isAuditor, type ReadableRequest } from '../../requests/record-access.ts';
import type { RecordQuestion } from '../../understanding/record-questions.ts';
import { renderCard } from '../cards/render.ts';
import { numberWords } from '../cards/words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** "Export the record of DSR-1042 as CSV": for auditors and those who see names in it, in their own chat. */
export async function exportRequestRecord(
  services: TeamsServices,
  turn: Turn,
  { request, view }: ReadableRequest,
  { format = 'csv' }: RecordQuestion,
): Promise<void> {
  const id = requestId(request.number);
  if (turn.actor.conversation.kind !== 'personal') return turn.say(refused(inOwnChat));
  if (view !== 'names') {
    return turn.say(
      refused(`Only auditors and those concerned get the record of ${id} as a file. Nothing was exported.`),
    );
  }
  await handOut(services, turn, {
    format,
    downloadName: `record-${id}.${format}`,
    rows: { requestNumber: request.number },
    what: `The record of ${id}`,
  });
}

/** "Last month's audit record as a file": for auditors alone, in their own chat. */
export async function exportRecords(
  services: TeamsServices,
  turn: Turn,
  { format = 'csv', dates = {} }: RecordQuestion,
): Promise<void> {
  if (turn.actor.conversation.kind !== 'personal') return turn.say(refused(inOwnChat));
  if (!isAuditor(services, turn.actor.person)) {
    const sentence =
      'Only auditors get the record of many requests as a file. You can have that of one request that concerns you, for example “export the record of DSR-1001 as CSV”.';
    return turn.say(refused(sentence));
  }
  const day = (text: string | undefined) => (text === undefined ? null : new Date(`${text}T00:00:00Z`));
  const span = [dates.after, dates.before].filter((part) => part !== undefined).join('-to-');
  await handOut(services, turn, {
    format,
    downloadName: `record${span === '' ? '' : `-${span}`}.${format}`,
    rows: { from: day(dates.after), until: day(dates.before) },
    what: 'The record',
  });
}

const inOwnChat = 'I give out files of the record in your own chat with me only. Nothing was exported.';

/** Writes the file and says where it is. */
async function handOut(
  services: TeamsServices,
  turn: Turn,
  wish: Pick<ExportWish, 'format' | 'downloadName' | 'rows'> & { readonly what: string },
): Promise<void> {
  const { what, ...file } = wish;
  const { database, clock, recordFiles, settings } = services;
  await turn.showTyping();
  const expiresAt = new Date(clock.now() + settings.linkLifetimeMs);
  const by = turn.actor.person;
  const needed = { database, clock, recordFiles, policyVersion: settings.policy.version };
  let outcome: ExportOutcome;
  try {
    outcome = await exportRecord(needed, { ...file, expiresAt, by }, turn.signal);
  } catch (error) {
    if (!isSourceFailure(error)) throw error;
    services.log.error('a file of the record could not be stored', error);
    return turn.say(refused('The file could not be stored just now. Please ask again in a few minutes.'));
  }
  switch (outcome.result) {
    case 'empty':
      return turn.say(refused('The record has nothing in that time, so there is no file.'));
    case 'too-many':
      return turn.say(
        refused(
          `That would be more than ${numberWords(mostExported)} rows, which is the most of one file. Name a shorter time.`,
        ),
      );
    case 'stored':
      return turn.say(
        renderCard('record-file', {
          what,
          format: file.format,
          rows: outcome.rows,
          head: outcome.head,
          url: outcome.url,
          expiresAt: outcome.expiresAt,
        }),
      );
  }
}

function refused(sentence: string) {
  return renderCard('notice', { severity: 'refused', sentence });
}
