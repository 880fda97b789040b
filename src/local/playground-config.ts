import { type ChatPerson, chatPeople, chatPersonName, chatTenantId } from '../emulators/graph/sample-people.ts';

/** The bot's name in the windows, which is also what a mention contains. */
export const botName = 'Studio Steward';

/**
 * Conversation ids of one chat window. All windows share the tenant, but each is a separate connector with its own
 * group chat and team. With shared ids the bot would send to the window that spoke last.
 */
export interface ChatConversations {
  readonly personal: string;
  readonly group: string;
  /** The team's General channel, whose id in Teams is that of the team. */
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
 * The Playground's configuration file, version 0.1.1 of its schema. It requires exactly five people beside the current
 * one and allows one group chat, one team and one channel beside General. The file is JSON, which is valid YAML. The
 * property `userPrincipleName` is spelled as in the schema.
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
