import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import { MESSAGE_SYNC } from '../../../../shared/collab/wire'

/**
 * A WebSocket class that counts as the server counts: every SyncStep2 and Update it sends.
 *
 * An Update before the connection's first SyncStep2 is left out. That answer is encoded when the
 * server's state has arrived and carries the change; sent earlier it could be a gap for a server
 * that lacks what was written offline.
 *
 * @param counted hears of each counted frame before it leaves
 */
export function countingSocket(Base: typeof WebSocket, counted: () => void): typeof WebSocket {
  return class CountingSocket extends Base {
    #answered = false

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      const step = data instanceof Uint8Array && data[0] === MESSAGE_SYNC ? data[1] : undefined
      if (step === messageYjsUpdate && !this.#answered) return
      if (step === messageYjsSyncStep2) this.#answered = true
      if (step === messageYjsSyncStep2 || step === messageYjsUpdate) counted()
      super.send(data)
    }
  }
}
