import type { RequestState } from '../../domain/request.ts';

/**
 * The icon, colour and name of each state. Colour never carries information that the words do not, and "Warning" is not
 * used at all: Teams' yellow is unreadable on white.
 */
export const stateStyles: Readonly<
  Record<RequestState, { readonly icon: string; readonly colour: string; readonly words: string }>
> = {
  preparing: { icon: '…', colour: 'Accent', words: 'Being prepared' },
  'awaiting-choice': { icon: '?', colour: 'Accent', words: 'Waiting for your choice' },
  'awaiting-confirmation': { icon: '?', colour: 'Accent', words: 'Waiting for your confirmation' },
  'awaiting-approval': { icon: '?', colour: 'Accent', words: 'Waiting for approval' },
  'cooling-off': { icon: '…', colour: 'Accent', words: 'Confirmed, waiting to start' },
  scheduled: { icon: '…', colour: 'Accent', words: 'Starting soon' },
  running: { icon: '▶', colour: 'Accent', words: 'Running' },
  succeeded: { icon: '✔', colour: 'Good', words: 'Done' },
  'partly-failed': { icon: '!', colour: 'Attention', words: 'Done, with exceptions' },
  failed: { icon: '✖', colour: 'Attention', words: 'Failed' },
  cancelled: { icon: '–', colour: 'Default', words: 'Cancelled' },
  expired: { icon: '–', colour: 'Default', words: 'Expired without an answer' },
  rejected: { icon: '✖', colour: 'Attention', words: 'Refused' },
};
