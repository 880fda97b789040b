import { mainSource } from '../sources/registry.ts';
import type { UnsupportedOperation } from '../understanding/intents.ts';
import { purposeWords } from './cards/words.ts';

/** Why something is not done, the nearest thing, and sentences that start it. */
export interface UnsupportedWords {
  readonly why: string;
  readonly nearest: string;
  readonly examples: readonly string[];
}

const exportOrList = ['export my workspace', 'list my datasets'] as const;

/** What Steward does not do, by operation. */
export const unsupportedWords: Readonly<Record<UnsupportedOperation, UnsupportedWords>> = {
  rename: {
    why: 'I cannot rename anything: I list, export and delete, and change nothing else.',
    nearest: 'The files of an export are yours to rename.',
    examples: exportOrList,
  },
  restore: {
    why: `I cannot bring back what was deleted: I know of no recycle bin in ${mainSource.name}, and keep no copy but exports.`,
    nearest: 'If it was exported before, whoever asked for that export can still have its archive.',
    examples: ['my requests', 'can a deletion be undone?'],
  },
  copy: {
    why: `I cannot make a copy inside ${mainSource.name}.`,
    nearest: 'An export is a copy: a zip file to download.',
    examples: exportOrList,
  },
  move: {
    why: 'I cannot move anything to another workspace or product.',
    nearest: 'I can export it. When you have put the files where they belong, I can delete it here.',
    examples: exportOrList,
  },
  share: {
    why: 'I cannot give anybody access, and my download links go only to the person who asked for the export.',
    nearest: 'Every member of a workspace can see what is in it, and can ask me for an export of their own.',
    examples: ['who can see what is in a workspace?', 'who has to approve a deletion?'],
  },
  run: {
    why: `I cannot run anything: I list, export and delete. Support for ${mainSource.fullName} ended on 31 August 2024.`,
    nearest: `An export of an experiment holds the results of its runs, as far as ${mainSource.name} still has them.`,
    examples: ['list my experiments', 'export my workspace'],
  },
  edit: {
    why: 'I cannot change what is in anything: I list, export and delete.',
    nearest: 'Export it and change the files on your computer. What is no longer needed I can delete.',
    examples: exportOrList,
  },
  reschedule: {
    why: 'I cannot change a recurring export: neither one that runs nor one that I have just proposed.',
    nearest:
      'Stop the one that runs, and say the whole sentence again as it should be. A proposal for the same data is then replaced. Every run begins at six in the morning.',
    examples: ['list my recurring exports', 'stop the recurring export'],
  },
  mail: {
    why: 'I cannot send anything by mail: a download link comes here, into your own chat, and goes to nobody else.',
    nearest: 'While an archive is still in storage, I can give you a new link to it.',
    examples: ['new link', 'status'],
  },
  notify: {
    why: 'You need not ask for that: I write here by myself as soon as a request of yours is done, has failed, or waits for you.',
    nearest: 'Until then I can show how far it is.',
    examples: ['status'],
  },
  create: {
    why: 'I cannot create or upload anything: I list, export and delete what is there.',
    nearest: 'I can show what you have.',
    examples: ['list my datasets', 'list my workspaces'],
  },
};

/** For what no operation was recognised in. */
export const otherUnsupported: UnsupportedWords = {
  why: `That is not something I do. ${purposeWords}`,
  nearest: 'Write “help” to see what you can say.',
  examples: [...exportOrList, 'help'],
};
