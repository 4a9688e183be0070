import * as encoding from 'lib0/encoding'
import { type Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { MESSAGE_AWARENESS } from '../../../../shared/collab/wire'
import type { Timers } from './timers'

/** With the browser's data saver, presence is sent at most this often, ms. */
const DATA_SAVER_MS = 5_000

type Changes = { added: number[]; updated: number[]; removed: number[] }

/**
 * Sends one's own presence and nothing else: y-websocket's own handler also returns everybody's to
 * the server. Who may not show a caret sends an empty state, which says only "here".
 *
 * @returns a function that ends it
 */
export function sendPresence(
  awareness: Awareness,
  options: { caret: boolean; saveData: boolean; timers: Timers },
  send: (frame: Uint8Array) => void,
): () => void {
  const { timers } = options
  let sentAt = 0
  let forget: (() => void) | undefined
  const now = () => {
    forget = undefined
    sentAt = timers.now()
    send(presenceFrame(awareness, options.caret))
  }
  const onUpdate = ({ added, updated, removed }: Changes) => {
    if (![...added, ...updated, ...removed].includes(awareness.clientID)) return
    if (!options.saveData) return now()
    forget ??= timers.after(Math.max(0, sentAt + DATA_SAVER_MS - timers.now()), now)
  }
  awareness.on('update', onUpdate)
  return () => {
    awareness.off('update', onUpdate)
    forget?.()
  }
}

/** One's own state as a frame. */
export function presenceFrame(awareness: Awareness, caret: boolean): Uint8Array {
  const { clientID } = awareness
  const state = awareness.getLocalState()
  const shown = new Map(state ? [[clientID, caret ? state : {}]] : [])
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE_AWARENESS)
    encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [clientID], shown))
  })
}
