import type { Activity } from 'botbuilder';
import type { AddressChange } from '../domain/address-change.ts';
import { confirmedAddressChange } from '../requests/address-changes.ts';
import { type KnownConversation, recall, recallConversation } from '../requests/contacts.ts';
import { messageWith } from './card-message.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { ConnectorError } from './connector.ts';
import { classifyStatus } from './limits.ts';
import type { TeamsServices } from './teams-services.ts';

/** Whom a job tells of a change: the account that it is about, or the one that had the address before. */
interface Telling {
  readonly change: number;
  readonly reader: 'account' | 'former';
}

/**
 * Tells a person in their own chat that an address was linked to their account, or no longer is. Throws what Teams may
 * take later, so that the job is repeated; whoever cannot be reached at all is named in the log.
 */
export async function tellAddressChange(
  services: TeamsServices,
  post: (conversation: KnownConversation, message: Partial<Activity>) => Promise<unknown>,
  { change: number, reader }: Telling,
): Promise<void> {
  const change = await confirmedAddressChange(services, number);
  const objectId = reader === 'former' ? change?.heldBy : change?.objectId;
  if (change === null || objectId == null) return;
  const known = await recall(services, change.tenantId, objectId);
  const id = known?.personalConversationId ?? null;
  const chat = id === null ? null : await recallConversation(services, id);
  if (chat === null) return services.log.warn('a person was not told of a link', { change: number, objectId });
  const administrator = await recall(services, change.tenantId, change.askedBy);
  const who = administrator?.person.name ?? 'an administrator';
  try {
    await post(chat, messageWith(changeNotice(change, reader, who)));
  } catch (error) {
    if (!(error instanceof ConnectorError) || classifyStatus(error.status) !== 'no-entry') throw error;
    services.log.warn('a person was not told of a link', { change: number, objectId, status: error.status });
  }
}

function changeNotice({ kind, address }: AddressChange, reader: Telling['reader'], who: string): RenderedCard {
  const gains = kind === 'link' && reader === 'account';
  const sentence = gains
    ? `${who} linked the address ${address} to your account. Whatever this address may do, you may do now.`
    : `${who} ended the link between the address ${address} and your account. What this address may do, you may do no longer.`;
  const next = 'If that is wrong, tell your Studio Steward administrator.';
  return renderCard('notice', { severity: 'info', sentence, next, examples: ['what may I do'] });
}
