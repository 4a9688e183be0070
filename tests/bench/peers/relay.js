/* The floor: every message goes to the others in the room as it is; no Yjs, no storage. */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { listen, roomOf } from './room-of.js'

const rooms = new Map()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const server = createServer()
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (one) => {
    const name = roomOf(request.url)
    const room = rooms.get(name) ?? new Set()
    rooms.set(name, room)
    room.add(one)
    one.on('close', () => room.delete(one))
    one.on('message', (data) => {
      for (const other of room) if (other !== one) other.send(data, { binary: true })
    })
  })
})
listen(server)
