import type { AccountType } from '../domain/accounts.ts';
import type { Role } from '../domain/policy.ts';
import type { Page, PageAudience, Passage } from './page.ts';

/** What is known of the person who asks; both are empty when nothing is. */
export interface Asker {
  /** Account types of the workspaces that they can see. */
  readonly accountTypes: readonly AccountType[];
  /** Their roles in these. */
  readonly roles: readonly Role[];
}

const accountTypes: readonly PageAudience[] = ['guest', 'free', 'standard'];
const roles: readonly PageAudience[] = ['owner', 'member'];

/**
 * The passages that fit: those for everybody, and of the others those that the question speaks of, else those for the
 * asker's own account type and role, else all.
 */
export function fittingPassages(page: Page, spokenOf: readonly PageAudience[], asker: Asker): readonly Passage[] {
  const own = [...asker.accountTypes, ...asker.roles.flatMap(audienceOf)];
  const wanted = new Set([...choose(accountTypes, spokenOf, own), ...choose(roles, spokenOf, own)]);
  const fitting = page.passages.filter(
    ({ for: audience }) => audience.length === 0 || audience.some((each) => wanted.has(each)),
  );
  // A page that says nothing about this asker's case is still better than silence.
  return fitting.length > 0 ? fitting : page.passages;
}

function choose(
  all: readonly PageAudience[],
  spokenOf: readonly PageAudience[],
  own: readonly PageAudience[],
): readonly PageAudience[] {
  const said = all.filter((each) => spokenOf.includes(each));
  if (said.length > 0) return said;
  const known = all.filter((each) => own.includes(each));
  return known.length > 0 ? known : all;
}

function audienceOf(role: Role): PageAudience[] {
  switch (role) {
    case 'owner':
      return ['owner'];
    case 'user':
      return ['member'];
    case 'none':
      return [];
  }
}
