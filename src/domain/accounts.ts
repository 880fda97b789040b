/** Studio (classic)'s account type of a workspace. It decides who may do what and how deletion works. */
export type AccountType = 'guest' | 'free' | 'standard';

/** A person's role in a workspace; Studio has these two only. */
export type MemberRole = 'owner' | 'user';

/** A person or an open invitation, as the workspace lists them. All of it is personal data. */
export interface Member {
  /** Studio's id of the account; empty for an invitation that nobody has accepted. */
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly status: 'active' | 'invited';
}

/** A workspace as the service describes it, without any of its secrets. */
export interface Workspace {
  /** 32 hex digits, lower case. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly accountType: AccountType;
  /** The service's own name of the type, for example `PaidStandard`. Only displayed; no decision depends on it. */
  readonly serviceType: string;
  readonly region: string;
  /** Empty for a guest workspace. */
  readonly ownerEmail: string;
  readonly createdAt: Date | null;
  /** When a guest workspace is purged; null for all others. */
  readonly expiresAt: Date | null;
}
