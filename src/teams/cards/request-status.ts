import { z } from 'zod';
import template from '../../../cards/request-status.json' with { type: 'json' };
import { traitsOf } from '../../domain/actions.ts';
import { type RequestRecord, requestId, requestStates } from '../../domain/request.ts';
import type { ApproverNotification } from '../../requests/report.ts';
import type { Audience } from '../card-context.ts';
import { obstacleOf } from '../obstacle.ts';
import { refusalWords } from '../refusal-words.ts';
import { whatWords } from '../request-wording.ts';
import type { TeamsServices } from '../teams-services.ts';
import { actionNoun } from './action-words.ts';
import { type DataOf, defineCard } from './definition.ts';
import { clip, plainName, prose, type Runs, runs } from './literal.ts';
import { outageShape, outageSummary, outageWords } from './outage.ts';
import { place } from './place.ts';
import { action, approversKnow, count, moment, name, requestFields } from './shapes.ts';
import { stateStyles } from './states.ts';
import { approversWords, countWords, momentWords, numberWords } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  action,
  /** Empty while the workspace is not known yet. */
  workspaceName: name,
  /** What the request is for: "everything", "3 datasets", a name. */
  what: z.string(),
  state: z.enum(requestStates),
  createdAt: moment,
  changedAt: moment,
  expiresAt: moment.nullable(),
  /** When it starts, while it cools off. */
  startsAt: moment.nullable().default(null),
  linkExpiresAt: moment.nullable(),
  /** What has become of its archive, if it has one. */
  archive: z.enum(['kept', 'being-revoked', 'removed']).default('kept'),
  /** Links from before work no longer, which was checked; null when none were revoked. */
  linksRevokedAt: moment.nullable().default(null),
  /** Why it was refused or failed. */
  note: z.string().nullable(),
  /** Only while the request is preparing, scheduled or running. */
  outage: outageShape,
  progress: z.strictObject({ done: count, total: count }).nullable(),
  /** Whether the approvers have been reached, while their approval is pending. */
  approvers: approversKnow.nullable().default(null),
  /** False for a reader who is not the requester. */
  mayCancel: z.boolean().default(true),
});

type Data = z.output<typeof shape>;

/** One request in a few lines, in any state, with the next step. */
export const requestStatus = defineCard(template, shape, (data) => {
  const { request, version, refreshFor, action, state } = data;
  const style = stateStyles[state];
  const title = runs(`${actionNoun(action)}: ${plainName(clip(data.what))}`, ...place('in', data.workspaceName));
  return {
    summary: `${request}. ${title.join('')}. ${style.words}.${outageSummary(data.outage)}`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Status`,
    title,
    icon: style.icon,
    colour: style.colour,
    state: style.words,
    next: nextWords(data),
    hasOutage: data.outage !== null,
    outage: outageWords(data.outage, cancelTitle(data)),
    facts: factsOf(data),
    canCancel: cancelTitle(data) !== null,
    cancelTitle: cancelTitle(data) ?? '',
  };
});

function nextWords({ state, request, action, note, progress, approvers, mayCancel, archive }: Data): Runs {
  if (isUnderWay(state) && note !== null) return prose(`${note} I keep trying.`);
  switch (state) {
    case 'preparing':
      return runs('I am preparing a preview. Nothing happens until you confirm it.');
    case 'awaiting-choice':
      return runs('Answer the question on its card, or cancel.');
    case 'awaiting-confirmation':
      return runs('Nothing happens until you confirm its preview.');
    case 'awaiting-approval':
      return runs(
        mayCancel ? 'You have confirmed. ' : 'Its requester has confirmed. ',
        'Someone else must approve it before it starts.',
        approvers === 'unreached' || approvers === 'administrators' ? ` ${approversWords(approvers)}` : '',
      );
    case 'cooling-off':
      return runs('It is confirmed, and starts on its own when its time has come. Until then it can be stopped.');
    case 'scheduled':
      return runs('It is confirmed and will start automatically.');
    case 'running':
      return runs(
        progress
          ? `${numberWords(progress.done)} of ${countWords(progress.total)} done.`
          : 'Its card shows how far it is.',
      );
    case 'succeeded':
    case 'partly-failed': {
      if (archive !== 'kept') return runs(archiveWords(archive));
      const exceptions = state === 'partly-failed' ? 'Its card lists the exceptions. ' : '';
      return runs(
        exceptions,
        !traitsOf(action).archives && traitsOf(action).hasReceipt
          ? 'Its card is the receipt.'
          : `For the archive, write “new link for ${request}”.`,
      );
    }
    case 'failed':
      return prose(note ?? 'It could not be done. Please ask again.');
    case 'cancelled':
      return runs('Nothing more will happen. If you still want it, ask again.');
    case 'expired':
      return runs('Nobody answered in time, so nothing was done. If you still want it, ask again.');
    case 'rejected':
      return prose(note ?? 'An approver rejected it, so nothing was done.');
  }
}

function archiveWords(archive: 'being-revoked' | 'removed'): string {
  return archive === 'removed'
    ? 'What it exported has been removed from storage, so no link to it works. For the data, ask for a new export.'
    : 'Its links are being revoked. Its card in the personal chat shows how far that is.';
}

function factsOf({ createdAt, changedAt, expiresAt, startsAt, linkExpiresAt, linksRevokedAt, state }: Data) {
  const waits = state.startsWith('awaiting-') && expiresAt !== null;
  return [
    { title: 'Requested', value: momentWords(createdAt) },
    { title: 'Last change', value: momentWords(changedAt) },
    ...(startsAt === null ? [] : [{ title: 'Starts', value: momentWords(startsAt) }]),
    ...(waits ? [{ title: 'Expires', value: momentWords(expiresAt) }] : []),
    ...(linkExpiresAt === null ? [] : [{ title: 'Link until', value: momentWords(linkExpiresAt) }]),
    ...(linksRevokedAt === null ? [] : [{ title: 'Older links', value: `revoked on ${momentWords(linksRevokedAt)}` }]),
  ];
}

/** Null when the request can no longer be cancelled. */
function cancelTitle({ state, mayCancel }: Data): string | null {
  if (!mayCancel) return null;
  switch (state) {
    case 'preparing':
    case 'awaiting-choice':
    case 'awaiting-confirmation':
    case 'cooling-off':
    case 'scheduled':
      return 'Cancel';
    case 'awaiting-approval':
      return 'Withdraw';
    case 'running':
      return 'Stop';
    case 'succeeded':
    case 'partly-failed':
    case 'failed':
    case 'cancelled':
    case 'expired':
    case 'rejected':
      return null;
  }
}

/** What a status card is made from: a request alone, since it also answers where no report is at hand. */
interface StatusContext {
  readonly services: Pick<TeamsServices, 'settings'>;
  readonly request: RequestRecord;
  readonly audience: Audience;
  /** Whether the approvers have been reached, where that was looked up. */
  readonly approvers?: ApproverNotification | null;
  /** Whether the reader may cancel it. */
  readonly mayCancel?: boolean;
}

/**
 * The data of a request's status: the answer to "status of DSR-1042". The person whose directory data is exported, whom
 * a refusal may name too, is shown to the requester only.
 */
export function requestStatusData({
  services,
  request,
  audience,
  approvers = null,
  mayCancel = true,
}: StatusContext): DataOf<typeof requestStatus> {
  const { progress, state } = request;
  return {
    request: requestId(request.number),
    version: request.version,
    action: request.action,
    workspaceName: request.workspace?.name ?? '',
    what: whatWords(request, audience),
    state,
    createdAt: request.createdAt,
    changedAt: request.updatedAt,
    expiresAt: request.expiresAt,
    startsAt: request.startsAt,
    linkExpiresAt: request.archiveRemovedAt === null ? request.linkExpiresAt : null,
    archive: archiveOf(request, audience),
    linksRevokedAt: audience === 'requester' ? request.linksRevokedAt : null,
    approvers,
    mayCancel,
    ...delayOf(services, request, audience),
    progress:
      state === 'running' && traitsOf(request.action).polled.length === 0
        ? { done: progress.assetsDone, total: progress.assetsTotal }
        : null,
  };
}

/** What has become of the archive. That its links are revoked concerns the requester only. */
function archiveOf({ archiveRemovedAt, revocation }: RequestRecord, audience: Audience): Data['archive'] {
  if (archiveRemovedAt !== null) return 'removed';
  return revocation !== null && audience === 'requester' ? 'being-revoked' : 'kept';
}

/** What delays the request, or why it ended. */
function delayOf(
  services: StatusContext['services'],
  { action, state, refusal, requester }: RequestRecord,
  audience: Audience,
): ReturnType<typeof obstacleOf> {
  if (refusal !== null && !traitsOf(action).isVisibleToOthers && audience !== 'requester') {
    const note = isUnderWay(state)
      ? 'It is delayed; its card in the personal chat says why.'
      : 'It could not be done as asked; its card in the personal chat says why.';
    return { note, outage: null };
  }
  if (isUnderWay(state)) return obstacleOf(refusal);
  const note = refusal === null ? null : refusalWords(services, refusal, requester, audience === 'requester');
  return { note, outage: null };
}

function isUnderWay(state: RequestRecord['state']): boolean {
  return state === 'preparing' || state === 'scheduled' || state === 'running';
}
