import type { HoldTarget, LegalHold } from '../domain/legal-hold.ts';
import { toldHold } from '../holds/told-hold.ts';
import { recallConversation } from '../requests/contacts.ts';
import { messageWith } from './card-message.ts';
import { plainName } from './cards/literal.ts';
import { renderCard } from './cards/render.ts';
import { type Connector, ConnectorError } from './connector.ts';
import type { TeamsServices } from './teams-services.ts';

/** What is told of a hold. */
interface Telling {
  readonly hold: number;
  readonly event: 'placed' | 'lifted' | 'review' | 'ended';
}

/**
 * Tells the administrators, and whoever placed it, in their own chats what happened to a hold, or that it is due for a
 * review. Who cannot be reached is left out, with a line in the log; throws when nobody could be reached, so that the job
 * is tried again.
 */
export async function tellHold(
  services: TeamsServices,
  { post }: Pick<Connector, 'post'>,
  { hold: number, event }: Telling,
  signal: AbortSignal,
): Promise<void> {
  const { hold, readers } = await toldHold(services, number, signal);
  if (hold === null) return;
  const message = messageWith(
    renderCard('notice', { severity: 'info', ...wordsOf(hold, event), examples: ['list holds'] }),
  );
  let failure: unknown = null;
  let told = 0;
  for (const { personalConversationId } of readers) {
    const chat = personalConversationId === null ? null : await recallConversation(services, personalConversationId);
    if (chat === null) continue;
    try {
      await post(chat, message);
      told += 1;
    } catch (error) {
      failure = error;
      const status = error instanceof ConnectorError ? error.status : null;
      services.log.warn('somebody could not be told of a legal hold', { hold: number, status });
    }
  }
  services.log.info('people were told of a legal hold', { hold: number, told });
  if (told === 0 && failure !== null) throw failure;
}

function wordsOf(hold: LegalHold, event: Telling['event']): { readonly sentence: string; readonly next: string } {
  const { number, reference, placedBy, lifted, until } = hold;
  const what = `Legal hold ${number} on ${targetWords(hold.target)} (${plainName(reference)})`;
  const placer = plainName(placedBy.name) || 'somebody who is no longer known';
  switch (event) {
    case 'placed':
      return {
        sentence: `${what} was placed by ${placer}${until === null ? '' : `, until ${utc(until)}`}. Nothing that it covers is deleted while it stands.`,
        next: `To end it, write “lift hold ${number}”.`,
      };
    case 'lifted':
      return {
        sentence: `${what} was lifted by ${plainName(lifted?.by.name ?? '') || 'somebody who is no longer known'}. What it covered can be deleted again.`,
        next: 'What was due for removal meanwhile is removed within a day.',
      };
    case 'ended':
      return {
        sentence: `${what} has come to its end. What it covered can be deleted again.`,
        next: 'What was due for removal meanwhile is removed within a day.',
      };
    case 'review':
      return {
        sentence: `${what}, placed by ${placer}, still stands. Please check whether it is still needed.`,
        next: `It stays until it is lifted${until === null ? '' : ` or until ${utc(until)}`}. To end it, write “lift hold ${number}”.`,
      };
  }
}

function targetWords(target: HoldTarget): string {
  switch (target.kind) {
    case 'workspace':
      return `the workspace “${plainName(target.name)}”`;
    case 'asset':
      return `“${plainName(target.name)}” in “${plainName(target.workspaceName)}”`;
    case 'person':
      return plainName(target.name ?? target.addresses[0] ?? 'a person');
  }
}

function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
