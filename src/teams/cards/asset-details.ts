import { z } from 'zod';
import template from '../../../cards/asset-details.json' with { type: 'json' };
import { assetStatuses } from '../../domain/assets.ts';
import { selectionWords } from '../limit-words.ts';
import { listLimits, longestSaid } from './button-data.ts';
import { defineCard } from './definition.ts';
import { longestName, plainName, prose, quoted, runs } from './literal.ts';
import { shortened } from './pages.ts';
import { assetRow, name } from './shapes.ts';
import { capitalised, dayWords, kindWord, listWords, numberWords, plural, sizeWords } from './words.ts';

/** The most users of an asset that are named. */
const mostUsers = 8;

const detailed = assetRow.omit({ dependants: true }).extend({
  workspaceName: name,
  status: z.enum(assetStatuses).nullable().default(null),
  /** What uses it; null when that could not be read completely. */
  users: assetRow.shape.dependants.unwrap().nullable(),
});

/** One or a few assets with all that is known about them, to look at before anything is done with them. */
export const assetDetails = defineCard(
  template,
  z.strictObject({
    assets: z.array(detailed).readonly(),
    /** How they were chosen; unset when they were named. */
    limits: listLimits.exactOptional(),
    /** How many more have one of these names. */
    more: z.int().nonnegative().default(0),
    /** Names that were not found. */
    missing: z.array(name).readonly().default([]),
  }),
  ({ assets, limits, more, missing }, room) => {
    const [only, ...others] = assets;
    const named =
      only !== undefined && others.length === 0 ? `About this ${kindWord(only.kind)}` : 'About these assets';
    const heading = limits === undefined ? named : capitalised(selectionWords(limits));
    return {
      summary: `${heading}: ${listWords(assets.map((asset) => plainName(asset.name)))}.`,
      heading,
      assets: assets.map((asset) => detailsOf(asset, room)),
      hasMore: more > 0,
      more: `${numberWords(more)} more ${more === 1 ? 'has' : 'have'} such a name. Say the kind or the workspace to see ${more === 1 ? 'it' : 'them'}.`,
      hasMissing: missing.length > 0,
      missing: prose(`I cannot find ${listWords(missing.map((each) => `“${plainName(each)}”`))} in your workspaces.`),
    };
  },
);

function detailsOf(asset: z.output<typeof detailed>, room: number) {
  const { kind, name: assetName, id, workspaceName } = asset;
  const idWords = id === undefined ? [] : [` · id …${plainName(id)}`];
  const told = (words: string | null) => words ?? 'unknown';
  const object = `${kindWord(kind)} "${assetName}" in the workspace "${workspaceName}"`;
  const exportText = `export ${object}`;
  const deleteText = `delete ${object}`;
  return {
    name: quoted(assetName, shortened(longestName, room)),
    what: runs(`  ${kindWord(kind)}`, ...idWords),
    facts: [
      { title: 'Workspace', value: plainName(workspaceName, shortened(60, room)) },
      { title: 'Size', value: told(asset.sizeBytes === null ? null : sizeWords(asset.sizeBytes)) },
      { title: 'Created', value: told(asset.createdAt === null ? null : dayWords(asset.createdAt)) },
      ...(asset.owner === '' ? [] : [{ title: 'Owner', value: plainName(asset.owner, shortened(60, room)) }]),
      ...(asset.status === null ? [] : [{ title: 'State', value: asset.status }]),
      kind === 'experiment'
        ? { title: 'Earlier runs', value: numberWords(Math.max(0, asset.versions - 1)) }
        : { title: 'Versions', value: numberWords(asset.versions) },
    ],
    uses: prose(usesWords(asset, room), 1_000),
    canAsk: exportText.length <= longestSaid,
    exportText,
    deleteText,
  };
}

function usesWords({ kind, users, versions }: z.output<typeof detailed>, room: number): string {
  const word = kindWord(kind);
  if (users === null) return `What uses this ${word} could not be read completely.`;
  const goes = versions > 1 ? goingWith(kind, versions) : '';
  if (users.length === 0) return `Nothing that I know of uses this ${word}.${goes}`;
  const one = users.length === 1;
  const what = kind === 'experiment' ? `share${one ? 's' : ''} its earlier runs` : `use${one ? 's' : ''} it`;
  const who = `${plural(users.length, 'asset')} ${what}`;
  return `${who}, and would be affected by its deletion: ${userNames(users, room)}.${goes}`;
}

function goingWith(kind: z.output<typeof detailed>['kind'], versions: number): string {
  const others = kind === 'experiment' ? plural(versions - 1, 'earlier run') : `all ${plural(versions, 'version')}`;
  return ` A deletion takes ${others} with it.`;
}

function userNames(
  users: readonly { readonly kind: z.output<typeof detailed>['kind']; readonly name: string }[],
  room: number,
): string {
  const shown = users
    .slice(0, mostUsers)
    .map((user) => `${kindWord(user.kind)} “${plainName(user.name, shortened(60, room))}”`);
  const rest = users.length - shown.length;
  return listWords(rest > 0 ? [...shown, `${numberWords(rest)} more`] : shown);
}
