import type { TurnContext } from 'botbuilder';
import { maxSchedules } from '../domain/schedule.ts';
import { activeSchedules, pressSchedule, runUnderWay, type ScheduleOutcome } from '../requests/schedules.ts';
import { schedulePress } from './cards/button-data.ts';
import { underWayWords } from './cards/schedule-preview.ts';
import type { Actor } from './identity.ts';
import { respondWithCard, respondWithText } from './invoke-answers.ts';
import { scheduleCard, scheduleListCard } from './schedule-cards.ts';
import type { TeamsServices } from './teams-services.ts';

/** True for presses that only stop or decline: for them the cached identity of the person is enough. */
export function isHarmlessToSchedules(data: unknown): boolean {
  const read = schedulePress.safeParse(data);
  return !read.success || read.data.choice !== 'confirm';
}

/** Answers a press about a schedule with its card, or with the list on which it stood. A refusal is a sentence. */
export async function answerSchedulePress(
  services: TeamsServices,
  context: TurnContext,
  { person, conversation }: Actor,
  data: unknown,
): Promise<void> {
  const read = schedulePress.safeParse(data);
  if (!read.success) return respondWithText(context, 'That button is not one of mine, so nothing was done.');
  if (conversation.kind !== 'personal') {
    return respondWithText(context, 'I answer about recurring exports in our personal chat only. Nothing was done.');
  }
  const { schedule: number, version, choice } = read.data;
  const plainChoice = choice === 'stop-in-list' ? 'stop' : choice;
  const outcome = await pressSchedule(services, person, number, version, plainChoice);
  if (outcome.result === 'refused') {
    services.log.info('a press was refused', { reason: outcome.refusal, objectId: person.objectId, schedule: number });
    const isRepeated = outcome.refusal === 'already-confirmed' || outcome.refusal === 'already-ended';
    // A second press on the same button: the card shows what the first one did.
    if (!isRepeated || outcome.schedule === null)
      return respondWithText(context, scheduleRefusalWords(outcome.refusal));
  }
  const underWay = plainChoice === 'stop' ? await runUnderWay(services, number) : null;
  if (choice === 'stop-in-list') {
    const stopped = 'It is stopped. Archives of earlier runs stay as long as their cards say.';
    const note = underWay === null ? stopped : `${stopped} ${underWayWords(underWay)}`;
    return respondWithCard(context, scheduleListCard(await activeSchedules(services, person), note));
  }
  const { schedule } = outcome;
  if (schedule !== null) await respondWithCard(context, scheduleCard(services, schedule, underWay));
}

/** The sentence for a person: what was refused, and what they can do instead. */
function scheduleRefusalWords(refusal: Extract<ScheduleOutcome, { result: 'refused' }>['refusal']): string {
  switch (refusal) {
    case 'not-yours':
      return 'Only the person who set up this recurring export can do that.';
    case 'too-many':
      return `You have ${maxSchedules} recurring exports, and that is the most one person can have. Stop one of them first: write “which exports are scheduled?”.`;
    case 'unknown':
      return 'I cannot find that recurring export, so nothing was done. Write “which exports are scheduled?” to see yours.';
    case 'outdated-card':
    case 'not-due':
      return 'This card was out of date, so nothing was done. Write “which exports are scheduled?” to see what holds now.';
    case 'already-confirmed':
      return 'This is scheduled already.';
    case 'already-ended':
      return 'This recurring export has already ended. To start another one, ask again.';
  }
}
