import { EventEmitter } from 'node:events'
import type { Bus } from '../ports'

/** The bus of a single process. Hearers run after the publisher's turn, so that none delays a commit. */
export function createMemoryBus(onError: (error: unknown) => void): Bus {
  const emitter = new EventEmitter({ captureRejections: false })
  emitter.setMaxListeners(0)
  const publish: Bus['publish'] = (event, fact) => {
    setImmediate(() => emitter.emit(event, fact))
  }
  return {
    publish,
    publishHere: publish,
    subscribe(event, hear) {
      const guarded = (fact: Parameters<typeof hear>[0]) => {
        Promise.resolve()
          .then(() => hear(fact))
          .catch(onError)
      }
      emitter.on(event, guarded)
      return () => void emitter.off(event, guarded)
    },
  }
}
