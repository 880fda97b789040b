import type { TokenCredential } from '@azure/identity';

/** How Steward reaches Microsoft Graph. */
export interface GraphSettings {
  /** Base address, `https://graph.microsoft.com` in the global cloud. Plain http is accepted on loopback only. */
  readonly endpoint: string;
  /**
   * The identity with the application permissions: User.Export.All, User.Read.All and RoleManagement.Read.Directory for
   * exports of directory data, GroupMember.Read.All for groups, User.Read.All for the state of accounts.
   */
  readonly credential: TokenCredential;
}
