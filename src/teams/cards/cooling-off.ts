import { z } from 'zod';
import template from '../../../cards/cooling-off.json' with { type: 'json' };
import type { CardContext } from '../card-context.ts';
import { whatWords } from '../request-wording.ts';
import { actionNoun } from './action-words.ts';
import { type DataOf, defineCard } from './definition.ts';
import { plainName, prose, runs } from './literal.ts';
import { place } from './place.ts';
import { action, moment, name, requestFields } from './shapes.ts';
import { momentWords, plainMomentWords } from './words.ts';

/** A request that has met every condition and starts later, so that it can still be stopped. */
export const coolingOff = defineCard(
  template,
  z.strictObject({
    ...requestFields,
    action,
    requesterName: name,
    workspaceName: name,
    what: z.string(),
    startsAt: moment,
    /** Who has approved it; null when nobody had to. */
    approvedBy: name.nullable().default(null),
    /** Whether the reader is the requester. */
    isOwn: z.boolean().default(true),
  }),
  (data) => {
    const { request, version, refreshFor, action, isOwn, startsAt } = data;
    const noun = actionNoun(action);
    const confirmed = isOwn ? 'You have confirmed it' : `${plainName(data.requesterName)} has confirmed it`;
    const approved = data.approvedBy === null ? '' : `, and ${plainName(data.approvedBy)} approved it`;
    const sentence = `${confirmed}${approved}. Nothing has been done yet.`;
    return {
      summary: `${request} starts on ${plainMomentWords(startsAt)}. ${sentence}`,
      request,
      version,
      refreshFor,
      eyebrow: `${request} · ${noun}`,
      title: runs('Confirmed, waiting to start'),
      subject: runs(`${noun}: ${plainName(data.what)}`, ...place('in', data.workspaceName)),
      sentence: prose(sentence),
      when: `It starts on ${momentWords(startsAt)}.`,
      stopping: runs(`Until then ${whoMayStop(data)} can stop it: with the button, or by writing “stop ${request}”.`),
    };
  },
);

/** Where nobody had to approve it, nobody else has heard of it. */
function whoMayStop({
  isOwn,
  requesterName,
  approvedBy,
}: {
  isOwn: boolean;
  requesterName: string;
  approvedBy: string | null;
}): string {
  const requester = isOwn ? 'you' : plainName(requesterName);
  return approvedBy === null ? requester : `${requester}, an owner of the workspace, and whoever may approve it`;
}

/** The data of a request that waits until it starts. */
export function coolingOffData({ basis, report: { request }, audience }: CardContext): DataOf<typeof coolingOff> {
  return {
    ...basis,
    action: request.action,
    requesterName: request.requester.name,
    workspaceName: request.workspace?.name ?? '',
    what: whatWords(request, audience),
    startsAt: request.startsAt ?? request.updatedAt,
    approvedBy: request.decidedBy,
    isOwn: audience === 'requester',
  };
}
