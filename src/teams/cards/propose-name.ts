import { z } from 'zod';
import template from '../../../cards/propose-name.json' with { type: 'json' };
import type { AssetChoice, WorkspaceChoice } from '../../domain/request.ts';
import type { CardContext } from '../card-context.ts';
import { actionNoun } from './action-words.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, quoted, runs } from './literal.ts';
import { assetOption, expiryWords, option, optionRow, workspaceOption } from './options.ts';
import { action, moment, name, requestFields } from './shapes.ts';
import { momentWords } from './words.ts';

/** Nothing has the given name: offers the closest names and does not guess. */
export const proposeName = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    action,
    said: name,
    /** The workspace that was searched; null when the name is a workspace's. */
    where: name.nullable(),
    options: z.array(option).min(1).readonly(),
    expiresAt: moment,
  }),
  ({ request, version, refreshFor, action, said, where, options, expiresAt }, rows) => {
    const place = where === null ? 'None of your workspaces' : `Nothing in “${plainName(where)}”`;
    const sentence = `${place} is called “${plainName(said)}”.`;
    const [only, ...others] = options;
    const asksOne = only !== undefined && others.length === 0;
    const title = asksOne ? runs('Did you mean ', ...quoted(only.title), '?') : runs('Did you mean one of these?');
    return {
      summary: `${title.join('')} ${sentence}`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${actionNoun(action)}`,
      title,
      sentence: prose(sentence),
      options: options.slice(0, Math.min(10, rows)).map(optionRow),
      expiry: expiryWords(momentWords(expiresAt)),
    };
  },
);

/** The data of the closest names of workspaces, or of assets in the workspace. */
export function proposeNameData(
  { basis, report: { request } }: CardContext,
  choice: WorkspaceChoice | AssetChoice,
): DataOf<typeof proposeName> {
  const shared = { ...basis, action: request.action, expiresAt: request.expiresAt ?? request.updatedAt };
  return 'mention' in choice
    ? { ...shared, said: choice.said, where: request.workspace?.name ?? null, options: choice.options.map(assetOption) }
    : { ...shared, said: choice.said ?? '', where: null, options: choice.options.map(workspaceOption) };
}
