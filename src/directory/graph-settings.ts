import type { TokenCredential } from '@azure/identity';

/** How Steward reaches Microsoft Graph. */
export interface GraphSettings {
  /** Base address, `https://graph.microsoft.com` in the global cloud. Plain http is taken on loopback only. */
  readonly endpoint: string;
  /** Whose application permissions Steward acts with: User.Export.All, User.Read.All, RoleManagement.Read.Directory. */
  readonly credential: TokenCredential;
}
