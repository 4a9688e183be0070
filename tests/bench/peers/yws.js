/* @y/websocket-server with its LevelDB persistence, as its own `YPERSISTENCE` binds it. */
import { createServer } from 'node:http'
import { setPersistence, setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { LeveldbPersistence } from 'y-leveldb'
import * as Y from 'yjs'
import { listen, readSeeds, roomOf } from './room-of.js'

const storage = new LeveldbPersistence(process.env.DATA)
const seeds = readSeeds()
for (const room of seeds?.rooms ?? []) await storage.storeUpdate(room, seeds.update)

setPersistence({
  provider: storage,
  bindState: async (name, doc) => {
    const stored = await storage.getYDoc(name)
    storage.storeUpdate(name, Y.encodeStateAsUpdate(doc))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(stored))
    doc.on('update', (update) => storage.storeUpdate(name, update))
  },
  writeState: async () => {},
})

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const server = createServer()
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (one) => {
    setupWSConnection(one, request, { docName: roomOf(request.url) })
  })
})
listen(server)
