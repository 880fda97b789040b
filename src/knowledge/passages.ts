import type { AccountType } from '../domain/accounts.ts';
import type { Standing } from '../domain/policy.ts';
import type { Circumstance, Page, Passage } from './page.ts';

/** What is known of the person who asks; both are empty when nothing is. */
export interface Asker {
  /** Account types of the workspaces that they can see. */
  readonly accountTypes: readonly AccountType[];
  /** Their roles in these. */
  readonly standings: readonly Standing[];
}

const accountTypes: readonly Circumstance[] = ['guest', 'free', 'standard'];
const roles: readonly Circumstance[] = ['owner', 'member'];

/**
 * The passages that fit: those for everybody, and of the others those that the question speaks of, else those for the
 * asker's own account type and role, else all.
 */
export function fittingPassages(page: Page, spokenOf: readonly Circumstance[], asker: Asker): readonly Passage[] {
  const own = [...asker.accountTypes, ...asker.standings.flatMap(circumstanceOf)];
  const wanted = new Set([...choose(accountTypes, spokenOf, own), ...choose(roles, spokenOf, own)]);
  const fitting = page.passages.filter(
    ({ for: meant }) => meant.length === 0 || meant.some((each) => wanted.has(each)),
  );
  // A page that says nothing about this asker's case is still better than silence.
  return fitting.length > 0 ? fitting : page.passages;
}

function choose(
  all: readonly Circumstance[],
  spokenOf: readonly Circumstance[],
  own: readonly Circumstance[],
): readonly Circumstance[] {
  const said = all.filter((each) => spokenOf.includes(each));
  if (said.length > 0) return said;
  const known = all.filter((each) => own.includes(each));
  return known.length > 0 ? known : all;
}

function circumstanceOf(standing: Standing): Circumstance[] {
  switch (standing) {
    case 'owner':
      return ['owner'];
    case 'user':
      return ['member'];
    case 'none':
      return [];
  }
}
