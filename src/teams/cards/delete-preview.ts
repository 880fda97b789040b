import { z } from 'zod';
import template from '../../../cards/delete-preview.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, quoted, type Runs, runs } from './literal.ts';
import { place } from './place.ts';
import { assetRow, count, kindTotal, moment, requestFields, workspace } from './shapes.ts';
import { sumTotals } from './totals.ts';
import {
  accountWords,
  countWords,
  dayWords,
  kindWord,
  listWords,
  momentWords,
  numberWords,
  plural,
  sizeWords,
} from './words.ts';

const shape = z.strictObject({
  ...requestFields,
  workspace,
  /** The first assets that would go, 100 at most. */
  assets: z.array(assetRow).min(1).readonly(),
  /** How many would go. */
  total: count,
  totals: z.array(kindTotal).readonly(),
  needsApproval: z.boolean(),
  lapsesAt: moment,
});

type Data = z.output<typeof shape>;

/** Assets on one page; the others open page by page. */
const pageLength = 15;

/** The most assets that the card names. */
const mostNamed = 100;

/** How many users of an asset are named. */
const mostUsers = 3;

/** Exactly what a deletion would remove: what the person confirms. */
export const deletePreview = defineCard(template, shape, (data, rows) => {
  const { request, version, refreshFor, workspace, totals, total, needsApproval } = data;
  const [only, ...others] = data.assets;
  const single = others.length === 0 && total === 1 ? only : undefined;
  const title = runs(`Delete `, ...subject(single?.name, data), ...place('from', workspace.name), '?');
  const named = data.assets.slice(0, Math.min(mostNamed, rows));
  const missing = total - named.length;
  const users = data.assets.reduce((sum, { dependants }) => sum + dependants.length, 0);
  return {
    summary: `${title.join('')} ${sumTotals(totals).words}. This cannot be undone. It waits for your confirmation.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Deletion preview`,
    title,
    subtitle: prose(`${accountWords(workspace.accountType, workspace.serviceType)} · ${sumTotals(totals).words}`),
    pages: pagesOf(named),
    turns: turnsOf(named.length),
    hasMore: missing > 0,
    more: `${numberWords(missing)} more would go that do not fit on this card. To see them all, cancel and ask for a list.`,
    consequence: consequenceWords(totals),
    hasDependants: users > 0,
    dependantsNote:
      users === 1
        ? 'What uses it stays, but will no longer run as it is.'
        : 'What uses them stays, but will no longer run as it is.',
    needsApproval,
    deleteTitle: single ? `Delete ${plainName(single.name, 24)}` : `Delete ${countWords(total, sameKind(totals))}`,
    lapse: `Nothing happens until you answer. This preview lapses on ${momentWords(data.lapsesAt)}.`,
  };
});

function subject(onlyName: string | undefined, { total, totals }: Data): Runs {
  return onlyName === undefined ? [countWords(total, sameKind(totals))] : quoted(onlyName, 60);
}

function sameKind(totals: Data['totals']) {
  const [only, ...others] = totals;
  return only !== undefined && others.length === 0 ? only.kind : null;
}

function pagesOf(assets: Data['assets']) {
  const pages = [];
  for (let start = 0; start < assets.length; start += pageLength) {
    const index = start / pageLength;
    pages.push({
      id: `page-${index}`,
      visible: index === 0,
      assets: assets.slice(start, start + pageLength).map(rowOf),
    });
  }
  return pages;
}

/** The buttons that open the next page. Each shows a page and the button after it, and hides itself. */
function turnsOf(named: number) {
  const pages = Math.ceil(named / pageLength);
  return Array.from({ length: Math.max(0, pages - 1) }, (_, index) => {
    const next = Math.min(pageLength, named - (index + 1) * pageLength);
    const hides = { elementId: `turn-${index}`, isVisible: false };
    const shows = [`page-${index + 1}`, ...(index + 2 < pages ? [`turn-${index + 1}`] : [])];
    return {
      id: `turn-${index}`,
      visible: index === 0,
      title: `Show ${next} more`,
      targets: [...shows.map((elementId) => ({ elementId, isVisible: true })), hides],
    };
  });
}

function rowOf({ kind, name, sizeBytes, createdAt, owner, versions, dependants }: z.output<typeof assetRow>) {
  const details = [
    kindWord(kind),
    ...(sizeBytes === null ? [] : [sizeWords(sizeBytes)]),
    ...(createdAt === null ? [] : [`created ${dayWords(createdAt)}`]),
    ...(owner === '' ? [] : [`owner ${plainName(owner, 40)}`]),
    ...(versions > 1 ? [`all ${plural(versions, 'version')}`] : []),
  ];
  const shown = dependants
    .slice(0, mostUsers)
    .map((user) => `${kindWord(user.kind)} ${quoted(user.name, 40).join('')}`);
  const rest = dependants.length - shown.length;
  const users = listWords(rest > 0 ? [...shown, `${numberWords(rest)} more`] : shown);
  return {
    name: quoted(name),
    detail: runs(`  ${details.join(' · ')}`),
    uses: users === '' ? [] : runs(`  Used by ${users}.`),
  };
}

/** What goes along: Studio deletes an asset's whole family, and an experiment with the history of its runs. */
function consequenceWords(totals: Data['totals']): string {
  const hasExperiments = totals.some(({ kind }) => kind === 'experiment');
  const hasOthers = totals.some(({ kind }) => kind !== 'experiment');
  return [
    ...(hasOthers ? ['Studio deletes every version of an asset, older ones too.'] : []),
    ...(hasExperiments ? ['An experiment goes with the history of its runs.'] : []),
  ].join(' ');
}
