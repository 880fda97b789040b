import type { BotRole } from './bot-roles.ts';
import { type Account, type Addresses, isSamePersonOrAddress } from './people.ts';

/** What an address grants at a moment, to whichever account it is linked. */
export interface AddressRights {
  readonly workspaces: readonly { readonly id: string; readonly name: string; readonly role: 'owner' | 'user' }[];
  readonly roles: readonly BotRole[];
  /** Groups of the policy that name the address. */
  readonly groups: readonly string[];
}

/** Why a link is not changed. */
export type AddressRefusal =
  | 'not-an-administrator'
  /** Nobody gives rights to their own account. */
  | 'own-account'
  | 'not-your-preview'
  | 'already-ended'
  | 'expired'
  /** The address, or what it grants, is no longer as the preview showed. */
  | 'changed'
  | 'unknown';

/** A change of a link that an administrator was shown, and what it depends on. */
export interface AddressChange {
  readonly number: number;
  readonly kind: 'link' | 'unlink';
  readonly tenantId: string;
  /** In plain form. */
  readonly address: string;
  /** The account that gets the address or, with `unlink`, that loses it. */
  readonly objectId: string;
  /** The account that had it when the preview was made; null when it was linked to none. */
  readonly heldBy: string | null;
  readonly rights: AddressRights;
  /** The administrator who was shown the preview. */
  readonly askedBy: string;
  readonly expiresAt: number;
  readonly outcome: 'confirmed' | 'declined' | null;
}

/** What holds at the moment of the press. */
export interface AddressFacts {
  readonly now: number;
  readonly by: Account & Addresses;
  readonly isAdministrator: boolean;
  /** The account of the change, with what links connect it with. */
  readonly target: Account & Addresses;
  readonly heldBy: string | null;
  readonly rights: AddressRights;
}

/**
 * Whether a press confirms a change; null when it does. A link is confirmed only by the administrator who saw its
 * preview, never for an account that may be their own, and only while everything is as the preview showed.
 */
export function refusalOfConfirmation(change: AddressChange, facts: AddressFacts): AddressRefusal | null {
  if (change.askedBy !== facts.by.objectId) return 'not-your-preview';
  if (change.outcome !== null) return 'already-ended';
  if (!facts.isAdministrator) return 'not-an-administrator';
  if (change.kind === 'link' && isSamePersonOrAddress(facts.by, facts.target)) return 'own-account';
  if (facts.now >= change.expiresAt) return 'expired';
  return facts.heldBy === change.heldBy && isSameRights(facts.rights, change.rights) ? null : 'changed';
}

/** True when the two grant the same, in whatever order. */
function isSameRights(a: AddressRights, b: AddressRights): boolean {
  return JSON.stringify(rightsInOrder(a)) === JSON.stringify(rightsInOrder(b));
}

function rightsInOrder({ workspaces, roles, groups }: AddressRights): readonly string[][] {
  return [workspaces.map(({ id, role }) => `${id} ${role}`).sort(), [...roles].sort(), [...groups].sort()];
}
