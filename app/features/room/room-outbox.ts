import type { RoomItemView } from '../../../shared/room-views'
import { type Sending, SendingLoop, type Timers } from '../../lib/sending-loop'
import type { ActAnswer, UnsentAct } from './room-acts'
import type { RoomStore } from './room-store'

type Acting = Sending<UnsentAct, RoomItemView | null>

/**
 * Sends one's own acts in the order in which they were made, one at a time and each until the server has
 * answered. A repeated attempt has the same key and happens once.
 */
export class RoomOutbox {
  readonly #store: RoomStore
  readonly #loop: SendingLoop<UnsentAct, RoomItemView | null>
  readonly #asked = new Map<string, (answer: ActAnswer) => void>()

  constructor(store: RoomStore, post: Acting['post'], timers?: Timers) {
    this.#store = store
    this.#loop = new SendingLoop(
      {
        next: () => store.read().unsent.find(({ refused }) => refused === null),
        post,
        take: (sent, answer) => this.#take(sent, answer),
        miss: () => {
          for (const key of [...this.#asked.keys()]) this.#answer(key, { ok: null })
        },
      },
      timers,
    )
  }

  /**
   * A refusal is told to whoever waits for the answer. Who was told that it is on its way is told so
   * by what stays in `unsent`.
   *
   * @returns what came of it; `ok` without an item when nobody was there, for it goes on by itself
   */
  send(unsent: UnsentAct): Promise<ActAnswer> {
    this.#store.send(unsent)
    return new Promise((tell) => {
      // whoever asked before has another wish now
      this.#answer(unsent.key, { ok: null })
      this.#asked.set(unsent.key, tell)
      this.wake()
    })
  }

  /** Sends without anybody waiting: a refusal stays in `unsent`. */
  leave(unsent: UnsentAct): void {
    this.#store.send(unsent)
    this.wake()
  }

  /** Something is to be sent, or the line is back. */
  wake(): void {
    this.#loop.wake()
  }

  close(): void {
    this.#loop.close()
  }

  #take(sent: UnsentAct, answer: Parameters<Acting['take']>[1]): void {
    const { key } = sent
    // it may have come as a fact already, and stand among the unsent no more
    const later = this.#store.read().unsent.find((each) => each.key === key)
    const isMeant = later === undefined || later === sent
    if ('ok' in answer) {
      if (answer.ok) this.#store.hear(answer.ok)
      this.#store.settle(sent)
    } else if (isMeant && this.#asked.has(key)) this.#store.drop(key)
    else this.#store.refuse(sent, answer.refused)
    if (isMeant) this.#answer(key, answer)
  }

  #answer(key: string, answer: ActAnswer): void {
    this.#asked.get(key)?.(answer)
    this.#asked.delete(key)
  }
}
