/**
 * The channel or chat of a conversation id. In a channel, Teams appends the thread (`…;messageid=…`) to the id of what
 * people write or press, while a new post by the bot goes to the channel itself.
 */
export function channelOf(conversationId: string): string {
  return conversationId.split(';messageid=', 1)[0] ?? conversationId;
}
