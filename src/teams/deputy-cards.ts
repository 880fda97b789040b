import { type DeputyRefusal, type Deputyship, isThirdAdministrator, mostDeputyDays } from '../domain/deputies.ts';
import { isSamePersonOrAddress, type Person } from '../domain/people.ts';
import { isAdministrator } from '../requests/address-changes.ts';
import { recall } from '../requests/contacts.ts';
import type { ShownDeputyship } from '../requests/deputyships.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';
import type { TeamsServices } from './teams-services.ts';
import { administratorWords } from './whom-to-ask.ts';

/** The card of a deputyship in any state, for one reader. */
export async function deputyCard(
  services: TeamsServices,
  { deputyship, away, deputy, needsAdmission }: ShownDeputyship,
  reader: Person,
): Promise<RenderedCard> {
  const { startsAt, endsAt, timeZone, expiresAt, admittedBy, endedBecause, namedBy, tenantId } = deputyship;
  const isOfAdministrator = isAdministrator(services, reader);
  const facts = { by: reader, away, deputy, isAdministrator: isOfAdministrator };
  const mine = isSamePersonOrAddress(reader, away)
    ? 'away'
    : isSamePersonOrAddress(reader, deputy)
      ? 'deputy'
      : 'other';
  const state = stateOf(services, deputyship);
  const admitsWithPress = state === 'waiting' && isThirdAdministrator(facts);
  return renderCard('deputy', {
    deputyship: deputyship.number,
    state,
    away: away.name,
    deputy: deputy.name,
    namer: (await recall(services, tenantId, namedBy))?.person.name ?? null,
    reader: mine,
    startsAt: new Date(startsAt),
    isLater: services.clock.now() < startsAt,
    endsAt: new Date(endsAt),
    timeZone,
    admission:
      admittedBy !== null
        ? 'admitted'
        : admitsWithPress
          ? 'admits-with-press'
          : needsAdmission
            ? 'awaited'
            : 'not-needed',
    canAdmit: isThirdAdministrator(facts),
    canEnd: mine !== 'other' || isOfAdministrator,
    because: endedBecause,
    expiresAt: new Date(expiresAt),
  });
}

function stateOf({ clock }: TeamsServices, { outcome, endedBecause, startsAt, endsAt, expiresAt }: Deputyship) {
  const now = clock.now();
  if (outcome === 'declined') return 'declined';
  if (outcome === null) return now < expiresAt ? 'waiting' : 'expired';
  if (endedBecause !== null || now >= endsAt) return 'ended';
  return now < startsAt ? 'to-come' : 'in-force';
}

/** The sentence for a person: what was refused, and what they can do instead. */
export function deputyRefusalWords(services: TeamsServices, refusal: DeputyRefusal): string {
  const who = administratorWords(services) ?? 'a Studio Steward administrator of your company';
  switch (refusal) {
    case 'own-deputy':
      return 'Nobody can be their own deputy, or have an account that may be theirs as the deputy. I did nothing.';
    case 'names-themselves':
      return 'An administrator cannot become somebody’s deputy by their own press. The person who is away, or another administrator, has to name you.';
    case 'not-an-administrator':
      return `You can name a deputy for yourself. For somebody else only an administrator can; please ask ${who}.`;
    case 'decides-nothing':
      return 'This person does not decide about any requests, so a deputy would have nothing to decide. I did nothing.';
    case 'over':
      return 'That time is over already, so I did nothing. Please say a later day.';
    case 'too-long':
      return `A deputy can decide for at most ${mostDeputyDays} days at a time, so I did nothing. Please say an earlier day.`;
    case 'has-deputy':
      return 'There is a deputy for that time already. End that first: write “end my deputy”, or ask “who is my deputy?”.';
    case 'deputy-is-away':
      return 'That person has a deputy themselves in that time, so they cannot be one. I did nothing.';
    case 'not-your-preview':
      return 'Only the person who asked for this can confirm it.';
    case 'not-yours':
      return 'Only the two people concerned, or an administrator, can end this.';
    case 'own-deputyship':
      return 'An administrator cannot admit a deputy for themselves, or themselves as a deputy. Another administrator has to.';
    case 'already-admitted':
    case 'already-decided':
      return 'This was decided already.';
    case 'already-ended':
      return 'This has ended already.';
    case 'expired':
      return 'This was not confirmed in time, so nothing was changed. Please say it again.';
    case 'unknown':
      return 'I cannot find that, so nothing was changed. Ask “who is my deputy?” to see what holds.';
  }
}
