/** Id of the field where a message is written. */
export const CHAT_TEXT = 'chat-text'

/** Id of a message in the log. */
export function messageId(item: string): string {
  return `message-${item}`
}
