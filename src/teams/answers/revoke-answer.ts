import { linkStateOf } from '../../domain/link-revocation.ts';
import { refusalSentence } from '../../domain/refusals.ts';
import { type RequestRecord, requestId, requestNumber } from '../../domain/request.ts';
import { reportRequest } from '../../requests/report.ts';
import { revocationTarget } from '../../requests/revoke.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { revokeLinkData } from '../cards/revoke-link.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** How many requests the question names. */
const mostNamed = 5;

/**
 * "revoke the link of DSR-12": the card with the choice what is done about it. Whoever asked for the export may, a guest
 * or a former member too, since they could get the link. Where others read along nothing is said about any request.
 */
export async function revokeLink(services: TeamsServices, turn: Turn): Promise<void> {
  const { person, conversation } = turn.actor;
  if (conversation.kind !== 'personal') {
    return turn.say(
      info('I handle download links only in our personal chat, so I did nothing here. Please ask me there.'),
    );
  }
  const typed = turn.reading.slots.request;
  const number = typed === undefined ? null : requestNumber(typed);
  if (typed !== undefined && number === null) return turn.say(unknown(typed));
  const target = await revocationTarget(services, person, number);
  switch (target.kind) {
    case 'unknown':
      return turn.say(unknown(number === null ? '' : requestId(number)));
    case 'none':
      return turn.say(info('None of your exports has an archive in storage, so no link to one works.'));
    case 'several':
      if (everyLink.test(turn.text)) return ofEach(services, turn, target.requests);
      return turn.say(
        info(
          'Several of your exports have an archive in storage. Which one’s link should stop working?',
          target.requests.slice(0, mostNamed).map((request) => `revoke the link of ${requestId(request.number)}`),
        ),
      );
    case 'one':
      return turn.say(await cardOf(services, target.request));
  }
}

/** "Make all my links invalid": not about one export. */
const everyLink = /\b(?:all|every|each|both|any|links)\b/iu;

async function ofEach(services: TeamsServices, turn: Turn, requests: readonly RequestRecord[]): Promise<void> {
  const more = requests.length - mostNamed;
  const rest = more > 0 ? ` Here are the ${mostNamed} newest; please ask again for the others afterwards.` : '';
  await turn.say(
    info(
      `${requests.length} of your exports have an archive in storage, each with a card below.${rest} Nothing changes until you press.`,
    ),
  );
  for (const request of requests.slice(0, mostNamed)) await turn.say(await cardOf(services, request));
}

async function cardOf(services: TeamsServices, request: RequestRecord): Promise<RenderedCard> {
  const id = requestId(request.number);
  if (request.archiveRemovedAt !== null) {
    return info(`The archive of ${id} has been removed from storage, so no link to it works any more.`);
  }
  const report = await reportRequest(services, request.number);
  if (report === null || linkStateOf(report.request) === 'none') {
    return info(`I have not handed out a link for ${id}, so there is none to revoke.`, [`status of ${id}`]);
  }
  const basis = { request: id, version: report.request.version, refreshFor: [] };
  const context = { services, report, basis, audience: 'requester', pages: {} } as const;
  return renderCard('revoke-link', revokeLinkData(context));
}

function unknown(name: string): RenderedCard {
  const sentence = refusalSentence({ reason: 'unknown-request', name });
  return renderCard('notice', { severity: 'refused', sentence, next: null, examples: ['status'] });
}

function info(sentence: string, examples: readonly string[] = []): RenderedCard {
  return renderCard('notice', { severity: 'info', sentence, next: null, examples });
}
