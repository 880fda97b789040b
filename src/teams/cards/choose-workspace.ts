import { z } from 'zod';
import template from '../../../cards/choose-workspace.json' with { type: 'json' };
import type { WorkspaceChoice } from '../../domain/request.ts';
import type { CardContext } from '../card-context.ts';
import { actionNoun, actionWords } from './action-words.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { expiryWords, option, optionRow, workspaceOption } from './options.ts';
import { action, count, moment, name, requestFields } from './shapes.ts';
import { momentWords, plural } from './words.ts';

/** Asks which of several workspaces the request is for. */
export const chooseWorkspace = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    action,
    /** The name as the person wrote it, when it matches several. */
    said: name.nullable(),
    options: z.array(option).min(1).readonly(),
    /** How many workspaces there are to choose from; more than are offered when the list is long. */
    total: count.optional(),
    expiresAt: moment,
  }),
  ({ request, version, refreshFor, action, said, options, total, expiresAt }, rows) => {
    const verb = actionWords(action).inWorkspace;
    const title = `Which workspace do you want to ${verb}?`;
    const shown = options.slice(0, Math.min(20, rows));
    const missing = Math.max(total ?? 0, options.length) - shown.length;
    return {
      summary: `${title} ${plural(shown.length, 'workspace')} to choose from.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${actionNoun(action)}`,
      title: runs(title),
      sentence: prose(said === null ? 'You have several workspaces.' : `Several match “${plainName(said)}”.`),
      options: shown.map(optionRow),
      hasMore: missing > 0,
      more: `Not shown: ${plural(missing, 'more workspace')}. If yours is not listed, cancel and ask again with its name.`,
      expiry: expiryWords(momentWords(expiresAt)),
    };
  },
);

/** The data of the question which workspace is meant. */
export function chooseWorkspaceData(
  { basis, report: { request } }: CardContext,
  { said, options }: WorkspaceChoice,
): DataOf<typeof chooseWorkspace> {
  return {
    ...basis,
    action: request.action,
    expiresAt: request.expiresAt ?? request.updatedAt,
    said,
    options: options.map(workspaceOption),
  };
}
