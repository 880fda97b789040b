import { type AccountRole, type PersonFacts, plainAddress, sameId } from './people.ts';

/** What an authenticated activity tells of whoever sent it. */
export interface Claim {
  /** The tenant that Steward works for. */
  readonly ownTenantId: string;
  /** Whether that is set in the configuration, rather than taken from the activity, as on one machine. */
  readonly tenantIsSet: boolean;
  /** The tenant that the activity names beside that of its conversation; null when it names none. */
  readonly senderTenantId: string | null;
  /** Microsoft Entra object id; null when Teams left it out. */
  readonly objectId: string | null;
  readonly isPersonalChat: boolean;
}

/** What the conversation's roster tells of a member. Teams leaves out each of the fields at times. */
export interface RosterFacts {
  readonly name: string | null;
  readonly objectId: string | null;
  /** The member's own tenant: in shared channels and group chats it may be another one than the conversation's. */
  readonly tenantId: string | null;
  readonly userPrincipalName: string | null;
  readonly mail: string | null;
  /** `user`, `guest`, `anonymous` and whatever Teams adds. */
  readonly userRole: string | null;
}

/** Why somebody is not served. Each has its own sentence in `notServedSentence`. */
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

/** Who speaks, as far as it matters for rights; or why that person is not served. */
export type Speaker =
  | { readonly served: true; readonly facts: Omit<PersonFacts, 'name'> }
  | { readonly served: false; readonly reason: NotServed };

/**
 * Decides from what Teams tells who speaks. Everything told is looked at: a member whose own tenant is another one, who
 * has not signed in, or who is a bot is not served, whatever conversation they write in, nor is somebody for whom
 * activity and roster name two accounts. `roster` is null when the person is not listed.
 */
export function identifySpeaker(claim: Claim, roster: RosterFacts | null): Speaker {
  if (roster === null) return refuse('not-in-roster');
  const userRole = roster.userRole?.trim().toLowerCase() ?? '';
  if (userRole === 'anonymous') return refuse('anonymous');
  if (userRole === 'bot') return refuse('bot');
  // What the roster leaves out, the activity may still tell.
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
 * Whether the person surely is one of the own tenant. A conversation that several tenants share says nothing about that.
 */
function isKnownTenant({ tenantIsSet, isPersonalChat }: Claim, tenantId: string | null): boolean {
  return tenantId !== null || isPersonalChat || !tenantIsSet;
}

/** `#EXT#` is how Entra ID marks the user principal names of guests. A role that came later is not taken for a member's. */
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

/** What a person who is not served is told: why, and what they can do about it. */
export function notServedSentence(reason: NotServed): string {
  switch (reason) {
    case 'not-teams':
      return 'I work in Microsoft Teams only, so I did nothing. Please write to me there.';
    case 'no-conversation':
    case 'no-tenant':
      return 'Teams did not say which organisation this conversation belongs to, so I did nothing. Please write to me in our own chat.';
    case 'foreign-conversation':
      return 'This conversation belongs to another organisation than the one that I work for, so I did nothing. Please write to me in a conversation of your own organisation.';
    case 'bot':
      return 'I answer people only, so I did nothing.';
    case 'no-account':
      return 'Teams did not tell me which account you use, so I did nothing. Sign out of Teams and in again; if that does not help, ask your Teams administrator.';
    case 'contradictory-ids':
      return 'Teams named two different accounts for you, so I did nothing. Try again in a few minutes; if it stays like that, tell your Studio Steward administrator.';
    case 'foreign-account':
      return 'Your account belongs to another organisation than the one that I work for, so I did nothing. Ask one of its people to do this.';
    case 'anonymous':
      return 'You take part without having signed in, so I do not know who you are and did nothing. Sign in to Teams with your work account and try again.';
    case 'not-in-roster':
      return 'Teams does not list you as a member of this conversation, so I did nothing. If you have just been added, try again in a few minutes.';
    case 'roster-unavailable':
      return 'Teams did not answer when I asked who you are, so I did nothing. Please try again in a minute.';
  }
}
