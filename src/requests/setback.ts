import { readRequest, updateRequest } from '../database/requests.ts';
import type { Refusal } from '../domain/refusals.ts';
import { inTransaction, type RequestServices } from './services.ts';
import { announce } from './transition.ts';

/**
 * Tells the person why their request takes longer: a call failed in passing and is being tried again. The reason
 * stays with the request, so that it can be told when patience ends; success clears it.
 */
export async function recordSetback(services: RequestServices, number: number, refusal: Refusal): Promise<void> {
  await inTransaction(services, async (trx) => {
    const request = await readRequest(trx, number);
    if (request?.state !== 'preparing' && request?.state !== 'running') return;
    await updateRequest(trx, number, { refusal: JSON.stringify(refusal) });
    await announce(services, trx, number);
  });
}
