import { type Action, isWorkspaceDeletion } from '../../domain/actions.ts';
import { quoted, type Runs } from './literal.ts';

/** ` in “Fraud Detection”`; empty while the workspace is not known yet. `word` is a preposition such as "from". */
export function place(word: string, workspaceName: string): Runs {
  return workspaceName === '' ? [] : [` ${word} `, ...quoted(workspaceName, 60)];
}

/** What follows an action's noun: ` in “Fraud Detection”`, or ` “Fraud Detection”` when the action is on the workspace itself. */
export function actionPlace(action: Action, workspaceName: string): Runs {
  if (!isWorkspaceDeletion(action)) return place('in', workspaceName);
  return workspaceName === '' ? [] : [' ', ...quoted(workspaceName, 60)];
}
