import type { Selectable } from 'kysely';
import { actsOnAssets, concernsPerson, isWorkspaceDeletion } from '../domain/actions.ts';
import type { RequestByAction } from '../domain/request.ts';
import type { Tables } from './tables.ts';

type Row = Pick<Selectable<Tables['requests']>, 'number' | 'action' | 'ask' | 'workspace' | 'subject' | 'removalCall'>;

/** What only a request of this action has. Throws for a row whose action and ask do not belong together. */
export function requestByAction({ number, action, ask, workspace, subject, removalCall }: Row): RequestByAction {
  if (isWorkspaceDeletion(action) && ask.target === 'workspace') {
    return { action, ask, workspace, subject: null, removalCall };
  }
  if (actsOnAssets(action) && ask.target !== 'directory-person') {
    return { action, ask, workspace, subject: null, removalCall: 'none' };
  }
  if (concernsPerson(action) && ask.target === 'directory-person') {
    return { action, ask, workspace: null, subject, removalCall: 'none' };
  }
  throw new Error(`request ${number} has the action ${action} and asks for another`);
}
