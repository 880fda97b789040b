import { type ChatPerson, chatPersonName, chatTenantId } from '../../src/emulators/graph/sample-people.ts';

/** A member of a conversation as Teams' connector returns it. Teams sometimes omits fields, and so may a test. */
export interface RosterMember {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly givenName?: string | null | undefined;
  readonly surname?: string | null | undefined;
  readonly aadObjectId?: string | null | undefined;
  /** The same id, by the field name of older responses. */
  readonly objectId?: string | null | undefined;
  readonly userPrincipalName?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** The person's own tenant, which may differ from that of the conversation. */
  readonly tenantId?: string | null | undefined;
  readonly userRole?: 'user' | 'guest' | 'anonymous' | 'owner' | (string & {}) | null | undefined;
}

/** The members of each conversation, and what Teams returns about them. By default everybody is a member everywhere. */
export class Roster {
  readonly #everywhere = new Map<string, RosterMember | null>();
  readonly #inOne = new Map<string, Map<string, RosterMember | null>>();

  constructor(people: readonly ChatPerson[]) {
    for (const person of people) this.#everywhere.set(person.id, memberOf(person));
  }

  /**
   * Changes what is returned about a person: `undefined` omits a field, null instead of facts makes the person no
   * member. Without a conversation it applies to all conversations that have no facts of their own.
   */
  set(person: Pick<ChatPerson, 'id'>, facts: Partial<RosterMember> | null, conversationId?: string): void {
    const before = this.#everywhere.get(person.id) ?? { id: person.id };
    const member = facts === null ? null : { ...before, ...facts, id: person.id };
    if (conversationId === undefined) this.#everywhere.set(person.id, member);
    else {
      const here = this.#inOne.get(conversationId) ?? new Map();
      this.#inOne.set(conversationId, here.set(person.id, member));
    }
  }

  /** The connector's response; null when the person is no member. A thread has the roster of its channel. */
  find(conversationId: string, userId: string): RosterMember | null {
    const channel = conversationId.split(';messageid=')[0] ?? conversationId;
    const own = this.#inOne.get(conversationId)?.get(userId) ?? this.#inOne.get(channel)?.get(userId);
    const isAccessDenied = [conversationId, channel].some((id) => this.#inOne.get(id)?.get(userId) === null);
    return isAccessDenied ? null : (own ?? this.#everywhere.get(userId) ?? null);
  }
}

/** A person as the roster of their own tenant shows them. */
function memberOf(person: ChatPerson): RosterMember {
  return {
    id: person.id,
    name: chatPersonName(person),
    givenName: person.givenName,
    surname: person.surname,
    aadObjectId: person.objectId,
    userPrincipalName: person.email,
    email: person.email,
    tenantId: chatTenantId,
    userRole: 'user',
  };
}
