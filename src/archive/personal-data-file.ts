import type { AccountType, Member } from '../domain/accounts.ts';

/** Whose personal data an export may hold (the policy decides), and what the workspace says of these people. */
export interface PersonalData {
  readonly scope: 'everyone' | 'own' | 'none';
  /** Members and open invitations that fall into the scope. */
  readonly members: readonly Member[];
}

/** `personal-data.json`: account ids, e-mail addresses, names and roles, and a sentence about what that is. */
export function personalDataFile(accountType: AccountType, personal: PersonalData): string {
  const accounts = personal.members.map(({ userId, email, name, role, status }) => ({
    userId,
    email,
    name,
    role,
    status,
  }));
  return `${JSON.stringify({ about: about(accountType, personal.scope), scope: personal.scope, accounts }, null, 2)}\n`;
}

function about(accountType: AccountType, scope: PersonalData['scope']): string {
  if (accountType === 'guest') {
    return 'This is a guest workspace: it was used without signing in, so no personal account data exists.';
  }
  switch (scope) {
    case 'everyone':
      return 'Account data that the workspace holds about its members and about people invited to it.';
    case 'own':
      return 'Account data that the workspace holds about the person who asked. Only owners get the data of other members.';
    case 'none':
      return 'This export holds no personal account data.';
  }
}
