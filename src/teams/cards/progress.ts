import { z } from 'zod';
import template from '../../../cards/progress.json' with { type: 'json' };
import { traitsOf } from '../../domain/actions.ts';
import { mainSource } from '../../sources/registry.ts';
import type { CardContext } from '../card-context.ts';
import { obstacleOf } from '../obstacle.ts';
import { actionNoun } from './action-words.ts';
import { type DataOf, defineCard } from './definition.ts';
import { prose, runs } from './literal.ts';
import { outageShape, outageSummary, outageWords } from './outage.ts';
import { place } from './place.ts';
import { action, count, moment, name, requestFields } from './shapes.ts';
import { countWords, momentWords, numberWords, sizeWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  action,
  /** Null until a worker has started. */
  phase: z.enum(['exporting', 'deleting', 'checking']).nullable(),
  assetsDone: count,
  assetsTotal: count,
  bytesDone: count,
  /** 0 when bytes are irrelevant or unknown. */
  bytesTotal: count,
  startedAt: moment.nullable(),
  stopRequested: z.boolean(),
  /** Why the request is delayed; null without a problem. */
  note: z.string().nullable().default(null),
  outage: outageShape,
});

type Data = z.output<typeof shape>;

/** How many characters the bar has. */
const barLength = 20;

/** A running request, updated in place. */
export const progress = defineCard(template, shape, (data) => {
  const { request, version, refreshFor, action, phase, stopRequested, startedAt } = data;
  const share = doneShare(data);
  const full = Math.floor(share * barLength);
  const doing = { exporting: 'Exporting', deleting: 'Deleting', checking: 'Checking that it is gone' };
  const title = runs(
    phase === null ? (startedAt === null ? 'Starting soon' : 'Getting ready') : doing[phase],
    ...place(phase === 'exporting' ? 'from' : 'in', data.workspaceName),
  );
  const assets = `${numberWords(data.assetsDone)} of ${countWords(data.assetsTotal)}`;
  const bytes =
    phase !== 'exporting' || data.bytesTotal === 0
      ? ''
      : ` · ${sizeWords(data.bytesDone)} of ${sizeWords(data.bytesTotal)}`;
  const percent = `${Math.floor(share * 100)} %`;
  const canStop = !stopRequested && phase !== 'checking';
  return {
    summary: `${title.join('')}: ${assets} done, ${percent}.${outageSummary(data.outage)}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · ${data.schedule?.name ?? actionNoun(action)}`,
    title,
    barDone: '█'.repeat(full),
    barLeft: '░'.repeat(barLength - full),
    hasDone: full > 0,
    hasLeft: full < barLength,
    percent,
    amount: `${assets}${bytes}`,
    hasOutage: data.outage !== null,
    outage: outageWords(data.outage, canStop ? 'Stop' : null),
    hasNote: data.note !== null,
    note: prose(data.note === null ? '' : `${data.note} I keep trying.`),
    started:
      startedAt === null ? 'This card updates itself.' : `Started ${momentWords(startedAt)}. This card updates itself.`,
    canStop,
    stopNote: stopWords(data),
  };
});

/**
 * The completed share, from 0 to 1: by bytes during an export where sizes are known, since assets differ in size. Where
 * a deletion follows the export, each counts for half, so that the bar never goes backwards.
 */
function doneShare(data: Data): number {
  const { phase, action } = data;
  if (phase === null || traitsOf(action).steps.length < 2) return phaseShare(data);
  return (phase === 'exporting' ? 0 : 0.5) + phaseShare(data) / 2;
}

function phaseShare({ phase, assetsDone, assetsTotal, bytesDone, bytesTotal }: Data): number {
  const byBytes = phase === 'exporting' && bytesTotal > 0;
  const [done, total] = byBytes ? [bytesDone, bytesTotal] : [assetsDone, assetsTotal];
  return total === 0 ? 0 : Math.min(1, done / total);
}

function stopWords({ action, phase, stopRequested }: Data): string {
  if (stopRequested) return 'Stopping. Work that has already started may still be completed.';
  if (phase === 'checking') return `I am checking with a fresh list from ${mainSource.name} that nothing is left.`;
  const { archives, deletes } = traitsOf(action);
  if (phase === 'deleting' || (deletes === 'assets' && !archives)) {
    return 'Stop keeps the rest. What is already deleted cannot be restored.';
  }
  if (deletes === 'workspace' && !archives) return 'Nothing has been deleted yet. Stop ends the request.';
  return deletes !== 'nothing'
    ? 'Nothing is deleted before the export is complete. Stop ends the request.'
    : 'Stop ends the export. Nothing in the workspace is changed.';
}

/** The data of a running request. */
export function progressData({ basis, report: { request } }: CardContext): DataOf<typeof progress> {
  const { phase, assetsDone, assetsTotal, bytesDone, bytesTotal } = request.progress;
  return {
    ...basis,
    workspaceName: request.workspace?.name ?? '',
    action: request.action,
    phase: phase === 'exporting' || phase === 'deleting' || phase === 'checking' ? phase : null,
    assetsDone,
    assetsTotal,
    bytesDone,
    bytesTotal,
    startedAt: request.startedAt,
    stopRequested: request.stopRequested,
    ...obstacleOf(request.refusal),
  };
}
