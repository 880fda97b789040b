import { plainName } from './literal.ts';
import { listWords, numberWords } from './words.ts';

/** Who else must agree before a deletion starts, for its preview. */
export function approvalsView(needed: number): { readonly needsApproval: boolean; readonly approvers: string } {
  const who = needed === 1 ? 'Someone else' : `${numberWords(needed)} other people`;
  return { needsApproval: needed > 0, approvers: `${who} must approve it before it starts.` };
}

/** "1 of 2 approvals so far: Megan Bowen." */
export function approvedWords(names: readonly string[], needed: number): string {
  const counted = `${numberWords(names.length)} of ${numberWords(needed)} approvals so far`;
  return `${counted}: ${listWords(names.map((name) => plainName(name)))}.`;
}
