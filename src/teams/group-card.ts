import type { Person } from '../domain/people.ts';
import { type RequestRecord, requestId } from '../domain/request.ts';
import { groupOf } from '../requests/group.ts';
import type { Audience } from './card-context.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import { whatWords } from './request-wording.ts';
import type { TeamsServices } from './teams-services.ts';

/** The card of the requests that one message made; null when they are not this person's, or when there is only one. */
export async function groupCard(
  services: TeamsServices,
  person: Person,
  request: RequestRecord,
  audience: Audience,
): Promise<RenderedCard | null> {
  const group = await groupOf(services, person, request);
  const [first, ...others] = group ?? [];
  if (group === null || first === undefined || others.length === 0) return null;
  return renderCard('request-group', {
    request: requestId(first.number),
    version: first.version,
    refreshFor: [],
    requests: group.map((each) => ({
      request: requestId(each.number),
      action: each.action,
      // Until it was found, the name as typed.
      workspaceName: each.workspace?.name ?? each.ask.workspaceName ?? '',
      what: whatWords(each, audience),
      state: each.state,
      totals: each.totals,
    })),
  });
}
