import { type ChatPerson, chatPeople, chatPersonName, chatTenantId } from '../emulators/graph/sample-people.ts';

/** What the bot is called in the windows, and so how one mentions it. */
export const botName = 'Studio Steward';

/**
 * Conversation ids of one chat window. All windows share the tenant, but each is a connector of its own with its own
 * group chat and team: under one id the bot would send to whichever window spoke last.
 */
export interface ChatConversations {
  readonly personal: string;
  readonly group: string;
  /** The team's General channel; Teams gives it the team's own id. */
  readonly general: string;
  readonly announcements: string;
}

/** The conversations that the window of this person shows. */
export function chatConversations(person: ChatPerson): ChatConversations {
  return {
    personal: `personal-chat-of-${person.id}`,
    group: `group-chat-of-${person.id}`,
    general: `team-of-${person.id}`,
    announcements: `announcements-of-${person.id}`,
  };
}

/**
 * The Playground's configuration file, version 0.1.1 of its schema. It wants exactly five people
 * beside the current one and allows one group chat, one team and one channel beside General.
 * JSON is written because it is YAML too. The property `userPrincipleName` is spelled as its schema has it.
 */
export function playgroundConfig(person: ChatPerson): string {
  const conversations = chatConversations(person);
  const config = {
    version: '0.1.1',
    tenantId: chatTenantId,
    bot: { id: '00000000-0000-0000-0000-000000000011', name: botName },
    currentUser: user(person),
    users: chatPeople.filter((other) => other.id !== person.id).map(user),
    personalChat: { id: conversations.personal },
    groupChat: { id: conversations.group, name: 'Group Chat' },
    team: {
      id: conversations.general,
      name: 'My Team',
      aadGroupId: '00000000-0000-0000-0000-000000000031',
      channels: [{ id: conversations.announcements, name: 'Announcements' }],
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

function user(person: ChatPerson) {
  return {
    id: person.id,
    name: chatPersonName(person),
    userPrincipleName: person.email,
    aadObjectId: person.objectId,
    givenName: person.givenName,
    surname: person.surname,
    email: person.email,
  };
}
