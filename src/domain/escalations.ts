import type { NamedConversation } from './conversation-id.ts';

/** When a request is escalated: a share of the time in which it waits for people, or so many minutes after it is asked. */
export type EscalateAfter = { readonly share: number } | { readonly minutes: number };

/** Whom a rule has asked or told as well when nobody has decided in time. */
export interface EscalateTo {
  readonly conversation?: NamedConversation;
  /** Object ids or addresses. They decide only where the rule's reviewers admit them; others hear that it waits. */
  readonly people?: readonly string[];
}

/** An escalation as it is stored with the terms of a request. */
export interface Escalation {
  /** Null where a rule escalates to people alone. */
  readonly conversationId: string | null;
  readonly people: readonly string[];
  readonly after: EscalateAfter;
}

/** What of a rule says how it escalates. */
interface EscalatingRule {
  readonly approvals?: number;
  readonly escalateTo?: EscalateTo;
  readonly escalateAfter?: EscalateAfter;
}

/** As the reminder, at half of the time. */
const usualShare = { share: 0.5 } as const;

/** How the rules that ask for approvals escalate, in the order of the file; undefined when none does. */
export function escalationsOf(rules: readonly EscalatingRule[]): readonly Escalation[] | undefined {
  const escalations = rules.flatMap(({ approvals = 0, escalateTo, escalateAfter = usualShare }) =>
    approvals === 0 || escalateTo === undefined
      ? []
      : {
          conversationId: escalateTo.conversation?.id ?? null,
          people: escalateTo.people ?? [],
          after: escalateAfter,
        },
  );
  return escalations.length === 0 ? undefined : escalations;
}

/** How long after it is asked a request is escalated, in milliseconds, when it waits so long for people altogether. */
export function escalationDelayMs(after: EscalateAfter, waitsForPeopleMs: number): number {
  return 'share' in after ? after.share * waitsForPeopleMs : after.minutes * 60_000;
}
