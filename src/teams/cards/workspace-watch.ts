import { z } from 'zod';
import template from '../../../cards/workspace-watch.json' with { type: 'json' };
import { archivePages, archiveShape, archiveView } from './archive.ts';
import { defineCard } from './definition.ts';
import { prose, quoted, type Runs, runs } from './literal.ts';
import { name, requestFields } from './shapes.ts';

const shape = z.strictObject({
  ...requestFields,
  workspaceName: name,
  /** `asking` while the deletion is asked for, `accepted` once it was, `by-hand` while a person has to do it. */
  stage: z.enum(['asking', 'accepted', 'by-hand']),
  /** Why a person has to do it. */
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
    why: prose(byHand ? (data.why ?? 'I have no right to delete it.') : ''),
    steps: byHand ? stepsOf(data).map((step, index) => ({ words: runs(`${index + 1}. `, ...step) })) : [],
    watch: watchWords(data),
    open: byHand
      ? [{ title: data.where === 'studio' ? 'Open in Studio' : 'Open the Azure portal', url: data.url }]
      : [],
    canStop: byHand && !stopRequested,
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
  if (stopRequested) return 'Cancelling. I stop looking in a moment.';
  switch (stage) {
    case 'asking':
      return 'I am asking for the deletion. It cannot be stopped any more.';
    case 'accepted':
      return 'The deletion is accepted. I look until the workspace is gone; then this card becomes the receipt.';
    case 'by-hand':
      return 'I look every few minutes. When the workspace is gone, this card becomes the receipt; you need not tell me. To give up, press Cancel; I then leave it as it is.';
  }
}
