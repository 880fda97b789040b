import { z } from 'zod';
import template from '../../../cards/choose-person.json' with { type: 'json' };
import type { PersonChoice } from '../../domain/request.ts';
import type { CardContext } from '../card-context.ts';
import { actionNoun } from './action-words.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { expiryWords, option, optionRow } from './options.ts';
import { moment, name, requestFields } from './shapes.ts';
import { momentWords, plural } from './words.ts';

/** Asks which of several matching people in the directory the request is for. */
export const choosePerson = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    /** The name as the person wrote it. */
    said: name,
    options: z.array(option).min(1).readonly(),
    expiresAt: moment,
  }),
  ({ request, version, refreshFor, said, options, expiresAt }, rows) => {
    const title = 'Whose data do you mean?';
    const shown = options.slice(0, Math.min(10, rows));
    return {
      summary: `${title} ${plural(shown.length, 'account')} to choose from.`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${actionNoun('export-directory-data')}`,
      title: runs(title),
      sentence: prose(
        `Several accounts match “${plainName(said)}”. If none is right, cancel and ask again with the full address.`,
      ),
      options: shown.map(optionRow),
      expiry: expiryWords(momentWords(expiresAt)),
    };
  },
);

/** The data of the question which person is meant. */
export function choosePersonData(
  { basis, report: { request } }: CardContext,
  { said, options }: PersonChoice,
): DataOf<typeof choosePerson> {
  return {
    ...basis,
    said,
    options: options.map(({ id, name, address }) => ({ id, title: name, detail: address })),
    expiresAt: request.expiresAt ?? request.updatedAt,
  };
}
