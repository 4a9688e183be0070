import type { ReplyView } from '../../../shared/views'
import type { Answer } from '../../lib/ask'
import { SendingLoop, type Timers } from '../../lib/sending-loop'
import type { ThreadStore, UnsentPost } from './thread-store'

type Post = (post: UnsentPost) => Promise<Answer<ReplyView>>

/**
 * Sends one's own posts in the order in which they were written, one at a time and each until the
 * server has answered. A repeated attempt has the same key and is stored once.
 */
export class Outbox {
  readonly #loop: SendingLoop<UnsentPost, ReplyView>

  constructor(store: ThreadStore, post: Post, timers?: Timers) {
    this.#loop = new SendingLoop(
      {
        next: () => store.read().unsent.find(({ refused }) => refused === null),
        post,
        take({ clientKey }, answer) {
          if ('ok' in answer) {
            store.hear(answer.ok)
            store.drop(clientKey)
          } else store.refuse(clientKey, answer.refused)
        },
      },
      timers,
    )
  }

  /** Something is to be sent, or the line is back. */
  wake(): void {
    this.#loop.wake()
  }

  close(): void {
    this.#loop.close()
  }
}
