import { type Activity, CardFactory, MessageFactory } from 'botbuilder';
import type { Person } from '../domain/people.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';
import { type KnownPerson, recall } from '../requests/contacts.ts';
import { hasRecipient, type OutboxCard } from '../requests/outbox.ts';
import type { RequestReport } from '../requests/report.ts';
import { reviewerBy } from '../requests/reviewers.ts';
import type { RenderedCard } from './cards/render.ts';
import { stateStyles } from './cards/states.ts';
import type { Connector } from './connector.ts';
import type { Outsider } from './outsider-card.ts';
import { requestCard } from './request-card.ts';
import type { TeamsServices } from './teams-services.ts';

/** The reduced sizes that are tried in turn while Teams answers that a card is too large. */
export const smallerSteps = [
  { rows: 5, bytes: 12_000 },
  { rows: 2, bytes: 5_000 },
] as const;

/** The last step: plain text without a card. */
export const plainStep = smallerSteps.length + 1;

/** After this many consecutive failures to render a card, it is rendered without links; after twice as many, sent as plain text. */
const withoutLinksAfter = 2;

/** A message as it is sent to Teams. */
export interface CardMessage {
  readonly message: Partial<Activity>;
  /** True for a fallback: the links, or the whole card, could not be made now. */
  readonly degraded: boolean;
}

/** A card of the outbox on its way to Teams, and the report that it shows. */
export interface Delivery {
  readonly services: TeamsServices;
  readonly connector: Connector;
  readonly card: OutboxCard;
  readonly report: RequestReport;
}

/** A message that holds one card. */
export function messageWith({
  card,
  summary,
  locale,
}: Pick<RenderedCard, 'card' | 'summary' | 'locale'>): Partial<Activity> {
  const message = MessageFactory.attachment(CardFactory.adaptiveCard(card));
  return { ...message, summary, ...(locale === undefined ? {} : { locale }) };
}

/** A message of plain text. As an update of a card message it removes the card and its buttons. */
export function plainMessage(text: string): Partial<Activity> {
  return { ...MessageFactory.text(text, text), attachments: [] };
}

/** The most people who are mentioned in one message. */
const mostMentioned = 20;

/**
 * The message with a mention of each person and what for, so that Teams notifies them (learn.microsoft.com, "Mentions in bot
 * conversations": the text holds `<at>name</at>`, as the entity does). Names stand in markup here, so only letters,
 * digits and a few marks of them are kept.
 */
export function withMentions(
  message: Partial<Activity>,
  people: readonly Mentioned[],
  purpose: string,
): Partial<Activity> {
  const shown = people.slice(0, mostMentioned);
  const entities = shown.map(({ person, channelUserId }) => {
    const name = nameInMarkup(person.name);
    return { type: 'mention', text: `<at>${name}</at>`, mentioned: { id: channelUserId, name } };
  });
  if (entities.length === 0) return message;
  const list = new Intl.ListFormat('en');
  const names = list.format(
    shown.map(({ person, standsInFor = [] }) => {
      const away = standsInFor.map(({ name }) => nameInMarkup(name));
      return `<at>${nameInMarkup(person.name)}</at>${away.length === 0 ? '' : ` (for ${list.format(away)})`}`;
    }),
  );
  return { ...message, text: [message.text ?? '', `${purpose}: ${names}`].join(' ').trim(), entities };
}

function nameInMarkup(name: string): string {
  const plain = name.replace(/[^\p{L}\p{M}\p{N} .’'-]/gu, ' ').replace(/\s+/gu, ' ');
  return plain.trim().slice(0, 60) || 'reviewer';
}

/** A person as Teams can mention them, and for whom they decide as a deputy. */
type Mentioned = Pick<KnownPerson, 'channelUserId'> & {
  readonly person: { readonly name: string };
  readonly standsInFor?: readonly { readonly name: string }[];
};

/**
 * Renders the message of a card in the outbox, at a step from 0 (usual size) to {@link plainStep}. Throws when rendering
 * fails, so that it is retried; after several failures it falls back to a card without links, then to fixed text.
 */
export async function cardMessage(
  { services, report, card }: Pick<Delivery, 'services' | 'report' | 'card'>,
  step: number,
): Promise<CardMessage> {
  const { request } = report;
  const smaller = step === 0 ? undefined : smallerSteps[Math.min(step, smallerSteps.length) - 1];
  const pages = smaller === undefined ? {} : { rows: smaller.rows };
  const { reader, outsider } = await recipientOf(services, card, request);
  const render = (given: TeamsServices) =>
    requestCard({
      services: given,
      report,
      audience: card.audience,
      pages,
      mostBytes: smaller?.bytes,
      reader,
      outsider,
    });
  let degraded = false;
  const made = await render(services).catch(async (error: unknown) => {
    services.log.error('card rendering failed', error, {
      request: card.requestNumber,
      audience: card.audience,
      attempt: card.attempts + 1,
    });
    if (card.attempts < withoutLinksAfter) throw error;
    degraded = true;
    return render({ ...services, linksRefused: true }).catch((permanent: unknown) => {
      if (card.attempts < 2 * withoutLinksAfter) throw permanent;
      return null;
    });
  });
  if (made === null) return { message: plainMessage(fixedWords(request)), degraded };
  if (step < plainStep) return { message: messageWith(made), degraded };
  return { message: plainMessage(`${made.summary} ${withoutCard(request)}`), degraded };
}

/** The person in whose own chat the card stands, and why they have it when they may not decide. */
async function recipientOf(
  services: TeamsServices,
  card: OutboxCard,
  request: RequestRecord,
): Promise<{ readonly reader: Person | undefined; readonly outsider: Outsider | null }> {
  if (!hasRecipient(card)) return { reader: undefined, outsider: null };
  const known = await recall(services, request.requester.tenantId, card.recipient);
  const outsider = card.toldAs ?? 'former';
  if (known === null) return { reader: undefined, outsider };
  const reviewer = await reviewerBy(services, services.database.db, request, card.recipient);
  return reviewer === null
    ? { reader: { ...known.person, addresses: [] }, outsider }
    : { reader: reviewer.person, outsider: null };
}

/** Fixed text for a request whose card cannot be rendered; it contains nothing from Studio or from people. */
function fixedWords(request: RequestRecord): string {
  return `${requestId(request.number)}: ${stateStyles[request.state].words}. ${withoutCard(request)}`;
}

function withoutCard({ number, state }: RequestRecord): string {
  const id = requestId(number);
  const waits = state.startsWith('awaiting-') ? ' Nothing happens until you press one of its buttons.' : '';
  return `I cannot show the card of this request here right now.${waits} Write “status of ${id}” to see it, or “cancel ${id}” to end it.`;
}
