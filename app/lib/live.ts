import { useEffect, useRef } from 'react'
import type { Socket } from 'socket.io-client'
import type { ClientEvents, ProtocolChanged, ServerEvents } from '../../shared/events'

type Line = Socket<ServerEvents, ClientEvents>
type Listener = {
  /** A fact, after its commit. */
  onProtocolChanged: (fact: ProtocolChanged) => void
  /** The line was away for a while: facts may have been missed. */
  onRejoined: () => void
}

/** After the server itself has hung up (a changed standing, a restart), how long until we call again. */
const CALL_AGAIN_MS = [1_000, 5_000, 15_000, 60_000] as const

/**
 * Hear a partnership's facts while a page shows them. The socket's code is loaded after the page.
 *
 * @param partnershipId undefined when the reader may not listen
 */
export function usePartnershipFacts(partnershipId: string | undefined, listener: Listener): void {
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    if (!partnershipId) return
    let ended = false
    let hangUp = () => {}
    import('socket.io-client').then(
      ({ io }) => {
        if (!ended)
          hangUp = listen(io({ transports: ['websocket', 'polling'] }), partnershipId, latest)
      },
      () => {}, // no line, no facts: the page is as true as when it was loaded
    )
    return () => {
      ended = true
      hangUp()
    }
  }, [partnershipId])
}

function listen(line: Line, partnershipId: string, latest: { current: Listener }): () => void {
  let joinedBefore = false
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  line.on('connect', () => {
    line.emit('partnership:join', { partnershipId }, (answer) => {
      // refused: access has ended, and the page learns it with its next step
      if (!answer.ok) return void line.disconnect()
      attempt = 0
      if (joinedBefore) latest.current.onRejoined()
      joinedBefore = true
    })
  })
  line.on('protocol:changed', (fact) => {
    if (fact.partnershipId === partnershipId) latest.current.onProtocolChanged(fact)
  })
  // Socket.IO calls again by itself only when the line broke, not when the server closed it
  line.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') callAgain()
  })
  line.on('connect_error', (error) => {
    if (error.message !== 'unauthenticated') callAgain()
  })

  function callAgain() {
    if (line.active) return
    clearTimeout(timer)
    timer = setTimeout(
      () => line.connect(),
      CALL_AGAIN_MS[Math.min(attempt, CALL_AGAIN_MS.length - 1)],
    )
    attempt += 1
  }

  return () => {
    clearTimeout(timer)
    line.off()
    line.disconnect()
  }
}
