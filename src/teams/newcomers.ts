import { requestId } from '../domain/request.ts';
import { approvalsFor } from '../requests/report.ts';
import { recordTold, repostWaitingCards, unreachedFor } from '../requests/repost-cards.ts';
import { approvalListCard } from './answers/follow-up-answers.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { channelOf } from './channels.ts';
import type { Actor } from './identity.ts';
import type { TeamsServices } from './teams-services.ts';

type Say = (card: RenderedCard) => Promise<void>;

/**
 * Handles the installation of the bot into a conversation: cards that need an answer there are posted again, since
 * people may not see what was posted before, and an approver gets the list of pending approvals.
 */
export async function greetArrival(services: TeamsServices, actor: Actor, say: Say): Promise<void> {
  const { conversation, person } = actor;
  await repostWaitingCards(services, [...new Set([conversation.id, channelOf(conversation.id)])]);
  if (conversation.kind !== 'personal') return;
  const waiting = await approvalsFor(services, person, 15);
  if (waiting.length > 0) await say(approvalListCard(waiting));
}

/**
 * Tells a person who writes or presses about cards that could not be delivered to them. In their personal chat the
 * outbox delivers their own cards; elsewhere they are told that one is pending. Once per version of each request.
 */
export async function reportUnreached(services: TeamsServices, actor: Actor, say: Say): Promise<void> {
  const { person, conversation } = actor;
  const { own, approvals } = await unreachedFor(services, person);
  const isPersonal = conversation.kind === 'personal';
  if (own.length > 0 && !isPersonal) {
    await say(
      notice(
        `${person.name}, I could not reach you in our personal chat about ${list(own)}. Please write to me there.`,
      ),
    );
    await recordTold(services, person, own);
  }
  if (approvals.length === 0) return;
  if (isPersonal) {
    await say(approvalListCard(approvals));
  } else {
    await say(
      notice(
        `${person.name}, waiting for approval: ${list(approvals)}. Write “what waits for my approval” to me in our personal chat.`,
      ),
    );
  }
  await recordTold(services, person, approvals);
}

function list(requests: readonly { readonly number: number }[]): string {
  return requests.map(({ number }) => requestId(number)).join(', ');
}

function notice(sentence: string): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence });
}
