import { z } from 'zod';
import template from '../../../cards/directory-progress.json' with { type: 'json' };
import { refusalSentence } from '../../domain/refusals.ts';
import type { CardContext } from '../card-context.ts';
import { type DataOf, defineCard } from './definition.ts';
import { directoryOf } from './directory-data.ts';
import { prose, quoted, runs } from './literal.ts';
import { moment, name, requestFields } from './shapes.ts';
import { momentWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  personName: name,
  /** `asking` once the call to Graph may have been sent, `following` once Graph has accepted it. */
  stage: z.enum(['starting', 'asking', 'following']),
  percent: z.number().min(0).max(100),
  startedAt: moment.nullable(),
  /** When Graph's write access to the container ends. */
  accessEndsAt: moment.nullable(),
  stopRequested: z.boolean(),
  /** Why the export is delayed; null without a problem. */
  note: z.string().nullable(),
});

/** A running export of directory data by Microsoft Graph, updated in place. */
export const directoryProgress = defineCard(template, shape, (data) => {
  const { request, version, refreshFor, stopRequested, accessEndsAt } = data;
  const title = runs('Exporting the directory data of ', ...quoted(data.personName, 60));
  const state = stateWords(data);
  return {
    summary: `${title.join('')}. ${state}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Export of directory data`,
    title,
    state,
    hasNote: data.note !== null,
    note: prose(data.note === null ? '' : `${data.note} I keep trying.`),
    access:
      accessEndsAt === null
        ? 'This card updates itself.'
        : `Microsoft Graph can write until ${momentWords(accessEndsAt)}. This card updates itself.`,
    canStop: !stopRequested,
    stopNote: stopRequested
      ? 'I will stop following it in a moment.'
      : 'The export itself cannot be cancelled. “Stop following” removes its container, so that nothing more can be written.',
  };
});

function stateWords({ stage, percent, startedAt }: z.output<typeof shape>): string {
  switch (stage) {
    case 'starting':
      return 'Starting shortly.';
    case 'asking':
      return 'I am asking Microsoft Graph.';
    case 'following': {
      const since = startedAt === null ? '' : ` Started ${momentWords(startedAt)}.`;
      return `Microsoft Graph is working on it: ${Math.floor(percent)} %.${since} It may take a long time.`;
    }
  }
}

/** The data of a running export by Microsoft Graph. */
export function directoryProgressData({ report, basis }: CardContext): DataOf<typeof directoryProgress> {
  const { request } = report;
  const { person, progress, askedAt, accessEndsAt } = directoryOf(report);
  const { phase } = request.progress;
  return {
    ...basis,
    personName: person.name,
    stage: phase === 'asking' || phase === 'following' ? phase : 'starting',
    percent: progress,
    startedAt: askedAt,
    accessEndsAt,
    stopRequested: request.stopRequested,
    note: request.refusal === null ? null : refusalSentence(request.refusal),
  };
}
