import { z } from 'zod';
import template from '../../../cards/workspace-watch.json' with { type: 'json' };
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { defineCard } from './definition.ts';
import { prose, quoted, type Runs, runs } from './literal.ts';
import { name, requestFields } from './shapes.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  /**
   * `asking` while the deletion is asked for, `unanswered` when that brought no answer and is looked into, `accepted` once it was, `by-hand` while a person has to do it.
   */
  stage: z.enum(['asking', 'unanswered', 'accepted', 'by-hand']),
  /** Why a person has to do it, or what kept the answer away. */
  why: z.string().nullable(),
  where: z.enum(['studio', 'azure-portal']),
  url: z.url({ protocol: /^https$/u }),
  /** What to look for there, when the address does not lead to the very page: a subscription, then a workspace. */
  lookFor: z.array(name).readonly(),
  archive: archiveShape,
  stopRequested: z.boolean(),
});

type Data = z.output<typeof shape>;

/** A workspace that is about to be gone: Steward looks for it until it is, and says what a person has to do for that. */
export const workspaceWatch = defineCard(template, shape, (data) => {
  const { request, version, refreshFor, stage, stopRequested } = data;
  const byHand = stage === 'by-hand';
  const title = byHand
    ? runs('Please delete ', ...quoted(data.workspaceName, 60), ' yourself')
    : runs('Deleting the workspace ', ...quoted(data.workspaceName, 60));
  return {
    summary: `${title.join('')}. I look until it is gone.`,
    request,
    version,
    refreshFor,
    eyebrow: `${request} · Workspace deletion`,
    title,
    why: prose(byHand ? (data.why ?? 'I have no right to delete it.') : stage === 'unanswered' ? (data.why ?? '') : ''),
    steps: byHand ? stepsOf(data).map((step, index) => ({ words: runs(`${index + 1}. `, ...step) })) : [],
    watch: watchWords(data),
    open: byHand
      ? [{ title: data.where === 'studio' ? 'Open in Studio' : 'Open the Azure portal', url: data.url }]
      : [],
    canStop: stage !== 'accepted' && !stopRequested,
    pages: archivePages(data.archive),
    ...archiveView(data.archive, request, archivePages(data.archive)),
  };
});

function stepsOf({ where, workspaceName, lookFor }: Data): Runs[] {
  if (where === 'studio') {
    return [
      ['Open the workspace in Studio and sign in as its owner.'],
      ['Go to Settings.'],
      ['Press the button that deletes the workspace, and confirm.'],
    ];
  }
  const [subscription] = lookFor;
  const find: Runs[] =
    subscription === undefined
      ? [['Open the workspace in the Azure portal.']]
      : [
          ['Open the list of Studio (classic) workspaces in the Azure portal.'],
          ['Open ', ...quoted(workspaceName, 60), ' in the subscription ', ...quoted(subscription, 60), '.'],
        ];
  return [...find, ['Press Delete at the top of its page, and confirm.']];
}

function watchWords({ stage, stopRequested }: Data): string {
  switch (stage) {
    case 'asking':
      return stopRequested
        ? 'You asked me to stop. A call that is under way cannot be called back; if it fails, I do not ask again. This card will say which.'
        : 'I am asking for the deletion. A call that is under way cannot be called back; if it fails, Cancel keeps me from asking again.';
    case 'unanswered':
      return stopRequested
        ? 'You asked me to stop, so I do not ask again. My last call got no answer: I look what became of it, and then this card says so.'
        : 'My call got no answer, so the deletion may or may not have begun. I look what became of it, and ask again only if the workspace is still there and as you saw it, and you may still delete it. Cancel keeps me from asking again.';
    case 'accepted':
      if (stopRequested) {
        return 'The deletion was accepted before you asked me to stop, and cannot be called back. I look until the workspace is gone; then this card becomes the receipt.';
      }
      return 'The deletion is accepted. I look until the workspace is gone; then this card becomes the receipt.';
    case 'by-hand':
      if (stopRequested) return 'Cancelling. I stop looking in a moment.';
      return 'I look every few minutes. When the workspace is gone, this card becomes the receipt; you need not tell me. To give up, press Cancel; I then leave it as it is.';
  }
}
