import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import {
  MAX_FRAME_BYTES,
  QUERY_ACK,
  QUERY_GENERATION,
  QUERY_PACKED,
  QUERY_SCHEMA_VERSION,
  QUERY_USER,
} from '../../shared/collab/wire'
import { SCHEMA_VERSION } from '../../shared/editor/content'
import { isAppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import { Access, type Asked, type Gatekeeper } from './access'
import type { Admission } from './admission'
import { Connection } from './connection'
import type { Collab } from './index'
import { ENVELOPE_SLACK, UPGRADES_PER_ADDRESS, UPGRADES_PER_USER } from './limits'
import { UpgradeCounts } from './upgrade-counts'

type UpgradeDoor = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

const REFUSALS = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
} as const
type RefusalStatus = keyof typeof REFUSALS

/**
 * The door of `/collab/:protocolId`. Who may not come in is refused as plain HTTP before the upgrade:
 * a malformed id 400, no session 401, unknown and foreign documents alike 404, too many tries 429.
 */
export function createCollabDoor({ door }: Collab, gatekeeper: Gatekeeper): UpgradeDoor {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Off on every socket: it costs memory and time per socket, and opens compression bombs.
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES + ENVELOPE_SLACK,
  })
  const perUser = new UpgradeCounts(UPGRADES_PER_USER)
  const perAddress = new UpgradeCounts(UPGRADES_PER_ADDRESS)

  return (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    decide(request).then(
      (decision) => {
        if (typeof decision === 'number') refuse(socket, decision)
        else if (!socket.destroyed) upgrade(request, socket, head, decision)
      },
      (error) => {
        door.log.error({ err: error }, 'access to a live document could not be decided')
        refuse(socket, 503)
      },
    )
  }

  type Guest = {
    user: string
    session: string
    admission: Admission
    query: URLSearchParams
    asOf: number
  }

  async function decide(request: IncomingMessage): Promise<Guest | RefusalStatus> {
    if (!door.accepting) return 503
    const asOf = door.changes
    const [path = '', search = ''] = (request.url ?? '').split('?')
    const id = Id.safeParse(path.slice('/collab/'.length))
    if (!id.success || !path.startsWith('/collab/')) return 400
    const actor = await gatekeeper.readActor(request)
    // who is signed in is counted by name: behind a proxy everybody has one address
    if (!actor) return perAddress.take(request.socket.remoteAddress ?? '') ? 401 : 429
    if (!perUser.take(actor.userId)) return 429
    try {
      const admission = await gatekeeper.admit(actor, id.data)
      const { userId: user, sessionId: session } = actor
      return { user, session, admission, query: new URLSearchParams(search), asOf }
    } catch (error) {
      if (!isAppError(error)) throw error
      const { status } = error
      return isRefusal(status) ? status : 404
    }
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, guest: Guest): void {
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const { user, session, admission, query, asOf } = guest
      const connection = new Connection(
        {
          socket: webSocket,
          stream: socket,
          user,
          session,
          admission,
          wantsAcks: query.get(QUERY_ACK) === '1',
          wantsPacked: query.get(QUERY_PACKED) === '1',
          generation: generationIn(query),
        },
        door,
      )
      const version = Number(query.get(QUERY_SCHEMA_VERSION) ?? SCHEMA_VERSION)
      const isSomebodyElse = (query.get(QUERY_USER) ?? user) !== user
      // Not at the HTTP stage: a browser could not read the reason there.
      if (!(version >= SCHEMA_VERSION)) connection.end('outdated_editor')
      else if (isSomebodyElse) connection.end('unauthenticated')
      else
        void door.enter(
          connection,
          new Access(keptOf(request), connection, gatekeeper, door.log),
          asOf,
        )
    })
  }
}

/** What is needed to ask again who somebody is; the rest of a request is not worth its memory. */
function keptOf({ headers: { cookie } }: IncomingMessage): Asked {
  return { headers: { cookie } }
}

/** What is no number says nothing. */
function generationIn(query: URLSearchParams): number | null {
  const said = query.get(QUERY_GENERATION) ?? ''
  return /^\d{1,9}$/.test(said) ? Number(said) : null
}

function isRefusal(status: number): status is RefusalStatus {
  return status in REFUSALS
}

function refuse(socket: Duplex, status: RefusalStatus): void {
  const retry = status === 429 || status === 503 ? 'Retry-After: 30\r\n' : ''
  socket.end(
    `HTTP/1.1 ${status} ${REFUSALS[status]}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}
