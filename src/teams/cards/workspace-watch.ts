import { z } from 'zod';
import template from '../../../cards/workspace-watch.json' with { type: 'json' };
import { refusalSentence } from '../../domain/refusals.ts';
import { mainSource } from '../../sources/registry.ts';
import { archiveData } from '../archive-links.ts';
import type { CardContext } from '../card-context.ts';
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { type DataOf, defineCard } from './definition.ts';
import { prose, quoted, type Runs, runs } from './literal.ts';
import { name, requestFields } from './shapes.ts';
import { removalOf } from './tied-resources.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  /**
   * `asking`: the deletion call is being made. `unanswered`: it got no answer, and its effect is being checked.
   * `accepted`: the service has accepted it. `by-hand`: a person has to delete the workspace.
   */
  stage: z.enum(['asking', 'unanswered', 'accepted', 'by-hand']),
  /** Why a person has to delete it, or why there was no answer. */
  why: z.string().nullable(),
  where: z.enum(['source', 'azure-portal']),
  url: z.url({ protocol: /^https$/u }),
  /** What to look for when the link does not open the exact page: a subscription, then a workspace. */
  lookFor: z.array(name).readonly(),
  archive: archiveShape,
  stopRequested: z.boolean(),
});

type Data = z.output<typeof shape>;

/** A workspace that is being deleted: Steward polls until it is gone, and says what a person has to do, if anything. */
export const workspaceWatch = defineCard(template, shape, (data) => {
  const { request, version, refreshFor, stage, stopRequested } = data;
  const byHand = stage === 'by-hand';
  const title = byHand
    ? runs('Please delete ', ...quoted(data.workspaceName, 60), ' yourself')
    : runs('Deleting the workspace ', ...quoted(data.workspaceName, 60));
  return {
    summary: `${title.join('')}. I check until it is gone.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Workspace deletion`,
    title,
    why: prose(
      byHand ? (data.why ?? 'I am not allowed to delete it.') : stage === 'unanswered' ? (data.why ?? '') : '',
    ),
    steps: byHand ? stepsOf(data).map((step, index) => ({ words: runs(`${index + 1}. `, ...step) })) : [],
    watch: watchWords(data),
    open: byHand
      ? [{ title: data.where === 'source' ? `Open in ${mainSource.name}` : 'Open the Azure portal', url: data.url }]
      : [],
    canStop: stage !== 'accepted' && !stopRequested,
    pages: archivePages(data.archive),
    ...archiveView(data.archive, request, archivePages(data.archive)),
  };
});

function stepsOf({ where, workspaceName, lookFor }: Data): Runs[] {
  if (where === 'source') {
    return [
      [`Open the workspace in ${mainSource.name} and sign in as its owner.`],
      ['Go to Settings.'],
      ['Press the button that deletes the workspace, and confirm.'],
    ];
  }
  const [subscription] = lookFor;
  const find: Runs[] =
    subscription === undefined
      ? [['Open the workspace in the Azure portal.']]
      : [
          [`Open the list of ${mainSource.distinctName} workspaces in the Azure portal.`],
          ['Open ', ...quoted(workspaceName, 60), ' in the subscription ', ...quoted(subscription, 60), '.'],
        ];
  return [...find, ['Press Delete at the top of its page, and confirm.']];
}

function watchWords({ stage, stopRequested }: Data): string {
  switch (stage) {
    case 'asking':
      return stopRequested
        ? 'You asked me to stop. A deletion call that is already under way cannot be taken back; if it fails, I will not try again. This card will show the result.'
        : 'I am starting the deletion. A call that is already under way cannot be taken back. If you press Cancel and it fails, I will not try again.';
    case 'unanswered':
      return stopRequested
        ? 'You asked me to stop, so I will not try again. My last call got no answer. I am checking whether it worked; this card will show the result.'
        : [
            'My call got no answer, so the deletion may or may not have started. I am checking.',
            'I try again only if the workspace is still there and as you saw it, and you may still delete it.',
            'If you press Cancel, I will not try again.',
          ].join(' ');
    case 'accepted':
      if (stopRequested) {
        return 'The deletion was accepted before you asked me to stop, and cannot be taken back. I check until the workspace is gone; then this card becomes the receipt.';
      }
      return 'The deletion is accepted. I check until the workspace is gone; then this card becomes the receipt.';
    case 'by-hand':
      if (stopRequested) return 'Cancelling. I will stop checking in a moment.';
      return 'I check every few minutes. When the workspace is gone, this card becomes the receipt; you do not need to tell me. To stop, press Cancel; I then leave the workspace as it is.';
  }
}

/** The data of a workspace that is being deleted. */
export async function workspaceWatchData(context: CardContext): Promise<DataOf<typeof workspaceWatch>> {
  const { request } = context.report;
  const { phase } = request.progress;
  // The reason is set when a call got no answer, and cleared when the next call gets one.
  const asking = request.refusal === null ? 'asking' : 'unanswered';
  return {
    ...context.basis,
    workspaceName: request.workspace?.name ?? '',
    stage: phase === 'checking' ? 'accepted' : phase === 'waiting' ? 'by-hand' : asking,
    why: request.refusal === null ? null : refusalSentence(request.refusal),
    ...removalOf(request).byHand,
    archive: await archiveData(context),
    stopRequested: request.stopRequested,
  };
}
