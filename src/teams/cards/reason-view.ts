import { z } from 'zod';
import { hasOtherReviewers } from '../../requests/tell-reviewers.ts';
import type { CardContext } from '../card-context.ts';
import { plainName, prose, type Runs } from './literal.ts';

/** More than the longest reason with the words around it. */
const longestShown = 700;

/** What a preview says where the requester has to give a reason; null where none is needed. */
export const reasonAsked = z
  .strictObject({
    /** The rules that ask for it, as their sentences. */
    because: z.array(z.string()).readonly(),
    /** Who else reads it: those who decide about the request, those who may stop it before it starts, or nobody. */
    readers: z.enum(['deciders', 'stoppers', 'nobody']),
    /** Whether others see the preview as well. */
    isShared: z.boolean(),
  })
  .nullable()
  .default(null);

/** The same for a request. */
export function reasonAskedData({ services, report, audience }: CardContext): z.input<typeof reasonAsked> {
  const { request, reviewedIn } = report;
  if (request.terms?.reasonNeeded !== true) return null;
  const { reasonBecause = [], waitMinutes = 0 } = request.terms;
  const others = waitMinutes > 0 && hasOtherReviewers(services, request) ? 'stoppers' : 'nobody';
  return {
    because: reasonBecause,
    readers: request.approvalsNeeded > 0 ? 'deciders' : others,
    // In the reviewers' conversations it is shown with the question.
    isShared: audience === 'public' && !reviewedIn.includes(request.originConversationId),
  };
}

const readerWords = {
  deciders: 'read by those who decide about this request and in the approvers’ conversation, and kept with it',
  stoppers: 'read by the approvers, who may stop this request before it starts, and kept with it',
  nobody: 'kept with this request',
} as const;

/** The field for the reason on a preview: why it is asked for, who reads it, and how long it is kept. */
export function reasonField(asked: z.output<typeof reasonAsked>): {
  readonly asksForReason: boolean;
  readonly reasonWhy: Runs;
} {
  if (asked === null) return { asksForReason: false, reasonWhy: [] };
  const sentences = [
    ...asked.because,
    `Your reason is ${readerWords[asked.readers]} until its names are removed.`,
    ...(asked.isShared ? ['I do not show it to others in this conversation.'] : []),
  ];
  return { asksForReason: true, reasonWhy: prose(sentences.join(' '), longestWhy) };
}

/** Several rules, each with a sentence of 200 characters. */
const longestWhy = 1_200;

/** The reason that was given, where the reader may see it: the requester, and who decides. */
export const reasonGiven = z.string().nullable().default(null);

/** The same for a request. */
export function reasonGivenData({ report: { request }, audience }: CardContext): string | null {
  return audience === 'public' ? null : request.requesterReason;
}

/** "Alex Wilber’s reason: “…”", or "Your reason: “…”" without a name. */
export function reasonGivenView(
  reason: string | null,
  requesterName: string | null,
): { readonly hasReason: boolean; readonly reasonGiven: Runs } {
  if (reason === null) return { hasReason: false, reasonGiven: [] };
  const whose = requesterName === null ? 'Your reason' : `${plainName(requesterName)}’s reason`;
  return { hasReason: true, reasonGiven: prose(`${whose}: “${reason}”`, longestShown) };
}
