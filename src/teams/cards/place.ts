import { type Action, isWorkspaceDeletion } from '../../domain/policy.ts';
import { quoted, type Runs } from './literal.ts';

/** ` in “Fraud Detection”`; nothing while the workspace is not known yet. `word` may also be "from". */
export function place(word: string, workspaceName: string): Runs {
  return workspaceName === '' ? [] : [` ${word} `, ...quoted(workspaceName, 60)];
}

/** What an action's noun is followed by: ` in “Fraud Detection”`, or ` “Fraud Detection”` when the workspace itself is meant. */
export function actionPlace(action: Action, workspaceName: string): Runs {
  if (!isWorkspaceDeletion(action)) return place('in', workspaceName);
  return workspaceName === '' ? [] : [' ', ...quoted(workspaceName, 60)];
}
