import { type AccountRole, type PersonFacts, plainAddress, sameId } from './people.ts';

/** What an authenticated activity says about its sender. */
export interface Claim {
  /** The tenant that Steward works for. */
  readonly ownTenantId: string;
  /** Whether it comes from the configuration, rather than from the activity as in local mode. */
  readonly tenantIsSet: boolean;
  /** The sender's tenant in the activity, next to the conversation's; null when there is none. */
  readonly senderTenantId: string | null;
  /** Microsoft Entra object id; null when Teams left it out. */
  readonly objectId: string | null;
  readonly isPersonalChat: boolean;
}

/** What the conversation's roster says about a member. Teams omits any of the fields at times. */
export interface RosterFacts {
  readonly name: string | null;
  readonly objectId: string | null;
  /** The member's own tenant: in shared channels and group chats it may differ from the conversation's. */
  readonly tenantId: string | null;
  readonly userPrincipalName: string | null;
  readonly mail: string | null;
  /** `user`, `guest`, `anonymous` and whatever Teams adds. */
  readonly userRole: string | null;
}

/** Why a sender is not served. Each reason has its own sentence in `notServedSentence`. */
export type NotServed =
  | 'not-teams'
  | 'no-conversation'
  | 'no-tenant'
  | 'foreign-conversation'
  | 'bot'
  | 'no-account'
  | 'contradictory-ids'
  | 'foreign-account'
  | 'anonymous'
  | 'not-in-roster'
  | 'roster-unavailable';

/** The sender, as far as it matters for rights; or why they are not served. */
export type Speaker =
  | { readonly served: true; readonly facts: Omit<PersonFacts, 'name'> }
  | { readonly served: false; readonly reason: NotServed };

/**
 * Identifies the sender from what Teams reports, and checks all of it. A member of another tenant, an anonymous user
 * and a bot are not served in any conversation, nor is a sender for whom activity and roster name two different
 * accounts. `roster` is null when the sender is not listed.
 */
export function identifySpeaker(claim: Claim, roster: RosterFacts | null): Speaker {
  if (roster === null) return refuse('not-in-roster');
  const userRole = roster.userRole?.trim().toLowerCase() ?? '';
  if (userRole === 'anonymous') return refuse('anonymous');
  if (userRole === 'bot') return refuse('bot');
  // The activity may have what the roster omits.
  const tenantId = given(roster.tenantId) ?? given(claim.senderTenantId);
  if (tenantId !== null && !sameId(tenantId, claim.ownTenantId)) return refuse('foreign-account');
  const [claimed, listed] = [given(claim.objectId), given(roster.objectId)];
  if (claimed !== null && listed !== null && !sameId(claimed, listed)) return refuse('contradictory-ids');
  const objectId = claimed ?? listed;
  if (objectId === null) return refuse('no-account');
  const userPrincipalName = plainAddress(roster.userPrincipalName);
  return {
    served: true,
    facts: {
      tenantId: claim.ownTenantId,
      objectId: objectId.toLowerCase(),
      userPrincipalName,
      mail: plainAddress(roster.mail),
      role: roleOf(userRole, userPrincipalName, isKnownTenant(claim, given(roster.tenantId))),
    },
  };
}

/**
 * Whether the sender certainly belongs to the own tenant. A conversation shared by several tenants does not prove it.
 */
function isKnownTenant({ tenantIsSet, isPersonalChat }: Claim, tenantId: string | null): boolean {
  return tenantId !== null || isPersonalChat || !tenantIsSet;
}

/**
 * Entra ID marks the user principal names of guests with `#EXT#`. A user role unknown to this code never counts as
 * member.
 */
function roleOf(userRole: string, principal: string | null, isKnown: boolean): AccountRole {
  if (userRole === 'guest' || principal?.includes('#ext#')) return 'guest';
  return isKnown && ['', 'user', 'owner', 'member'].includes(userRole) ? 'member' : 'unknown';
}

function given(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function refuse(reason: NotServed): Speaker {
  return { served: false, reason };
}

/** The answer to a person who is not served: why, and what they can do about it. */
export function notServedSentence(reason: NotServed): string {
  switch (reason) {
    case 'not-teams':
      return 'I work in Microsoft Teams only, so I did nothing. Please write to me there.';
    case 'no-conversation':
    case 'no-tenant':
      return 'Teams did not say which organisation this conversation belongs to, so I did nothing. Please write to me in our own chat.';
    case 'foreign-conversation':
      return 'This conversation belongs to another organisation, and I only work for my own, so I did nothing. Please write to me in a conversation of your own organisation.';
    case 'bot':
      return 'I only answer people, so I did nothing.';
    case 'no-account':
      return 'Teams did not tell me which account you use, so I did nothing. Sign out of Teams and in again; if that does not help, ask your Teams administrator.';
    case 'contradictory-ids':
      return 'Teams named two different accounts for you, so I did nothing. Try again in a few minutes; if that does not help, tell your Studio Steward administrator.';
    case 'foreign-account':
      return 'Your account belongs to another organisation, and I only work for my own, so I did nothing. Ask somebody in my organisation to do this.';
    case 'anonymous':
      return 'You are not signed in to Teams, so I do not know who you are and did nothing. Sign in with your work account and try again.';
    case 'not-in-roster':
      return 'Teams does not list you as a member of this conversation, so I did nothing. If you have just been added, try again in a few minutes.';
    case 'roster-unavailable':
      return 'Teams did not answer when I asked who you are, so I did nothing. Please try again in a minute.';
  }
}
