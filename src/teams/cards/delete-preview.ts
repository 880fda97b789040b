import { z } from 'zod';
import template from '../../../cards/delete-preview.json' with { type: 'json' };
import { traitsOf } from '../../domain/actions.ts';
import { mainSource } from '../../sources/registry.ts';
import { assetPage, factsForOthers, factsOf } from '../asset-pages.ts';
import type { CardContext } from '../card-context.ts';
import { chosenWords } from '../limit-words.ts';
import { approvalsView, namedReviewers } from './approvals-view.ts';
import { assetLine } from './asset-rows.ts';
import { changesShape, changesView, reconfirmWords } from './changes.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, quoted, type Runs, runs } from './literal.ts';
import { pageOf, requestPageTurner } from './pages.ts';
import { place } from './place.ts';
import { previewData } from './preview-data.ts';
import { reasonAsked, reasonAskedData, reasonField } from './reason-view.ts';
import { retryOf, retryOfData, retryWords } from './retry-button.ts';
import { assetRow, count, kindTotal, moment, requestFields, workspace } from './shapes.ts';
import { sumTotals, unseenWords } from './totals.ts';
import { accountWords, countWords, momentWords, numberWords, sentences } from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspace,
  /** The assets that would be deleted. */
  assets: pageOf(assetRow),
  totals: z.array(kindTotal).readonly(),
  changes: changesShape,
  /** How the assets were chosen, as a sentence; empty when they were named. */
  chosen: z.string().default(''),
  retryOf,
  approvalsNeeded: count,
  /** Who has to approve it; null when these are the approvers. */
  reviewers: z.string().nullable().default(null),
  /** Cooling-off period before it starts, in minutes. */
  waitMinutes: z.number().min(0).default(0),
  reasonAsked,
  /** Whether a copy was asked for, so that the deletion alone cannot be confirmed. */
  exportsFirst: z.boolean().default(false),
  expiresAt: moment,
});

type Data = z.output<typeof shape>;

/** Exactly what a deletion would remove: what the person confirms. */
export const deletePreview = defineCard(template, shape, (data, room) => {
  const { request, version, refreshFor, workspace, assets, totals } = data;
  const { total } = assets;
  const account = accountWords(workspace.accountType, workspace.serviceType);
  const single = total === 1 ? assets.rows[0] : undefined;
  const title = runs(`Delete `, ...subject(single?.name, data), ...place('from', workspace.name), '?');
  const pages = { assets: assets.page };
  const used = totals.reduce((sum, each) => sum + (each.used ?? 0), 0);
  const sharing = totals.find(({ kind }) => kind === 'experiment')?.used ?? 0;
  return {
    summary: `${reconfirmWords(data.changes)}${title.join('')} ${sumTotals(totals).words}. This cannot be undone. It is waiting for your confirmation.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Deletion preview${retryWords(data.retryOf)}`,
    title,
    subtitle: prose(sentences(`${account} · ${sumTotals(totals).words}`, data.chosen)),
    ...changesView(data.changes),
    pages,
    assets: assets.rows.map((asset) => assetLine(asset, room)),
    assetsTurn: requestPageTurner('assets', assets, pages),
    consequence: consequenceWords(totals),
    hasDependants: used > 0,
    dependantsNote: dependantsWords(total, sharing, used - sharing),
    ...approvalsView(data.approvalsNeeded, data.waitMinutes, data.reviewers),
    ...reasonField(data.reasonAsked),
    exportsFirst: data.exportsFirst,
    deleteTitle: single ? `Delete ${plainName(single.name, 24)}` : `Delete ${countWords(total, sameKind(totals))}`,
    expiry: `Nothing happens until you answer. This preview expires on ${momentWords(data.expiresAt)}.`,
  };
});

/** What the deletion does to dependants: to what uses the assets, and to experiments that share runs with them. */
function dependantsWords(total: number, sharing: number, used: number): string {
  const uses =
    total === 1
      ? 'What uses it'
      : `${numberWords(used)} of these ${used === 1 ? 'is' : 'are'} used by something else. That`;
  const shares =
    total === 1
      ? 'An experiment that shares earlier runs with it loses those runs too.'
      : `${numberWords(sharing)} of these ${sharing === 1 ? 'shares' : 'share'} earlier runs with another experiment, which loses those runs too.`;
  return [
    ...(used > 0 ? [`${uses} is not deleted, but will no longer run unless it is changed.`] : []),
    ...(sharing > 0 ? [shares] : []),
  ].join(' ');
}

function subject(onlyName: string | undefined, { assets, totals }: Data): Runs {
  return onlyName === undefined ? [countWords(assets.total, sameKind(totals))] : quoted(onlyName, 60);
}

function sameKind(totals: Data['totals']) {
  const [only, ...others] = totals;
  return only !== undefined && others.length === 0 ? only.kind : null;
}

/** What is deleted as well: Studio deletes all versions of an asset, and an experiment with the history of its runs. */
function consequenceWords(totals: Data['totals']): string {
  const hasExperiments = totals.some(({ kind }) => kind === 'experiment');
  const hasOthers = totals.some(({ kind }) => kind !== 'experiment');
  return [
    ...(hasOthers ? [`${mainSource.name} deletes every version of an asset, including older ones.`] : []),
    ...(hasExperiments ? ['An experiment is deleted with the history of its runs.'] : []),
    ...unseenWords(totals),
  ].join(' ');
}

/** The data of a deletion's preview. The owners of assets are for the requester only. */
export async function deletePreviewData(context: CardContext): Promise<DataOf<typeof deletePreview>> {
  const { report, audience } = context;
  const toRow = audience === 'requester' ? factsOf : factsForOthers;
  return {
    ...previewData(context),
    chosen: chosenWords(report.request.ask),
    retryOf: retryOfData(report),
    approvalsNeeded: report.request.approvalsNeeded,
    reviewers: namedReviewers(report.request),
    waitMinutes: report.request.terms?.waitMinutes ?? 0,
    reasonAsked: reasonAskedData(context),
    exportsFirst: traitsOf(report.request.action).archives,
    assets: await assetPage({ context, list: 'shown', shownAs: 'assets', toRow }),
  };
}
