import { z } from 'zod';
import template from '../../../cards/list-assets.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { exampleButtons, examples } from './options.ts';
import { place } from './place.ts';
import { count, kind, moment, name } from './shapes.ts';
import { countWords, dayWords, kindWord, numberWords, sizeWords } from './words.ts';

/** How many assets the card lists. */
const mostListed = 25;

/** What a workspace holds, newest first. */
export const listAssets = defineCard(
  template,
  z.strictObject({
    workspaceName: name,
    /** The only kind that was asked for; null for all. */
    kind: kind.nullable(),
    /** The text that names had to hold. */
    filter: z.string().nullable(),
    assets: z
      .array(z.strictObject({ kind, name, sizeBytes: count.nullable(), createdAt: moment.nullable() }))
      .readonly(),
    /** How many there are that fit. */
    total: count,
    examples: examples.default([]),
  }),
  ({ workspaceName, kind, filter, assets, total, examples: said }, rows) => {
    const shown = assets.slice(0, Math.min(mostListed, rows));
    const missing = total - shown.length;
    const what = total === 0 ? `No ${kind === null ? 'assets' : kindWord(kind, 2)}` : countWords(total, kind);
    const title = runs(what, ...place('in', workspaceName));
    const filtered = filter === null ? '' : `With “${plainName(filter)}” in the name. `;
    const order = total > 1 ? 'Newest first. ' : '';
    return {
      summary: `${title.join('')}. ${filtered}`,
      title,
      sentence: prose(`${filtered}${order}Microsoft’s samples are not counted.`),
      hasRows: shown.length > 0,
      assets: shown.map((asset) => ({
        name: runs(plainName(asset.name)),
        kind: kind === null ? runs(`  ${kindWord(asset.kind)}`) : [],
        size: asset.sizeBytes === null ? '–' : sizeWords(asset.sizeBytes),
        created: asset.createdAt === null ? '–' : dayWords(asset.createdAt),
      })),
      hasMore: missing > 0,
      more: `and ${numberWords(missing)} more. To narrow it down, write for example “${kind === null ? 'datasets' : kindWord(kind, 2)} with 2019 in the name”.`,
      hasExamples: said.length > 0,
      examples: exampleButtons(said),
    };
  },
);
