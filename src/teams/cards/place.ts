import { quoted, type Runs } from './literal.ts';

/** ` in “Fraud Detection”`; nothing while the workspace is not known yet. `word` may also be "from". */
export function place(word: string, workspaceName: string): Runs {
  return workspaceName === '' ? [] : [` ${word} `, ...quoted(workspaceName, 60)];
}
