/** A person as whom one can use a chat window: the people in the Playground's configuration, with valid object ids. */
export interface ChatPerson {
  /** The id on the channel, as in an activity's `from.id`. */
  readonly id: string;
  readonly objectId: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
}

/** The tenant of all chat windows. */
export const chatTenantId = '00000000-0000-0000-0000-000000000001';

/** Everybody in the tenant; each chat window belongs to one of them. The Playground requires exactly six people. */
export const chatPeople: readonly ChatPerson[] = [
  person(0, 'Alex', 'Wilber', 'alexw@example.com'),
  person(1, 'Megan', 'Bowen', 'meganb@example.com'),
  person(2, 'Adele', 'Vance', 'adelev@example.com'),
  person(3, 'Isaiah', 'Langer', 'isaiahl@example.com'),
  person(4, 'Patti', 'Fernandez', 'pattif@example.com'),
  person(5, 'Lynne', 'Robbins', 'lynner@example.com'),
];

/** The object id of the tenant's one group, for rules that name a group. */
export const sampleGroupId = '00000000-0000-0000-0000-000000000030';

/** The person with this e-mail address. Throws RangeError, which lists the known addresses, when there is none. */
export function chatPerson(email: string): ChatPerson {
  const found = chatPeople.find((candidate) => candidate.email === email);
  if (found) return found;
  const known = chatPeople.map((candidate) => candidate.email).join(', ');
  throw new RangeError(`There is no chat window for ${email}. Choose one of: ${known}.`);
}

/** First and last name. */
export function chatPersonName(person: ChatPerson): string {
  return `${person.givenName} ${person.surname}`;
}

function person(index: number, givenName: string, surname: string, email: string): ChatPerson {
  return { id: `user-id-${index}`, objectId: `00000000-0000-0000-0000-00000000002${index}`, givenName, surname, email };
}
