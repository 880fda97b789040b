import type { Schedule } from '../../domain/schedule.ts';
import { activeSchedules } from '../../requests/schedules.ts';
import { type RenderedCard, renderCard } from '../cards/render.ts';
import { listWords } from '../cards/words.ts';
import type { TeamsServices } from '../teams-services.ts';
import type { Turn } from '../turn.ts';

/** How many sentences that stop a recurring export an answer has. */
const mostNamed = 4;

/** Nothing is open; that recurring exports go on is said, since “stop this” may be about one of them. */
export async function nothingToCancelCard(services: TeamsServices, { actor }: Turn): Promise<RenderedCard> {
  const nothing = 'None of your requests is open, so there is nothing to cancel.';
  const active = actor.conversation.kind === 'personal' ? await activeSchedules(services, actor.person) : [];
  const names = [...new Set(active.map(({ schedule }) => schedule.workspaceName))];
  const going = `Recurring exports go on, of ${listWords(names.map((name) => `“${name}”`))}.`;
  return renderCard('notice', {
    severity: 'info',
    sentence: active.length === 0 ? nothing : `${nothing} ${going}`,
    next: null,
    examples: names.slice(0, mostNamed).map((name) => `stop the recurring export of "${name}"`),
  });
}

/** That recurring exports wait to be set up, for whoever asks what waits for them. */
export function proposedWords(proposed: readonly Schedule[]): string {
  const names = listWords([...new Set(proposed.map(({ workspaceName }) => `“${workspaceName}”`))]);
  return `No request waits for you, but a recurring export that I proposed does, of ${names}. Press “Schedule it” or “Do not schedule” on its card.`;
}
