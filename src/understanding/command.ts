import type { CommandAction } from './forms.ts';
import type { Qualifier } from './qualifiers.ts';
import type { Target } from './target.ts';

/** A command found in a sentence, including one that must not be carried out because of a veto. */
export interface Command {
  readonly action: CommandAction;
  readonly target: Target;
  readonly qualifier: Qualifier;
  /** Token range `[from, end)` of the command. */
  readonly from: number;
  readonly end: number;
  readonly form: string;
  /** Why it must not be carried out; null for a clear, present, first-hand command. */
  readonly vetoes: string | null;
}
