/** How Studio (classic) stores a workspace's data; decides which rights and which ways of deletion exist. */
export type AccountType = 'guest' | 'free' | 'standard';

/** What a person may be in a workspace; Studio knows these two roles only. */
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

/** What the service says of a workspace, without any of its secrets. */
export interface Workspace {
  /** 32 hex digits, lower case. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly accountType: AccountType;
  /** The service's own word for the type, for example `PaidStandard`; shown where it matters, never decided by. */
  readonly serviceType: string;
  readonly region: string;
  /** Empty for a guest workspace. */
  readonly ownerEmail: string;
  readonly createdAt: Date | null;
  /** When a guest workspace is purged; null for all others. */
  readonly expiresAt: Date | null;
}
