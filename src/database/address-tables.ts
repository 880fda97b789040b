import type { Generated } from 'kysely';
import type { AddressChange, AddressRights } from '../domain/address-change.ts';
import type { Json, Maybe, MaybeTime, Time } from './column-types.ts';

/** What connects an address with an account: null when it was the first one seen with it. */
export type LinkProof = 'administrator' | 'code';

export interface AddressLinksTable {
  tenantId: string;
  /** In plain form. */
  address: string;
  /** The account that has it; empty after an administrator took it away, so that nobody inherits it. */
  objectId: string;
  linkedAt: Time;
  /** With a proof the address grants rights even while the directory does not show it on the account. */
  proof: Maybe<LinkProof>;
  /** The administrator who linked it. */
  linkedBy: Maybe<string>;
}

/** Links that an administrator ended or moved. */
export interface FormerAddressLinksTable {
  tenantId: string;
  address: string;
  objectId: string;
  endedAt: Time;
}

/** A change of a link that was shown to an administrator. */
export interface AddressChangesTable {
  number: Generated<number>;
  tenantId: string;
  kind: AddressChange['kind'];
  address: string;
  objectId: string;
  heldBy: Maybe<string>;
  rights: Json<AddressRights>;
  askedBy: string;
  createdAt: Time;
  expiresAt: Time;
  endedAt: MaybeTime;
  outcome: Maybe<'confirmed' | 'declined'>;
}

/** A code that was sent to an address, to prove that it is somebody's. */
export interface AddressCodesTable {
  number: Generated<number>;
  tenantId: string;
  objectId: string;
  address: string;
  /** Salt and scrypt hash. */
  hash: string;
  tries: number;
  createdAt: Time;
  expiresAt: Time;
  endedAt: MaybeTime;
}
