import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import { MESSAGE_SYNC } from '../../../../shared/collab/wire'
import { inTurn } from './in-turn'
import { syncFrame, unpacked, updateIn } from './sync-frame'
import type { Unpack } from './unpack'

/**
 * A larger update leaves in pieces, bytes. Above 64 KB the server tries a frame on a copy of the
 * document first, which takes longer the larger the document is.
 */
export const PIECE_BYTES = 65_000
/** So many leave at once, the others as fast as the server takes bytes from one socket. */
export const PIECES_AT_ONCE = 48
export const PAUSE_MS = 100

export type SocketEvents = {
  /** The number of the last own change. */
  made(): number
  /**
   * An update leaves that holds everything up to an own change, in so many frames that the server
   * counts; all but the last are only parts of it. An answer repeats what frames before it said.
   */
  leaving(upTo: number, frames: number, isAnswer: boolean): void
  /** Resolves after so long. */
  pause(ms: number): Promise<void>
  /** The packed state is none: whoever asks again should not ask for one. */
  damaged(): void
}

type Leaving = { upTo: number; step: number; frame: Uint8Array<ArrayBuffer>; hasLeft?: boolean }

/**
 * A WebSocket class that counts as the server counts: every SyncStep2 and Update it sends.
 *
 * An Update before the connection's first SyncStep2 is left out. That answer is encoded when the
 * server's state has arrived and carries the change; sent earlier it could be a gap for a server
 * that lacks what was written offline. What is larger than a piece leaves as several frames: the
 * first is what it was, the others are Updates.
 *
 * What arrives is heard in its order, a packed state as the Update that it stands for.
 */
export function countingSocket(
  Base: typeof WebSocket,
  unpack: Unpack | undefined,
  events: SocketEvents,
): typeof WebSocket {
  return class CountingSocket extends Base {
    #answered = false
    #hear: WebSocket['onmessage'] = null
    readonly #leave = inTurn<Leaving>(
      (update) => (update.frame.length > PIECE_BYTES ? this.#sendPieces(update) : undefined),
      (update) => this.#sendWhole(update),
      () => {},
    )

    override get onmessage(): WebSocket['onmessage'] {
      return this.#hear
    }

    /** y-websocket sets it once, and null when it has done with this socket. */
    override set onmessage(hear) {
      this.#hear = hear
      const take = inTurn<ArrayBuffer>(
        (frame) => unpack && unpacked(frame, unpack),
        (data) => this.#hear?.(new MessageEvent('message', { data })),
        () => this.#hear && events.damaged(),
      )
      super.onmessage = hear && (({ data }) => take(data))
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      const step = data instanceof Uint8Array && data[0] === MESSAGE_SYNC ? data[1] : undefined
      if (
        !(data instanceof Uint8Array) ||
        !(step === messageYjsSyncStep2 || step === messageYjsUpdate)
      ) {
        super.send(data)
        return
      }
      if (step === messageYjsSyncStep2) this.#answered = true
      if (this.#answered) this.#leave({ upTo: events.made(), step, frame: new Uint8Array(data) })
    }

    #sendWhole({ upTo, step, frame, hasLeft }: Leaving): void {
      // done with while it waited: the next connection counts anew
      if (hasLeft || !this.#hear) return
      events.leaving(upTo, 1, step === messageYjsSyncStep2)
      super.send(frame)
    }

    async #sendPieces(update: Leaving): Promise<Leaving> {
      const { upTo, step, frame } = update
      const pieces = await cut(frame)
      if (pieces.length < 2 || !this.#hear) return update
      events.leaving(upTo, pieces.length, step === messageYjsSyncStep2)
      for (const [i, piece] of pieces.entries()) {
        if (i >= PIECES_AT_ONCE) await events.pause(PAUSE_MS)
        if (!this.#hear) break
        super.send(syncFrame(i === 0 ? step : messageYjsUpdate, piece))
      }
      return { ...update, hasLeft: true }
    }
  }
}

/** The scissors come when they are needed; without them the server says what it thinks of the whole. */
async function cut(frame: Uint8Array): Promise<Uint8Array[]> {
  try {
    const { splitUpdate } = await import('./split-update')
    return splitUpdate(updateIn(frame), PIECE_BYTES)
  } catch {
    return []
  }
}
