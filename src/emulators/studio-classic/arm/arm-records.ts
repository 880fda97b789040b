/** Records of Azure resources, per subscription. Ids are resource group and name, in lower case. */

/** The fields of every resource in a resource group. */
export interface ArmResource {
  readonly id: string;
  /** When it was deleted, while lists still show it; null when it is not deleted. */
  readonly deletedAt: number | null;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ArmWorkspaceRecord extends ArmResource {
  /**
   * 32 hex digits, as in Studio. The other workspaces of a subscription, which only fill the list, have no workspace in
   * Studio.
   */
  readonly workspaceId: string;
  readonly type: string;
  readonly ownerEmail: string;
  readonly storageAccountId: string;
  readonly createdAt: number;
}

export interface ArmWebServiceRecord extends ArmResource {
  readonly title: string;
  /** The workspace in which the web service was made. */
  readonly workspaceId: string;
  /** Resource id of the commitment plan; null for a service without one. */
  readonly planId: string | null;
  readonly createdAt: number;
  /** Defaults to the time of creation. */
  readonly modifiedAt?: number;
  readonly keys: { readonly primary: string; readonly secondary: string };
  /** Global parameters of the service; some are secrets. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Example rows that somebody stored with the service. */
  readonly exampleRequest: Readonly<Record<string, unknown>> | null;
  /** A signed address of the payloads; null when they are stored in the service itself. */
  readonly payloadsAt: string | null;
}

export interface ArmPlanRecord extends ArmResource {
  readonly sku: { readonly name: string; readonly tier: string; readonly capacity: number };
  readonly createdAt: number;
  readonly associations: readonly { readonly name: string; readonly serviceId: string; readonly createdAt: number }[];
  readonly usage: readonly { readonly at: number; readonly transactions: number; readonly hours: number }[];
}

/** An accepted deletion, which is finished after some polls. */
export interface ArmOperationRecord {
  readonly id: string;
  readonly deletedAt: number | null;
  readonly pollsLeft: number;
  /** Id of the web service that the deletion removes. */
  readonly webService: string;
}

/** The tables of a subscription, by their names in the journal. */
export interface ArmTables {
  'arm-workspace': ArmWorkspaceRecord;
  'arm-web-service': ArmWebServiceRecord;
  'arm-plan': ArmPlanRecord;
  'arm-operation': ArmOperationRecord;
}
