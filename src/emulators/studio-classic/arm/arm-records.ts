/** What the emulator keeps of Azure's own resources, per subscription. Ids are resource group and name, lower case. */

/** Whatever stands in a resource group. */
export interface ArmResource {
  readonly id: string;
  /** When it was deleted while lists still show it; null otherwise. */
  readonly deletedAt: number | null;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ArmWorkspaceRecord extends ArmResource {
  /** 32 hex digits, as in Studio. Not known to Studio when it is a neighbour that only fills the list. */
  readonly workspaceId: string;
  readonly type: string;
  readonly ownerEmail: string;
  readonly storageAccountId: string;
  readonly createdAt: number;
}

export interface ArmWebServiceRecord extends ArmResource {
  readonly title: string;
  /** Of the workspace it was made in. */
  readonly workspaceId: string;
  /** Resource id; null for a service without a plan. */
  readonly planId: string | null;
  readonly createdAt: number;
  /** The time of its making unless given. */
  readonly modifiedAt?: number;
  readonly keys: { readonly primary: string; readonly secondary: string };
  /** Global parameters, some of them secret. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Rows that somebody left as an example. */
  readonly exampleRequest: Readonly<Record<string, unknown>> | null;
  /** Address of the payloads with a signature; null when they are in the payload itself. */
  readonly payloadsAt: string | null;
}

export interface ArmPlanRecord extends ArmResource {
  readonly sku: { readonly name: string; readonly tier: string; readonly capacity: number };
  readonly createdAt: number;
  readonly associations: readonly { readonly name: string; readonly serviceId: string; readonly createdAt: number }[];
  readonly usage: readonly { readonly at: number; readonly transactions: number; readonly hours: number }[];
}

/** A deletion that is accepted and takes some polls. */
export interface ArmOperationRecord {
  readonly id: string;
  readonly deletedAt: number | null;
  readonly pollsLeft: number;
  /** Id of the web service that is gone when it ends. */
  readonly webService: string;
}

/** The tables of a subscription, by the names they have in the journal. */
export interface ArmTables {
  'arm-workspace': ArmWorkspaceRecord;
  'arm-web-service': ArmWebServiceRecord;
  'arm-plan': ArmPlanRecord;
  'arm-operation': ArmOperationRecord;
}
