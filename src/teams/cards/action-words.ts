import { type Action, traitsOf } from '../../domain/actions.ts';
import { capitalised } from './words.ts';

/** What cards say of an action. */
interface ActionWords {
  /** What happens, as a noun: "export and deletion". */
  readonly noun: string;
  /** What is done to assets of a workspace, or to the whole of it, named behind the verb. */
  readonly verb: string;
  /** What is done, when asked which workspace it concerns. */
  readonly inWorkspace: string;
  /** The button of an approver. */
  readonly approve: string;
  /** What follows from an approval. */
  readonly consequence: string;
}

const words: Readonly<Record<Action, ActionWords>> = {
  export: {
    noun: 'export',
    verb: 'export',
    inWorkspace: 'export',
    approve: 'Approve export',
    consequence: 'The requester gets a download link to a copy of this data.',
  },
  delete: {
    noun: 'deletion',
    verb: 'delete',
    inWorkspace: 'delete from',
    approve: 'Approve deletion',
    consequence: 'The data is deleted and cannot be restored.',
  },
  'export-then-delete': {
    noun: 'export and deletion',
    verb: 'export and then delete',
    inWorkspace: 'export and then delete from',
    approve: 'Approve both',
    consequence: 'The data is exported for the requester first, then deleted. Deleted data cannot be restored.',
  },
  'delete-workspace': {
    noun: 'deletion of the workspace',
    verb: 'delete',
    inWorkspace: 'delete completely',
    approve: 'Approve deletion',
    consequence: 'The whole workspace is deleted, with everything in it, and cannot be restored.',
  },
  'export-then-delete-workspace': {
    noun: 'export and deletion of the workspace',
    verb: 'export and then delete',
    inWorkspace: 'export and then delete completely',
    approve: 'Approve both',
    consequence:
      'Everything is exported for the requester first, then the whole workspace is deleted. It cannot be restored.',
  },
  'export-directory-data': {
    noun: 'export of directory data',
    verb: 'export directory data of',
    inWorkspace: 'export directory data from',
    approve: 'Approve export',
    consequence: 'The requester gets links to the files that Microsoft Graph writes.',
  },
};

/** The words of an action. */
export function actionWords(action: Action): ActionWords {
  return words[action];
}

/** The noun of an action as a heading. */
export function actionNoun(action: Action): string {
  return capitalised(words[action].noun);
}

/** True when data is lost, so that buttons and notes warn. */
export function losesData(action: Action): boolean {
  return traitsOf(action).deletes !== 'nothing';
}
