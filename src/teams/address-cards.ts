import type { AddressChange, AddressRefusal } from '../domain/address-change.ts';
import type { PersonFacts } from '../domain/people.ts';
import { recall } from '../requests/contacts.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import type { TeamsServices } from './teams-services.ts';
import { administratorWords } from './whom-to-ask.ts';

/** An account as administrators tell it apart: its name, with its sign-in name or mail address. */
export function accountWords({ name, userPrincipalName, mail }: PersonFacts): string {
  const address = userPrincipalName ?? mail;
  return address === null ? name : `${name} (${address})`;
}

/** The card of a change in any state. */
export async function addressCard(services: TeamsServices, change: AddressChange): Promise<RenderedCard> {
  const { tenantId, objectId, heldBy, kind, rights } = change;
  const target = await recall(services, tenantId, objectId);
  const other = kind === 'link' && heldBy !== null && heldBy !== objectId ? heldBy : null;
  const holder = other === null ? null : await recall(services, tenantId, other);
  const concerned = other === null ? [target] : [target, holder];
  return renderCard('address-link', {
    change: change.number,
    kind,
    state: stateOf(services, change),
    address: change.address,
    person: target === null ? objectId : accountWords(target.person),
    holder: other === null ? null : holder === null ? other : accountWords(holder.person),
    workspaces: rights.workspaces.map(({ name, role }) => ({ name, role })),
    roles: rights.roles,
    groups: rights.groups,
    isTold: concerned.every((known) => known?.personalConversationId != null),
    expiresAt: new Date(change.expiresAt),
  });
}

function stateOf({ clock }: TeamsServices, { outcome, expiresAt }: AddressChange) {
  if (outcome !== null) return outcome === 'confirmed' ? 'done' : 'declined';
  return clock.now() < expiresAt ? 'waiting' : 'expired';
}

/** Who can link addresses, in one sentence for everybody else. */
export function onlyAdministrators(services: TeamsServices): string {
  const who = administratorWords(services) ?? 'a Studio Steward administrator of your company';
  return `Only an administrator can see or change which account an address belongs to; please ask ${who}.`;
}

/** The sentence for a person: what was refused, and what they can do instead. */
export function addressRefusalWords(services: TeamsServices, refusal: AddressRefusal): string {
  switch (refusal) {
    case 'not-an-administrator':
      return onlyAdministrators(services);
    case 'own-account':
      return 'Nobody can give rights to their own account, or to one that may be theirs. Another administrator has to link this address. I did nothing.';
    case 'not-your-preview':
      return 'Only the administrator who asked for this can confirm it.';
    case 'already-ended':
      return 'This was decided already.';
    case 'expired':
      return 'This was not confirmed in time, so nothing was changed. Please ask again.';
    case 'changed':
      return 'What this address gives, or who has it, has changed since this card, so nothing was changed. Please ask again.';
    case 'unknown':
      return 'I cannot find that, so nothing was changed. Please ask again.';
  }
}
