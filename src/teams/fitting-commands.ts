import type { Rights } from './answers/rights.ts';
import { type Command, commands, type Place } from './command-table.ts';

/** Somebody to whom commands are suggested, and where. */
export interface CommandUser {
  readonly place: Place;
  readonly rights: Rights;
  readonly isApprover: boolean;
  readonly isAdministrator: boolean;
  /** True in the conversation in which approvals are asked for. */
  readonly decidesHere: boolean;
}

/** What this person can say in this place, most useful first; where approvals are asked for, an approver's own first. */
export function fittingCommands(user: CommandUser): readonly Command[] {
  const fitting = commands.filter(({ places, audience }) => places.includes(user.place) && isFor(audience, user));
  if (!user.decidesHere) return fitting;
  const decisions = fitting.filter(({ audience }) => audience === 'approver');
  return [...decisions, ...fitting.filter(({ audience }) => audience !== 'approver')];
}

/** Three sentences that this person can send as they are, and “help”. */
export function exampleSentences(user: CommandUser): string[] {
  const ready = fittingCommands(user).filter(({ press, section }) => press === undefined && section !== null);
  return [...ready.slice(0, 3).map(({ say }) => say), 'help'];
}

/** Where the rights are not known, everything is suggested. */
function isFor(audience: Command['audience'], { rights, isApprover, isAdministrator }: CommandUser): boolean {
  switch (audience) {
    case 'anybody':
      return true;
    case 'member':
      return rights === null || rights.workspaces > 0;
    case 'may-delete':
      return rights === null || rights.deletes !== 'nowhere';
    case 'owner':
      return rights === null || rights.deletesWorkspaces !== 'nowhere';
    case 'approver':
      return isApprover;
    case 'administrator':
      return isAdministrator;
  }
}
