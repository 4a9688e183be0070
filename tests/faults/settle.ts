import { setTimeout as wait } from 'node:timers/promises'
import type * as Y from 'yjs'
import { compare, examineLog, isSame, rebuilt } from './oracle'
import type { FaultRoom, FaultWorld } from './world'

const POLL_MS = 20
/** Another process may hear of the last rows by looking into the log alone. */
const NEWS_LIMIT_MS = 6_000

/** Everything is healed: everybody becomes connected, saved, and of one mind; or it is a finding. */
export async function settle(world: FaultWorld, limitMs: number): Promise<number> {
  const from = performance.now()
  const open = world.rooms.filter(({ isLost }) => !isLost)
  const isSettled = () =>
    open.every(({ clients }) => clients.every(({ isSaved }) => isSaved) && agree(docsOf(clients)))
  const clients = open.flatMap((room) => room.clients)
  for (const client of clients) client.start()
  while (!isSettled() && performance.now() - from < limitMs) await wait(POLL_MS)
  for (const { name, isSaved, isOpen } of clients) {
    if (isSaved) continue
    world.found.notConverged.push(`${name} is ${isOpen ? 'not saved' : 'not connected'} in the end`)
  }
  for (const { journal, clients } of open) {
    const unknown = journal.ops.filter(({ acked, orphaned }) => !acked && !orphaned)
    const stock = clients.filter(({ hasAcks }) => !hasAcks).map(({ name }) => `⟦${name}:`)
    for (const { token, kind } of unknown) {
      if (stock.some((beginning) => token.startsWith(beginning))) continue
      world.found.notConverged.push(`the ${kind} of ${token} is not acknowledged in the end`)
    }
  }
  return performance.now() - from
}

/** The whole truth: every client, a newcomer of every process, and the database alone. */
export async function verify(world: FaultWorld): Promise<void> {
  for (const room of world.rooms) {
    if (!room.isLost) await verifyRoom(world, room)
  }
}

async function verifyRoom(world: FaultWorld, room: FaultRoom): Promise<void> {
  const { found, db } = world
  const { at, clients, oracle } = room
  const docs = new Map<string, Y.Doc>(clients.map(({ name, doc }) => [name, doc]))
  const visitors = world.nodes.map((node, i) => ({ i, client: world.visitor(room, node) }))
  for (const { client } of visitors) client.start()
  const everyone = () => [...docsOf(clients), ...visitors.map(({ client }) => client.doc)]
  const isReady = () => visitors.every(({ client }) => client.isOpen) && agree(everyone())
  const deadline = performance.now() + NEWS_LIMIT_MS
  while (!isReady() && performance.now() < deadline) await wait(POLL_MS)
  for (const { i, client } of visitors) {
    if (client.isOpen) docs.set(`a newcomer of process ${i}`, client.doc)
    else found.notConverged.push(`process ${i} does not let a newcomer in`)
  }
  try {
    docs.set('the database', await rebuilt(db, at))
  } catch (error) {
    found.storage.push(`a document cannot be rebuilt in the end: ${error}`)
  }
  compare(docs, found)
  const known = oracle.promised()
  for (const [name, doc] of docs) oracle.judge(doc, known, name, found)
  await examineLog(db, at, found)
  for (const { client } of visitors) client.close()
}

const docsOf = (clients: FaultRoom['clients']) => clients.map(({ doc }) => doc)

function agree(docs: readonly Y.Doc[]): boolean {
  const [first, ...others] = docs
  return first === undefined || others.every((doc) => isSame(first, doc))
}
