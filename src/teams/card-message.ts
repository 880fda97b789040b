import { type Activity, CardFactory, MessageFactory } from 'botbuilder';
import { type RequestRecord, requestId } from '../domain/request.ts';
import type { OutboxCard } from '../requests/outbox.ts';
import type { RequestReport } from '../requests/report.ts';
import type { RenderedCard } from './cards/render.ts';
import { stateStyles } from './cards/states.ts';
import { requestCard } from './request-card.ts';
import type { TeamsServices } from './teams-services.ts';

/** How much smaller than usual a card becomes, step by step, while Teams answers that it is too large. */
export const smallerSteps = [
  { rows: 5, bytes: 12_000 },
  { rows: 2, bytes: 5_000 },
] as const;

/** The step at which a request is told in plain words, without a card. */
export const plainStep = smallerSteps.length + 1;

/** After so many failures in a row to make a card, it is made without links; after as many more, told in plain words. */
const withoutLinksAfter = 2;

/** A message as Teams is given it. */
export interface CardMessage {
  readonly message: Partial<Activity>;
  /** It is a lesser one than the request deserves: its links, or its whole card, could not be made now. */
  readonly degraded: boolean;
}

/** A message that holds one card. */
export function messageWith({ card, summary }: Pick<RenderedCard, 'card' | 'summary'>): Partial<Activity> {
  const message = MessageFactory.attachment(CardFactory.adaptiveCard(card));
  return { ...message, summary };
}

/** A message of plain words. In the place of a card it takes the card and its buttons away. */
export function plainMessage(text: string): Partial<Activity> {
  return { ...MessageFactory.text(text, text), attachments: [] };
}

/**
 * Makes the message of an owed card, at a step from 0 for the usual size to {@link plainStep}. What cannot be made is
 * tried again; a card that fails again and again comes without links, and at last as fixed words.
 */
export async function cardMessage(
  services: TeamsServices,
  report: RequestReport,
  card: OutboxCard,
  step: number,
): Promise<CardMessage> {
  const { request } = report;
  const smaller = step === 0 ? undefined : smallerSteps[Math.min(step, smallerSteps.length) - 1];
  const pages = smaller === undefined ? {} : { rows: smaller.rows };
  const make = (given: TeamsServices) => requestCard(given, report, card.audience, pages, smaller?.bytes);
  let degraded = false;
  const made = await make(services).catch(async (error: unknown) => {
    services.log.error('a card could not be made', error, {
      request: card.requestNumber,
      audience: card.audience,
      attempt: card.attempts + 1,
    });
    if (card.attempts < withoutLinksAfter) throw error;
    degraded = true;
    return make({ ...services, linksRefused: true }).catch((permanent: unknown) => {
      if (card.attempts < 2 * withoutLinksAfter) throw permanent;
      return null;
    });
  });
  if (made === null) return { message: plainMessage(fixedWords(request)), degraded };
  if (step < plainStep) return { message: messageWith(made), degraded };
  return { message: plainMessage(`${made.summary} ${withoutCard(request)}`), degraded };
}

/** What can be said of a request whose card cannot be made: nothing in it comes from the service or from people. */
function fixedWords(request: RequestRecord): string {
  return `${requestId(request.number)}: ${stateStyles[request.state].words}. ${withoutCard(request)}`;
}

function withoutCard({ number, state }: RequestRecord): string {
  const id = requestId(number);
  const waits = state.startsWith('awaiting-') ? ' Nothing happens until its buttons can be pressed.' : '';
  return `I cannot show the card of this request here now.${waits} Write “status of ${id}” to see it, or “cancel ${id}” to end it.`;
}
