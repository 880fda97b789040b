import { readRequest } from '../database/requests.ts';
import type { Refusal } from '../domain/refusals.ts';
import type { RequestServices } from './services.ts';
import { transition } from './transition.ts';

/** Ends a request that nobody acted on, unless it has moved on since the timer was set. */
export async function expire(services: RequestServices, number: number, version: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  if (!request || request.version !== version) return;
  await transition(services, number, { type: 'expired' });
}

/** Ends a request whose job was tried in vain as often as it may be. The last setback stays as its reason. */
export async function giveUp(services: RequestServices, number: number): Promise<void> {
  const request = await readRequest(services.database.db, number);
  const unexplained: Refusal = { reason: 'gave-up' };
  const change = request?.refusal ? {} : { refusal: JSON.stringify(unexplained) };
  await transition(services, number, { type: 'gave-up' }, { change });
}
