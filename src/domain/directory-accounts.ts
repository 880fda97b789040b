/** Whether accounts of the tenant can still be used. */
export interface DirectoryAccounts {
  /**
   * False for an account that is disabled or no longer in the tenant. Throws ServiceFailure when the directory does not
   * say, and the reason of an aborted signal.
   */
  isActive(objectId: string, signal: AbortSignal): Promise<boolean>;
}
