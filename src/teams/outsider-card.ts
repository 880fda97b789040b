import { requestId } from '../domain/request.ts';
import { reviewsWords } from '../domain/reviews.ts';
import type { ToldAs } from '../requests/outbox.ts';
import { approversOf } from '../requests/report.ts';
import { placeWords } from '../requests/review-conversations.ts';
import { reviewsOfRequest } from '../requests/reviewers.ts';
import type { CardContext } from './card-context.ts';
import { type RenderedCard, renderCard } from './cards/render.ts';

/** Somebody who has a card for reviewers and may not decide: they were asked and may not any more, or are only told. */
export type Outsider = 'former' | ToldAs;

/** For somebody who may not decide: nothing of what the request is about. */
export function outsiderCard(context: CardContext, outsider: Outsider): RenderedCard {
  const { sentence, next } = outsider === 'former' ? formerWords(context) : toldWords(context, outsider);
  return renderCard('notice', { severity: 'info', sentence, next, examples: [] });
}

interface Words {
  readonly sentence: string;
  readonly next: string | null;
}

function formerWords({ report: { request } }: CardContext): Words {
  const id = requestId(request.number);
  return { sentence: `You are not among those who decide about ${id} any more, so it is not shown here.`, next: null };
}

const notShown = 'You do not decide about it yourself, so what it is about is not shown to you.';

function toldWords(context: CardContext, toldAs: ToldAs): Words {
  const { request } = context.report;
  const id = requestId(request.number);
  if (request.state === 'cooling-off' && request.approvalsNeeded === 0) return coolingOffWords(context, id);
  if (request.state !== 'awaiting-approval') return { sentence: `${id} waits for no approval any more.`, next: null };
  const who = reviewsWords(reviewsOfRequest(request));
  const end = 'If nobody decides in time, it expires and nothing happens.';
  if (isReached(context)) {
    const because =
      toldAs === 'escalation' ? 'You are told because the policy says so.' : 'They have been asked by now.';
    return {
      sentence: `${id} still waits for the approval of ${who}, and nobody has decided yet.`,
      next: `${because} ${notShown} ${end}`,
    };
  }
  return {
    sentence: `${id} waits for the approval of ${who}, and I have not reached any of those who can give it.`,
    next: `${repairWords(context)} ${notShown} ${end}`,
  };
}

/** A request that starts by itself: an administrator may stop it, as a reviewer may. */
function coolingOffWords(context: CardContext, id: string): Words {
  const reached = isReached(context) ? '' : ' I have not reached the approvers, who could stop it.';
  return {
    sentence: `${id} is confirmed and starts by itself when its wait is over.${reached}`,
    next: `To stop it before that, write “stop ${id}”.`,
  };
}

function isReached({ report }: CardContext): boolean {
  const approvers = approversOf(report);
  return approvers === 'told' || approvers === 'asking';
}

/** What an administrator can do so that those who decide are reached. */
function repairWords({ services, report }: CardContext): string {
  const places = report.reviewedIn.map((id) => placeWords(services, id));
  const check = places.length === 0 ? '' : `check that the app is still in ${places.join(' and in ')}, or `;
  return `Please ${check}ask one of them to write “what waits for my approval” to me.`;
}
