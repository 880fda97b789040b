import { readHoldOfAnyTenant } from '../database/hold-rows.ts';
import { type KnownPerson, readPerson } from '../database/person-rows.ts';
import type { LegalHold } from '../domain/legal-hold.ts';
import { samePerson } from '../domain/people.ts';
import { knownAdministrators } from '../requests/administrators.ts';
import type { RequestServices } from '../requests/request-services.ts';

/** A hold, and those who are told of it: the administrators of its tenant, and whoever placed it. */
export interface ToldHold {
  readonly hold: LegalHold | null;
  readonly readers: readonly KnownPerson[];
}

/** Who is told of a hold. Throws ServiceFailure when the directory does not say who is an administrator. */
export async function toldHold(services: RequestServices, number: number, signal: AbortSignal): Promise<ToldHold> {
  const { db } = services.database;
  const hold = await readHoldOfAnyTenant(db, number);
  if (hold === null) return { hold, readers: [] };
  const { tenantId } = hold;
  const administrators = await knownAdministrators(services, tenantId, signal);
  const placer = await readPerson(db, tenantId, hold.placedBy.objectId);
  const isTold = placer !== null && !administrators.some(({ person }) => samePerson(person, placer.person));
  return { hold, readers: isTold ? [...administrators, placer] : administrators };
}
