import { requestId } from '../domain/request.ts';
import { reviewsWords } from '../domain/reviews.ts';
import type { RequestReport } from '../requests/report.ts';
import { reviewsOfRequest } from '../requests/reviewers.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';

/**
 * Somebody who has a card for reviewers and may not decide: `former` was asked and may not any more, `told` hears only
 * that it waits.
 */
export type Outsider = 'former' | 'told';

/** For somebody who may not decide: nothing of what the request is about. */
export function outsiderCard(report: RequestReport, outsider: Outsider): RenderedCard {
  const { sentence, next } = outsider === 'former' ? formerWords(report) : toldWords(report);
  return renderCard('notice', { severity: 'info', sentence, next, examples: [] });
}

interface Words {
  readonly sentence: string;
  readonly next: string | null;
}

function formerWords({ request }: RequestReport): Words {
  const id = requestId(request.number);
  return { sentence: `You are not among those who decide about ${id} any more, so it is not shown here.`, next: null };
}

function toldWords({ request }: RequestReport): Words {
  const id = requestId(request.number);
  if (request.state !== 'awaiting-approval') return { sentence: `${id} waits for no approval any more.`, next: null };
  const who = reviewsWords(reviewsOfRequest(request));
  return {
    sentence: `${id} still waits for the approval of ${who}, and nobody has decided yet.`,
    next:
      'You are told because the policy says so. You do not decide about it yourself, so what it is about is not shown ' +
      'to you. If nobody decides in time, it expires and nothing happens.',
  };
}
