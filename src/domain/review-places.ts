import type { NamedConversation } from './conversation-id.ts';
import { approverSet, ownerSet, type ReviewerSet } from './reviews.ts';

/** A conversation in which a request's approvals are asked for. */
export interface ReviewPlace {
  /** Null for the approvers' conversation of the configuration. */
  readonly conversationId: string | null;
  /** The sets of reviewers whose members see it there; all others are asked in their own chats. */
  readonly seenBy: readonly ReviewerSet[];
}

/** Where approvals are asked for when no rule says so. */
export const defaultPlaces: readonly ReviewPlace[] = [{ conversationId: null, seenBy: [approverSet] }];

/** What of a rule says where its approvals are asked for. */
interface AskingRule {
  readonly approvals?: number;
  readonly reviewers?: readonly ReviewerSet[];
  readonly conversation?: NamedConversation;
}

/**
 * Where the rules that ask for approvals have them asked for, each conversation once; undefined when all of them use
 * the configuration's. The reviewers of a rule with a conversation of its own count as members of it, apart from the
 * owners of workspaces, who differ from one workspace to the next.
 */
export function placesOf(rules: readonly AskingRule[]): readonly ReviewPlace[] | undefined {
  const asking = rules.filter(({ approvals = 0 }) => approvals > 0);
  if (asking.every(({ conversation }) => conversation === undefined)) return undefined;
  return mergedPlaces(
    asking.flatMap(({ conversation, reviewers = [approverSet] }) =>
      conversation === undefined
        ? defaultPlaces
        : { conversationId: conversation.id, seenBy: reviewers.filter((set) => set !== ownerSet) },
    ),
  );
}

/** The same places with each conversation once, seen by all who see it as one of them. */
export function mergedPlaces<Place extends ReviewPlace>(places: readonly Place[]): readonly Place[] {
  const merged = new Map<string | null, Place>();
  for (const place of places) {
    const seenBy = new Set([...(merged.get(place.conversationId)?.seenBy ?? []), ...place.seenBy]);
    merged.set(place.conversationId, { ...place, seenBy: [...seenBy] });
  }
  return [...merged.values()];
}

/** True when somebody who belongs to these sets sees one of the places. */
export function seesPlace(places: readonly ReviewPlace[], reviewsAs: readonly ReviewerSet[]): boolean {
  return places.some(({ seenBy }) => seenBy.some((set) => reviewsAs.includes(set)));
}
