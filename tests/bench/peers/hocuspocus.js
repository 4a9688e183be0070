/* Hocuspocus with its Database extension over LevelDB; times of storing are its own. */
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import { Level } from 'level'
import { readSeeds } from './room-of.js'

const storage = new Level(process.env.DATA, { valueEncoding: 'view' })
const seeds = readSeeds()
for (const room of seeds?.rooms ?? []) await storage.put(room, seeds.update)

const server = new Server({
  address: '127.0.0.1',
  port: 0,
  quiet: true,
  // the room is in the address, as for the other servers; who may come in is nobody's question here
  extensions: [
    new Database({
      fetch: ({ documentName }) => storage.get(documentName).catch(() => null),
      store: ({ documentName, state }) => storage.put(documentName, state),
    }),
  ],
})
await server.listen()
console.log(`listening on ${server.address.port}`)
