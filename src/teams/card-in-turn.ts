import { isDirectoryFailure } from '../domain/service-failure.ts';
import type { RenderedCard } from './cards/render.ts';
import { requestCard } from './request-card.ts';

/**
 * The card of a request for an answer in a turn, which nobody repeats: where the directory does not say whether the
 * requester's account is still there, without links rather than not at all.
 */
export async function cardInTurn(wish: Parameters<typeof requestCard>[0]): Promise<RenderedCard> {
  try {
    return await requestCard(wish);
  } catch (error) {
    if (!isDirectoryFailure(error)) throw error;
    return requestCard({ ...wish, services: { ...wish.services, linksRefused: true } });
  }
}
