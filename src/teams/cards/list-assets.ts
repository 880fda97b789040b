import { z } from 'zod';
import template from '../../../cards/list-assets.json' with { type: 'json' };
import { limitSentence, overlookedWords } from '../limit-words.ts';
import { listLimits, longestFilter } from './button-data.ts';
import { defineCard } from './definition.ts';
import { longestName, plainName, prose, runs } from './literal.ts';
import { exampleButtons, examples } from './options.ts';
import { listLength, pageOf, pageTurner, shortened } from './pages.ts';
import { place } from './place.ts';
import { count, kind, moment, name } from './shapes.ts';
import { sizeSum, togetherWords } from './totals.ts';
import { capitalised, countWords, dayWords, kindWord, sizeWords } from './words.ts';

/** A row of a list of assets. `owner` is empty where it is not shown. */
export const listedAsset = z.strictObject({
  kind,
  name,
  sizeBytes: count.nullable(),
  createdAt: moment.nullable(),
  owner: z.string().default(''),
});

/** Whose it is, where it is shown and not the same for all. */
export function ownerOf(
  { owner }: z.output<typeof listedAsset>,
  limits: z.output<typeof listLimits>,
  room: number,
): string[] {
  return owner === '' || limits.owner === 'me' ? [] : [`owner ${plainName(owner, shortened(40, room))}`];
}

/** The assets of a workspace, newest first. */
export const listAssets = defineCard(
  template,
  z.strictObject({
    /** Sent back by the buttons that turn a page. */
    workspaceId: z.string(),
    workspaceName: name,
    /** What was asked for: a kind, a text in the name and the like; empty for everything. */
    limits: listLimits,
    size: sizeSum,
    /** What the question said and the list does not answer. */
    overlooked: z.string().nullable().default(null),
    assets: pageOf(listedAsset),
    examples: examples.default([]),
  }),
  ({ workspaceId, workspaceName, limits, size, overlooked, assets, examples: exampleSentences }, room) => {
    const { total } = assets;
    const { kind = null, filter = '' } = limits;
    const list = { workspace: workspaceId, ...limits };
    const shorter = assets.length === undefined ? {} : { rows: assets.length };
    const canTurn = filter.length <= longestFilter;
    const what = total === 0 ? `No ${kind === null ? 'assets' : kindWord(kind, 2)}` : countWords(total, kind);
    const title = runs(what, ...place('in', workspaceName));
    const filtered = limitSentence(limits);
    const order = total > 1 ? `${orderWords(limits)} first. ` : '';
    const sum = togetherWords(size);
    return {
      summary: `${title.join('')}. ${overlookedWords(overlooked)}${filtered}${sum}`.trim(),
      title,
      sentence: prose(`${overlookedWords(overlooked)}${filtered}${sum}${order}Microsoft’s samples are not counted.`),
      hasRows: total > 0,
      assets: assets.rows.map((asset) => ({
        name: runs(plainName(asset.name, shortened(longestName, room))),
        kind: runsBehind([...(kind === null ? [kindWord(asset.kind)] : []), ...ownerOf(asset, limits, room)]),
        size: asset.sizeBytes === null ? '–' : sizeWords(asset.sizeBytes),
        created: asset.createdAt === null ? '–' : dayWords(asset.createdAt),
      })),
      turn: (canTurn ? pageTurner(assets, assets.length ?? listLength) : []).map(({ where, turns }) => ({
        where,
        hint: `To narrow it down, write for example “${kind === null ? 'datasets' : kindWord(kind, 2)} with 2019 in the name”.`,
        turns: turns.map((turn) => ({ ...turn, data: { ...list, ...shorter, page: turn.to } })),
      })),
      hasExamples: exampleSentences.length > 0,
      examples: exampleButtons(exampleSentences),
    };
  },
);

function runsBehind(details: readonly string[]) {
  return details.length === 0 ? [] : runs(`  ${details.join(' · ')}`);
}

function orderWords({ pick }: z.output<typeof listLimits>): string {
  return capitalised(pick === undefined || pick.rest === true ? 'newest' : pick.by);
}
