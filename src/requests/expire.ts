import type { RequestServices } from './request-services.ts';
import { transition } from './transition.ts';

/** Expires a request that nobody acted on, unless it has changed since the timer was set. */
export async function expire(services: RequestServices, number: number, version: number): Promise<void> {
  await transition(services, number, { type: 'expired', version });
}
