import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { isOwnHost } from './host'
import { isOwnOrigin } from './origin'
import type { NoteRefusal } from './refusal-notes'

export type UpgradeDoor = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/**
 * The one upgrade listener of the server. Two would race (socket.io#3366), so Engine.IO's own is
 * taken off; only Vite's hot reload has one, in development.
 */
export function routeUpgrades(
  server: Server,
  {
    collab,
    realtime,
    publicUrl,
    allowedHosts,
    development,
    note = () => {},
  }: {
    collab: UpgradeDoor
    realtime: UpgradeDoor
    publicUrl: string | undefined
    allowedHosts?: readonly string[]
    development: boolean
    note?: NoteRefusal
  },
): void {
  server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    socket.on('error', () => socket.destroy())
    if (!isOwnHost(request, { publicUrl, allowedHosts })) {
      note('host:refused', { door: 'upgrades' })
      return refuse(socket, '400 Bad Request')
    }
    if (development && request.headers['sec-websocket-protocol']?.startsWith('vite-')) return
    if (!isOwnOrigin(request, publicUrl)) {
      note('origin:refused', { door: 'upgrades' })
      return refuse(socket, '403 Forbidden')
    }
    if (path.startsWith('/socket.io/')) return realtime(request, socket, head)
    if (path.startsWith('/collab/')) return collab(request, socket, head)
    refuse(socket, '404 Not Found')
  })
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
