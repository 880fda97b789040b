import { z } from 'zod';
import template from '../../../cards/choose-asset.json' with { type: 'json' };
import type { AssetChoice } from '../../domain/request.ts';
import type { CardContext } from '../card-context.ts';
import { actionNoun } from './action-words.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { assetOption, expiryWords, option, optionRow } from './options.ts';
import { action, moment, name, requestFields } from './shapes.ts';
import { countWords, momentWords } from './words.ts';

/** Several assets have the given name: asks which one, with one question per name. */
export const chooseAsset = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    action,
    workspaceName: name,
    questions: z
      .array(z.strictObject({ said: name, options: z.array(option).min(1).readonly() }))
      .min(1)
      .readonly(),
    /** True when the name became ambiguous after the person had confirmed a preview. */
    changed: z.boolean().default(false),
    expiresAt: moment,
  }),
  ({ request, version, refreshFor, action, workspaceName, questions, changed, expiresAt }, rows) => {
    const title = questions.length === 1 ? 'Which one do you mean?' : 'Which ones do you mean?';
    const asked = questions.slice(0, rows).map(({ said, options }) => ({
      question: `“${plainName(said)}” is the name of ${countWords(options.length)} in “${plainName(workspaceName)}”.`,
      options: options.slice(0, Math.min(10, rows)).map(optionRow),
    }));
    return {
      summary: `${title} ${asked[0]?.question ?? ''}`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${actionNoun(action)}`,
      title: runs(title),
      changed,
      questions: asked.map(({ question, options }) => ({ question: prose(question), options })),
      expiry: expiryWords(momentWords(expiresAt)),
    };
  },
);

/** The data of the question which asset is meant. */
export function chooseAssetData(
  { basis, report: { request } }: CardContext,
  { said, options }: AssetChoice,
): DataOf<typeof chooseAsset> {
  return {
    ...basis,
    action: request.action,
    expiresAt: request.expiresAt ?? request.updatedAt,
    workspaceName: request.workspace?.name ?? '',
    changed: request.changes !== null,
    questions: [{ said, options: options.map(assetOption) }],
  };
}
