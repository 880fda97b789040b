import type { Connection } from '../database/connection.ts';
import * as rows from '../database/deputy-rows.ts';
import { appendAudit } from '../database/history.ts';
import { readPerson } from '../database/person-rows.ts';
import {
  type DeputyEnd,
  type DeputyRefusal,
  type Deputyship,
  endedBy,
  isAhead,
  isThirdAdministrator,
  type NamingFacts,
  refusalOfAdmitting,
  refusalOfConfirming,
  refusalOfNaming,
} from '../domain/deputies.ts';
import { type Account, isNamedIn, isSamePersonOrAddress, type Person, type PersonFacts } from '../domain/people.ts';
import { ownerSet } from '../domain/reviews.ts';
import { isAdministrator } from './address-changes.ts';
import { isNamedApprover } from './report.ts';
import { inTransaction, type RequestServices } from './request-services.ts';
import { peopleIn } from './role-members.ts';
import { withRights } from './stand-ins.ts';

/** The result of a wish or a press. */
export type DeputyOutcome =
  | { readonly result: 'accepted'; readonly deputyship: Deputyship }
  | { readonly result: 'refused'; readonly refusal: DeputyRefusal; readonly deputyship: Deputyship | null };

/** A deputy that somebody wants to name. Moments are in milliseconds. */
export interface DeputyWish {
  readonly away: PersonFacts;
  readonly deputy: PersonFacts;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly timeZone: string;
}

/** True where a person may have to decide about requests, so that they may need a deputy. */
function mayDecide({ settings, ...services }: RequestServices, person: Person): boolean {
  const { rules } = settings.policy;
  return (
    isNamedApprover({ settings, ...services }, person) ||
    rules.some(({ reviewers = [] }) => reviewers.includes(ownerSet))
  );
}

/** Records a wish for its confirmation. Nobody is a deputy before that. */
export function proposeDeputy(services: RequestServices, by: Person, wish: DeputyWish): Promise<DeputyOutcome> {
  return inTransaction(services, async (trx): Promise<DeputyOutcome> => {
    const { away, deputy, startsAt, endsAt, timeZone } = wish;
    const refusal = refusalOfNaming(await namingFacts(services, trx, by, wish));
    if (refusal !== null) return { result: 'refused', refusal, deputyship: null };
    const now = services.clock.now();
    const deputyship = await rows.insertDeputyship(trx, {
      tenantId: by.tenantId,
      awayId: away.objectId,
      deputyId: deputy.objectId,
      namedBy: by.objectId,
      timeZone,
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      createdAt: new Date(now),
      expiresAt: new Date(Math.min(now + services.settings.waitsForPeopleMs, endsAt)),
    });
    return { result: 'accepted', deputyship };
  });
}

async function namingFacts(
  services: RequestServices,
  trx: Connection,
  by: Person,
  { startsAt, endsAt, ...people }: Omit<DeputyWish, 'timeZone'>,
): Promise<NamingFacts> {
  const away = await withRights(services, trx, people.away);
  const deputy = await withRights(services, trx, people.deputy);
  const ids = [away, deputy].flatMap(({ objectId, linked }) => [objectId, ...(linked?.objectIds ?? [])]);
  const now = services.clock.now();
  const others = await rows.namedDeputyships(trx, by.tenantId, 'away', ids);
  return {
    now,
    by: await withRights(services, trx, by),
    away,
    deputy,
    isAdministrator: isAdministrator(services, by),
    decides: mayDecide(services, away),
    startsAt,
    endsAt,
    others: others.filter((each) => isAhead(each, now)),
  };
}

/** The people of a deputyship as they are known; null when one is not known any more, or it is of another tenant. */
async function partiesOf(
  db: Connection,
  { tenantId, awayId, deputyId }: Deputyship,
): Promise<{ readonly away: PersonFacts; readonly deputy: PersonFacts } | null> {
  const away = await readPerson(db, tenantId, awayId);
  const deputy = await readPerson(db, tenantId, deputyId);
  return away === null || deputy === null ? null : { away: away.person, deputy: deputy.person };
}

type Parties = NonNullable<Awaited<ReturnType<typeof partiesOf>>>;

/** Runs a press on a deputyship, locked; one of another tenant or of people who are not known does not exist. */
function onDeputyship(
  services: RequestServices,
  by: Person,
  number: number,
  press: (trx: Connection, deputyship: Deputyship, parties: Parties) => Promise<DeputyOutcome>,
): Promise<DeputyOutcome> {
  return inTransaction(services, async (trx): Promise<DeputyOutcome> => {
    const found = await rows.readDeputyship(trx, number, 'lock');
    const parties = found?.tenantId === by.tenantId ? await partiesOf(trx, found) : null;
    if (found === null || parties === null) return { result: 'refused', refusal: 'unknown', deputyship: null };
    return press(trx, found, parties);
  });
}

/**
 * Confirms a preview: from then on, or from its day on, the deputy decides. The change, its audit row and the jobs that
 * tell and ask people commit in one transaction. `by` comes from the authenticated activity. Confirmed by an administrator
 * who is neither of the two, it admits the deputy; otherwise administrators are asked where the rules do not admit them.
 */
export function confirmDeputy(services: RequestServices, by: Person, number: number): Promise<DeputyOutcome> {
  return onDeputyship(services, by, number, async (trx, before, { away, deputy }) => {
    // One at a time for each person, so that two presses give nobody two deputies.
    await rows.lockPeople(trx, by.tenantId, [away.objectId, deputy.objectId]);
    const facts = await namingFacts(services, trx, by, { ...before, away, deputy });
    const refusal = refusalOfConfirming(before, facts);
    if (refusal !== null) return { result: 'refused', refusal, deputyship: before };
    const admittedBy = isThirdAdministrator(facts) ? by.objectId : null;
    const deputyship = await rows.updateDeputyship(trx, number, { outcome: 'named', admittedBy });
    await record(services, trx, by.objectId, deputyship, 'deputy.named', { admitted: admittedBy !== null });
    const { queue } = services;
    if (by.objectId !== away.objectId) await tell(services, trx, number, 'named', 'away');
    await tell(services, trx, number, 'named', 'deputy');
    if (admittedBy === null && needsAdmission(services, facts.away as Person, facts.deputy as Person))
      await tell(services, trx, number, 'named', 'administrators');
    await queue.enqueue(trx, 'review-by-deputy', { deputyship: number }, { startAfter: new Date(before.startsAt) });
    await queue.enqueue(trx, 'end-deputyship', { deputyship: number }, { startAfter: new Date(before.endsAt) });
    return { result: 'accepted', deputyship };
  });
}

/** False where the deputy belongs to every set that the person away belongs to, so that an admission adds nothing. */
function needsAdmission(services: RequestServices, away: Person, deputy: Person): boolean {
  const { approvers, administrators = [], helpdesk = [], policy } = services.settings;
  if (policy.rules.some(({ reviewers = [] }) => reviewers.includes(ownerSet))) return true;
  return [approvers, administrators, helpdesk, ...Object.values(policy.groups ?? {})]
    .map((list) => peopleIn(services, list))
    .some((list) => isNamedIn(list, away) && !isNamedIn(list, deputy));
}

/** Declines a preview; nobody becomes a deputy. */
export function declineDeputy(services: RequestServices, by: Person, number: number): Promise<DeputyOutcome> {
  return onDeputyship(services, by, number, async (trx, before) => {
    const refused = (refusal: DeputyRefusal) => ({ result: 'refused', refusal, deputyship: before }) as const;
    if (before.namedBy !== by.objectId) return refused('not-your-preview');
    if (before.outcome !== null) return refused('already-decided');
    const deputyship = await rows.updateDeputyship(trx, number, { outcome: 'declined' });
    return { result: 'accepted', deputyship };
  });
}

/** Admits a deputy, as an administrator who is neither of the two: from then on they decide what the person away could. */
export function admitDeputy(services: RequestServices, by: Person, number: number): Promise<DeputyOutcome> {
  return onDeputyship(services, by, number, async (trx, before, parties) => {
    const refusal = refusalOfAdmitting(before, await factsOf(services, trx, by, parties));
    if (refusal !== null) return { result: 'refused', refusal, deputyship: before };
    const deputyship = await rows.updateDeputyship(trx, number, { admittedBy: by.objectId });
    await record(services, trx, by.objectId, deputyship, 'deputy.admitted', {});
    for (const reader of ['away', 'deputy'] as const) await tell(services, trx, number, 'admitted', reader);
    const startAfter = new Date(Math.max(before.startsAt, services.clock.now()));
    await services.queue.enqueue(trx, 'review-by-deputy', { deputyship: number }, { startAfter });
    return { result: 'accepted', deputyship };
  });
}

/** Ends a deputyship: for the person away, the deputy or an administrator. What the deputy voted is counted anew. */
export function endDeputy(services: RequestServices, by: Person, number: number): Promise<DeputyOutcome> {
  return onDeputyship(services, by, number, async (trx, before, parties) => {
    const end = endedBy(before, await factsOf(services, trx, by, parties));
    if ('refusal' in end) return { result: 'refused', refusal: end.refusal, deputyship: before };
    return { result: 'accepted', deputyship: await endIn(services, trx, before, end.because, by) };
  });
}

async function factsOf(services: RequestServices, trx: Connection, by: Person, parties: Parties) {
  return {
    now: services.clock.now(),
    by: await withRights(services, trx, by),
    away: await withRights(services, trx, parties.away),
    deputy: await withRights(services, trx, parties.deputy),
    isAdministrator: isAdministrator(services, by),
  };
}

/** Ends a deputyship whose time is over; does nothing when it has ended already (idempotent). */
export function endOverdueDeputy(services: RequestServices, number: number): Promise<void> {
  return inTransaction(services, async (trx) => {
    const found = await rows.readDeputyship(trx, number, 'lock');
    const isOver = found?.outcome === 'named' && found.endedBecause === null && found.endsAt <= services.clock.now();
    if (isOver) await endIn(services, trx, found, 'time', null);
  });
}

/** Ends every deputyship of somebody who has left, within the transaction of all else that ends with their account. */
export async function endDeputyshipsOf(
  services: RequestServices,
  trx: Connection,
  { tenantId, objectId }: Account,
): Promise<void> {
  for (const { number } of await rows.namedDeputyships(trx, tenantId, 'either', [objectId])) {
    const found = await rows.readDeputyship(trx, number, 'lock');
    if (found === null || found.endedBecause !== null) continue;
    await endIn(services, trx, found, 'left', null);
  }
}

/** Both are told, but not who ended it, who sees it; requests that wait are shown as they are without the deputy. */
async function endIn(
  services: RequestServices,
  trx: Connection,
  { number, awayId, deputyId }: Deputyship,
  because: DeputyEnd,
  by: Person | null,
): Promise<Deputyship> {
  const endedAt = new Date(services.clock.now());
  const ended = await rows.updateDeputyship(trx, number, { endedBecause: because, endedAt });
  await record(services, trx, by?.objectId ?? 'system', ended, 'deputy.ended', { because });
  if (by?.objectId !== awayId) await tell(services, trx, number, 'ended', 'away');
  if (by?.objectId !== deputyId) await tell(services, trx, number, 'ended', 'deputy');
  await services.queue.enqueue(trx, 'review-by-deputy', { deputyship: number });
  return ended;
}

/** A deputyship with its people, for whoever may see it: the two, who named the deputy, and administrators. */
export interface ShownDeputyship {
  readonly deputyship: Deputyship;
  readonly away: PersonFacts;
  readonly deputy: PersonFacts;
  readonly needsAdmission: boolean;
}

/** A deputyship for its cards; null when it, or one of its people, is not known. Whom it may be shown to is not asked here. */
export async function shownDeputyship(services: RequestServices, number: number): Promise<ShownDeputyship | null> {
  const { db } = services.database;
  const deputyship = await rows.readDeputyship(db, number);
  const parties = deputyship === null ? null : await partiesOf(db, deputyship);
  if (deputyship === null || parties === null) return null;
  const [away, deputy] = await Promise.all([
    withRights(services, db, parties.away),
    withRights(services, db, parties.deputy),
  ]);
  return { deputyship, ...parties, needsAdmission: needsAdmission(services, away, deputy) };
}

/** The deputyships in force or to come in which somebody is away or the deputy, oldest first. */
export async function deputyshipsOf(
  services: RequestServices,
  { tenantId, objectId }: Account,
): Promise<readonly ShownDeputyship[]> {
  const named = await rows.namedDeputyships(services.database.db, tenantId, 'either', [objectId]);
  const ahead = named.filter((each) => isAhead(each, services.clock.now()));
  const shown = await Promise.all(ahead.map(({ number }) => shownDeputyship(services, number)));
  return shown.filter((each) => each !== null);
}

/** True for a reader who may see who is whose deputy: the two, whoever else decides about requests, and administrators. */
export function maySeeDeputies(services: RequestServices, reader: Person, away: PersonFacts): boolean {
  if (isAdministrator(services, reader) || isSamePersonOrAddress(reader, away)) return true;
  return isNamedApprover(services, reader);
}

function tell(
  { queue }: RequestServices,
  trx: Connection,
  deputyship: number,
  event: 'named' | 'admitted' | 'ended',
  reader: 'away' | 'deputy' | 'administrators',
): Promise<void> {
  return queue.enqueue(trx, 'tell-deputyship', { deputyship, event, reader });
}

function record(
  services: RequestServices,
  trx: Connection,
  actor: string,
  { number, tenantId, awayId, deputyId, startsAt, endsAt }: Deputyship,
  action: string,
  detail: object,
): Promise<void> {
  return appendAudit(trx, {
    at: new Date(services.clock.now()),
    tenantId,
    actor,
    action,
    requestNumber: null,
    workspaceId: null,
    detail: {
      deputyship: number,
      away: { objectId: awayId },
      deputy: { objectId: deputyId },
      from: new Date(startsAt).toISOString(),
      until: new Date(endsAt).toISOString(),
      ...detail,
    },
    policyVersion: services.settings.policy.version,
  });
}
