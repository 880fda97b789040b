import { wasApplied } from '../database/history.ts';
import { readRequest, updateRequest } from '../database/request-rows.ts';
import { storedJson } from '../database/storable.ts';
import { insertVote, readVotes } from '../database/vote-rows.ts';
import { confirmedAction } from '../domain/actions.ts';
import { fieldText, statedReason } from '../domain/field-text.ts';
import { foldName } from '../domain/name-folding.ts';
import { type Person, samePerson } from '../domain/people.ts';
import { type Ask, type PendingChoice, type RequestRecord, requestId } from '../domain/request.ts';
import type { RequestEvent } from '../domain/request-events.ts';
import { approvalsIn, maxCommentLength, rejectionsIn, voterWords } from '../domain/votes.ts';
import { mayStop, stopForOther } from './cancel.ts';
import { triedHeldMembers } from './held-deletions.ts';
import type { RequestServices } from './request-services.ts';
import { mayReview, reviewingAs, reviewsOfRequest, triedReviewers, type Unread, validVotes } from './reviewers.ts';
import { revokeLinks } from './revoke.ts';
import { searchForFiles } from './search-for-files.ts';
import { type Outcome, transition } from './transition.ts';

/** All that a card can send back, after validation: no names, no people, no state. */
export interface Press {
  readonly request: number;
  readonly version: number;
  readonly choice: string;
  /** What a reviewer wrote with a vote. */
  readonly comment?: string;
  /** The name that the requester typed to confirm. */
  readonly typed?: string;
  /** Why it is to be done, as the requester wrote it to confirm. */
  readonly reason?: string;
}

/**
 * Carries out a press on a card. The person comes from the authenticated activity; everything else is read from the
 * database. A press that is outdated, forged or made by somebody else is refused; a repeated one has no further effect
 * (idempotency key).
 */
export async function press(services: RequestServices, person: Person, pressed: Press): Promise<Outcome> {
  const { request: number, version, choice } = pressed;
  const request = await readRequest(services.database.db, number);
  // A request of another tenant does not exist for this person.
  if (!request || request.requester.tenantId !== person.tenantId) {
    return { result: 'refused', refusal: { reason: 'unknown-request', name: requestId(number) }, request: null };
  }
  const options = { person, idempotencyKey: `${version}:${choice}:${person.objectId}` };
  const action = confirmedAction(choice);
  if (action !== null) {
    await triedHeldMembers(services, request);
    const unread = await triedReviewers(services, request);
    if (unread !== null && reviewsOfRequest(request).length > 0) return withoutReviewers(request, unread);
    const nameTyped = request.workspace !== null && isSameTyped(pressed.typed, request.workspace.name);
    const reason = statedReason(pressed.reason);
    const event = { type: 'confirmed', by: person, version, action, nameTyped, hasReason: reason !== null } as const;
    // Where nobody asked for one, none is kept.
    const change = { requesterReason: request.terms?.reasonNeeded === true ? reason : null };
    return transition(services, number, event, { ...options, change });
  }
  switch (choice) {
    case 'search-for-files':
      return searchForFiles(services, person, number);
    case 'replace-links':
    case 'remove-archive': {
      const method = choice === 'replace-links' ? 'replace' : 'remove';
      return revokeLinks(services, person, request, { version, method }, options);
    }
    case 'cancel':
      if (!samePerson(person, request.requester) && (await mayStop(services, request, person)))
        return stopForOther(services, person, number, version, options);
      return transition(services, number, { type: 'cancelled', by: person, version }, options);
    case 'approve':
    case 'reject': {
      const comment = fieldText(pressed.comment, maxCommentLength);
      await triedHeldMembers(services, request);
      // A rejection starts nothing, so it may be by whoever is known to decide; an approval needs all votes counted,
      // which `transition` sees to where only groups are not known.
      const unread = await triedReviewers(services, request);
      const isKnown = mayReview(services, request, person);
      if (unread !== null && (!isKnown || (unread === 'owners' && choice === 'approve')))
        return withoutReviewers(request, unread);
      const by = { by: person, version, reviewsAs: reviewingAs(services, request, person)?.reviewsAs ?? [] };
      const event: VoteEvent =
        choice === 'approve'
          ? { type: 'approved', ...by }
          : { type: 'disapproved', ...by, hasComment: comment !== null };
      return vote(services, request, event, comment, options.idempotencyKey);
    }
  }
  if (await wasApplied(services.database.db, number, options.idempotencyKey)) return { result: 'repeated', request };
  const answered = request.choice === null ? null : answer(request.ask, request.choice, choice);
  if (answered === null) return { result: 'refused', refusal: { reason: 'unknown-choice' }, request };
  return transition(
    services,
    number,
    { type: 'chosen', by: person, version },
    { ...options, change: { ask: storedJson(answered), choice: null } },
  );
}

/** The owners or the people of a group decide about it, and the service does not say now who they are. */
function withoutReviewers(request: RequestRecord, unread: NonNullable<Unread>): Outcome {
  const reason = unread === 'owners' ? 'owners-unknown' : 'groups-unknown';
  const refusal = { reason, name: request.workspace?.name ?? '' } as const;
  return { result: 'refused', refusal, request };
}

type VoteEvent = Extract<RequestEvent, { type: 'approved' | 'disapproved' }> & { readonly by: Person };

/** Applies a vote: its row, and who has decided, change in the transaction of the event. */
function vote(
  services: RequestServices,
  { number }: RequestRecord,
  event: VoteEvent,
  comment: string | null,
  idempotencyKey: string,
): Promise<Outcome> {
  const { by: person, type, version } = event;
  return transition(services, number, event, {
    person,
    idempotencyKey,
    also: async (trx, request) => {
      const at = new Date(services.clock.now());
      await insertVote(trx, number, version, {
        ...person,
        vote: type === 'approved' ? 'approve' : 'reject',
        comment,
        at,
      });
      if (request.state === 'awaiting-approval') return;
      const votes = await validVotes(services, trx, request, await readVotes(trx, number, version));
      const deciders = type === 'approved' ? approvalsIn(votes) : rejectionsIn(votes);
      const decidedByName = new Intl.ListFormat('en').format(deciders.map(voterWords));
      await updateRequest(trx, number, { decidedByName });
    },
  });
}

/** Letter case does not matter, as everywhere where a name is typed, nor what nobody can see or type. */
function isSameTyped(typed: string | undefined, name: string): boolean {
  const plain = (text: string) => foldName(text.replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\ufffd]/gu, ' '));
  return typed !== undefined && typed.trim() !== '' && plain(typed) === plain(name);
}

/** The ask with a question answered; null when the answer is not among the options. */
function answer(ask: Ask, question: PendingChoice, optionId: string): Ask | null {
  switch (question.question) {
    case 'which-person': {
      const option = question.options.find(({ id }) => id === optionId);
      if (!option || ask.target !== 'directory-person') return null;
      return { ...ask, person: { ...ask.person, id: option.personId } };
    }
    case 'which-workspace':
    case 'did-you-mean-workspace': {
      const option = question.options.find(({ id }) => id === optionId);
      return option ? { ...ask, workspaceId: option.workspaceId } : null;
    }
    case 'which-asset':
    case 'did-you-mean-asset': {
      const option = question.options.find(({ id }) => id === optionId);
      return option ? { ...ask, picked: { ...ask.picked, [question.mention]: [option.asset] } } : null;
    }
  }
}
