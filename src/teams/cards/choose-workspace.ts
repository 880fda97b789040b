import { z } from 'zod';
import template from '../../../cards/choose-workspace.json' with { type: 'json' };
import { defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { expiryWords, option, optionRow } from './options.ts';
import { action, count, moment, name, requestFields } from './shapes.ts';
import { actionNoun, momentWords, plural } from './words.ts';

const verbs = {
  export: 'export',
  delete: 'delete from',
  'export-then-delete': 'export and then delete from',
  'delete-workspace': 'delete as a whole',
  'export-then-delete-workspace': 'export and then delete as a whole',
  'export-directory-data': 'export directory data from',
} as const;

/** Asks which of several workspaces is meant. */
export const chooseWorkspace = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    action,
    /** The name as the person said it, when it fits several. */
    said: name.nullable(),
    options: z.array(option).min(1).readonly(),
    /** How many workspaces there are to choose from; more than are offered when the list is long. */
    total: count.optional(),
    expiresAt: moment,
  }),
  ({ request, version, refreshFor, action, said, options, total, expiresAt }, rows) => {
    const verb = verbs[action];
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
      sentence: prose(said === null ? 'You have several.' : `Several match “${plainName(said)}”.`),
      options: shown.map(optionRow),
      hasMore: missing > 0,
      more: `${plural(missing, 'more workspace')} not shown. Cancel and name the one you mean.`,
      expiry: expiryWords(momentWords(expiresAt)),
    };
  },
);
