import type { RequestState } from '../../domain/request.ts';

/**
 * How a state looks and what it is called. Colour never says more than the words beside it, and "Warning" is not
 * used at all: on white, Teams' yellow cannot be read.
 */
export const stateStyles: Readonly<
  Record<RequestState, { readonly icon: string; readonly colour: string; readonly words: string }>
> = {
  preparing: { icon: '…', colour: 'Accent', words: 'Being prepared' },
  'awaiting-choice': { icon: '?', colour: 'Accent', words: 'Waits for your choice' },
  'awaiting-confirmation': { icon: '?', colour: 'Accent', words: 'Waits for your confirmation' },
  'awaiting-approval': { icon: '?', colour: 'Accent', words: 'Waits for approval' },
  scheduled: { icon: '…', colour: 'Accent', words: 'Starts shortly' },
  running: { icon: '▶', colour: 'Accent', words: 'Running' },
  succeeded: { icon: '✔', colour: 'Good', words: 'Done' },
  'partly-failed': { icon: '!', colour: 'Attention', words: 'Done, with exceptions' },
  failed: { icon: '✖', colour: 'Attention', words: 'Failed' },
  cancelled: { icon: '–', colour: 'Default', words: 'Cancelled' },
  expired: { icon: '–', colour: 'Default', words: 'Expired without an answer' },
  rejected: { icon: '✖', colour: 'Attention', words: 'Refused' },
};
