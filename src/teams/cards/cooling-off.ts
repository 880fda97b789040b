import { z } from 'zod';
import template from '../../../cards/cooling-off.json' with { type: 'json' };
import { isWorkspaceDeletion } from '../../domain/actions.ts';
import { type ApproverNotification, approversOf } from '../../requests/report.ts';
import { assetPage, factsOf } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { whatWords } from '../request-wording.ts';
import { actionNoun } from './action-words.ts';
import { assetLine } from './asset-rows.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { pageOf, requestPageTurner } from './pages.ts';
import { place } from './place.ts';
import { reasonGiven, reasonGivenData, reasonGivenView } from './reason-view.ts';
import { action, approversKnow, assetRow, kindTotal, moment, name, requestFields } from './shapes.ts';
import { totalRows } from './totals.ts';
import { momentWords, plainMomentWords } from './words.ts';

/** A request that has met every condition and starts later, so that it can still be stopped. */
export const coolingOff = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    action,
    requesterName: name,
    workspaceName: name,
    what: z.string(),
    startsAt: moment,
    /** Who has approved it; null when nobody had to. */
    approvedBy: name.nullable().default(null),
    /** Whether the reader is the requester. */
    isOwn: z.boolean().default(true),
    reasonGiven,
    /** What reviewers see of it, who may not have seen its preview: its assets, and their number. */
    assets: pageOf(assetRow).default({ rows: [], page: 0, total: 0 }),
    totals: z.array(kindTotal).readonly().default([]),
    /** Whether the reviewers may stop it, and know of it; null where nobody else hears of it. */
    reviewers: approversKnow.nullable().default(null),
  }),
  (data, room) => {
    const { request, version, refreshFor, action, isOwn, startsAt, assets } = data;
    const noun = actionNoun(action);
    const confirmed = isOwn ? 'You have confirmed it' : `${plainName(data.requesterName)} has confirmed it`;
    const approved = data.approvedBy === null ? '' : `, and ${plainName(data.approvedBy)} approved it`;
    const sentence = `${confirmed}${approved}. Nothing has been done yet.`;
    const subject = runs(`${noun}: ${plainName(data.what)}`, ...place('in', data.workspaceName));
    const pages = { assets: assets.page };
    return {
      summary: `${request}, ${subject.join('')}, starts on ${plainMomentWords(startsAt)}. ${sentence}`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${noun}`,
      title: runs('Confirmed, waiting to start'),
      subject,
      sentence: prose(sentence),
      ...reasonGivenView(data.reasonGiven, isOwn ? null : data.requesterName),
      when: `It starts on ${momentWords(startsAt)}.`,
      ...totalRows(data.totals),
      pages,
      assets: assets.rows.map((asset) => assetLine(asset, room)),
      assetsTurn: requestPageTurner('assets', assets, pages),
      stopping: runs(
        `Until then ${whoMayStop(data)} can stop it: with the button, or by writing “stop ${request}”.`,
        isOwn && data.approvedBy === null && data.reviewers !== null ? ` ${toldWords[data.reviewers]}` : '',
      ),
    };
  },
);

const toldWords = {
  told: 'I have told the approvers.',
  asking: 'I am telling the approvers.',
  unreached: 'I have not reached the approvers yet and keep trying.',
  administrators:
    'I have not reached the approvers yet and keep trying. I have told the Studio Steward administrators, who can stop it, too.',
} as const;

/** An owner may stop it too, but hears of it only from others. */
function whoMayStop({
  isOwn,
  requesterName,
  approvedBy,
  reviewers,
}: {
  isOwn: boolean;
  requesterName: string;
  approvedBy: string | null;
  reviewers: ApproverNotification | null;
}): string {
  const requester = isOwn ? 'you' : plainName(requesterName);
  if (approvedBy !== null)
    return `${requester}, an owner of the workspace, an administrator, and whoever may approve it`;
  return reviewers === null
    ? requester
    : `${requester}, an owner of the workspace, an administrator, and the approvers`;
}

/** The data of a request that waits until it starts. */
export async function coolingOffData(context: CardContext): Promise<DataOf<typeof coolingOff>> {
  const { basis, report, audience } = context;
  const { request } = report;
  const isForReviewers = audience === 'approvers';
  return {
    ...basis,
    action: request.action,
    requesterName: request.requester.name,
    workspaceName: request.workspace?.name ?? '',
    what: whatWords(request, audience),
    startsAt: request.startsAt ?? request.updatedAt,
    approvedBy: request.decidedBy,
    isOwn: audience === 'requester',
    reasonGiven: reasonGivenData(context),
    totals: isForReviewers ? request.totals : [],
    ...(isForReviewers && !isWorkspaceDeletion(request.action)
      ? { assets: await assetPage({ context, list: 'shown', shownAs: 'assets', toRow: factsOf }) }
      : {}),
    reviewers: report.isShownToReviewers ? approversOf(report) : null,
  };
}
