import type { AccountType } from '../domain/accounts.ts';
import type { Role } from '../domain/policy.ts';
import type { Page, PageAudience, Passage } from './page.ts';

/** What is known about the person who asks. Both lists are empty when nothing is known. */
export interface Asker {
  /** Account types of the workspaces that they can see. */
  readonly accountTypes: readonly AccountType[];
  /** Their roles in these workspaces. */
  readonly roles: readonly Role[];
}

const accountTypes: readonly PageAudience[] = ['guest', 'free', 'standard'];
const roles: readonly PageAudience[] = ['owner', 'member'];

/**
 * The passages that apply. Those for everybody always do, those for an account type or role when the question mentions
 * it. If the question mentions none, those for the asker's own apply; if these are unknown, all apply.
 */
export function fittingPassages(page: Page, mentioned: readonly PageAudience[], asker: Asker): readonly Passage[] {
  const own = [...asker.accountTypes, ...asker.roles.flatMap(audienceOf)];
  const wanted = new Set([...choose(accountTypes, mentioned, own), ...choose(roles, mentioned, own)]);
  const fitting = page.passages.filter(
    ({ for: audience }) => audience.length === 0 || audience.some((each) => wanted.has(each)),
  );
  // When no passage applies, the whole page is still better than no answer.
  return fitting.length > 0 ? fitting : page.passages;
}

function choose(
  all: readonly PageAudience[],
  mentioned: readonly PageAudience[],
  own: readonly PageAudience[],
): readonly PageAudience[] {
  const said = all.filter((each) => mentioned.includes(each));
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
