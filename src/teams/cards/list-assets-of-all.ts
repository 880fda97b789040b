import { z } from 'zod';
import template from '../../../cards/list-assets-of-all.json' with { type: 'json' };
import { limitSentence, overlookedWords } from '../limit-words.ts';
import { listLimits, longestFilter } from './button-data.ts';
import { defineCard } from './definition.ts';
import { listedAsset, ownerOf } from './list-assets.ts';
import { longestName, plainName, prose, quoted, runs } from './literal.ts';
import { shortened } from './pages.ts';
import { count, name } from './shapes.ts';
import { sizeSum, togetherWords, totalSize } from './totals.ts';
import { countWords, dayWords, kindWord, numberWords, plural, sizeWords } from './words.ts';

/** The newest assets of each of several workspaces. */
export const listAssetsOfAll = defineCard(
  template,
  z.strictObject({
    limits: listLimits,
    /** What the question said and the list does not answer. */
    overlooked: z.string().nullable().default(null),
    lists: z
      .array(
        z.strictObject({
          /** Sent back by the button that shows the whole list. */
          workspaceId: z.string(),
          workspaceName: name,
          total: count,
          size: sizeSum,
          rows: z.array(listedAsset).readonly(),
        }),
      )
      .readonly(),
    /** How many workspaces are not shown. */
    more: count.default(0),
  }),
  ({ limits, overlooked, lists, more }, room) => {
    const { kind: wanted = null, filter = '' } = limits;
    const total = lists.reduce((sum, list) => sum + list.total, 0);
    const size = {
      sizeBytes: lists.reduce((sum, list) => sum + list.size.sizeBytes, 0),
      sizeIncomplete: more > 0 || lists.some((list) => list.size.sizeIncomplete),
    };
    const title = `${total === 0 ? `No ${wanted === null ? 'assets' : kindWord(wanted, 2)}` : countWords(total, wanted)} in ${plural(lists.length + more, 'workspace')}`;
    return {
      summary: `${title}.`,
      title: runs(title),
      sentence: prose(
        `${overlookedWords(overlooked)}${limitSentence(limits)}${togetherWords(size)}${limits.pick === undefined ? 'The newest of each. ' : ''}Microsoft’s samples are not counted.`,
      ),
      lists: lists.map((list) => ({
        name: quoted(list.workspaceName, shortened(longestName, room)),
        count: runs(`  ${list.total === 0 ? 'none' : `${countWords(list.total, wanted)}${sizeBehind(list.size)}`}`),
        assets: list.rows.map((asset) => ({
          name: runs(plainName(asset.name, shortened(longestName, room))),
          detail: runs(`  ${[...detailWords(asset, wanted === null), ...ownerOf(asset, limits, room)].join(' · ')}`),
        })),
        hasMore: list.total > list.rows.length && filter.length <= longestFilter,
        all: `Show all ${numberWords(list.total)}`,
        tooltip: `Show all in ${plainName(list.workspaceName, 60)}`,
        data: { ...limits, workspace: list.workspaceId, page: 0 },
      })),
      hasMore: more > 0,
      more: `${plural(more, 'more workspace')} not shown. Name one to see what is in it.`,
    };
  },
);

function detailWords(asset: z.output<typeof listedAsset>, withKind: boolean): string[] {
  return [
    ...(withKind ? [kindWord(asset.kind)] : []),
    ...(asset.sizeBytes === null ? [] : [sizeWords(asset.sizeBytes)]),
    ...(asset.createdAt === null ? [] : [dayWords(asset.createdAt)]),
  ];
}

function sizeBehind(size: z.output<typeof sizeSum>): string {
  return size.sizeBytes === 0 ? '' : `, ${totalSize(size)}`;
}
