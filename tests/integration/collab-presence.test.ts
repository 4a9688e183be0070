import { describe, expect, it } from 'vitest'
import { openStore } from '../../server/collab/persistence'
import {
  acked,
  createCollabWorld,
  firstText,
  frame,
  heardOf,
  type Raw,
  rawWithDoc,
  until,
} from '../fixtures/collab'

const world = await createCollabWorld()

/** The last thing heard about a client id. */
function stateIn(raw: Raw, client: number) {
  return heardOf(raw, 'awareness')
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.client === client)
    .at(-1)?.state
}

const say = (client: number, state: unknown, clock = 1) =>
  frame.awareness({ client, clock, state: JSON.stringify(state) })

describe('presence', () => {
  it('C22 shows a reader’s name without a caret', async () => {
    const at = await world.room()
    const watcher = await rawWithDoc(world, at, world.person())
    const reader = await rawWithDoc(world, at, world.person('read'))
    reader.socket.send(say(reader.doc.clientID, { cursor: { anchor: 1 } }))
    await until('seen', () => stateIn(watcher, reader.doc.clientID) !== undefined)
    expect(Object.keys(stateIn(watcher, reader.doc.clientID) ?? {})).toEqual(['user'])
    expect(reader.closed()).toBeUndefined()
  })

  it('C22 takes the caret away when writing is taken away', async () => {
    const at = await world.room()
    const who = world.person()
    const watcher = await rawWithDoc(world, at, world.person())
    const client = await rawWithDoc(world, at, who)
    client.socket.send(say(client.doc.clientID, { cursor: { anchor: 1 } }))
    await until('pointing', () => stateIn(watcher, client.doc.clientID)?.cursor !== undefined)
    who.may = 'read'
    world.bus.publish('access:changed', { userId: who.userId })
    await until('not pointing', () => stateIn(watcher, client.doc.clientID)?.cursor === undefined)
  })

  it.each<[string, number, string]>([
    ['a number', 1008, '1'],
    ['a list', 1008, '[]'],
    ['text', 1008, '"s"'],
    ['no JSON', 1007, '{'],
    ['NaN', 1007, 'NaN'],
    ['something nested 5,000 deep', 1009, `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['something nested 20 deep', 1008, `{"a":${'['.repeat(20)}${']'.repeat(20)}}`],
    ['5 KB', 1009, JSON.stringify({ a: 'x'.repeat(5_000) })],
  ])('C23 refuses %s as a state', async (_what, code, state) => {
    const at = await world.room()
    const client = await rawWithDoc(world, at, world.person())
    client.socket.send(frame.awareness({ client: client.doc.clientID, clock: 1, state }))
    await until('closed', () => client.closed() !== undefined)
    expect(client.closed()?.code).toBe(code)
    const next = await rawWithDoc(world, at, world.person())
    expect(next.closed()).toBeUndefined()
  })

  it('C23 drops what a socket says about others', async () => {
    const at = await world.room()
    const victim = await rawWithDoc(world, at, world.person())
    const liar = await rawWithDoc(world, at, world.person())
    victim.socket.send(say(victim.doc.clientID, { cursor: 1 }))
    await until('seen', () => stateIn(liar, victim.doc.clientID) !== undefined)
    liar.socket.send(say(liar.doc.clientID, { cursor: 2 }))
    liar.socket.send(frame.awareness({ client: victim.doc.clientID, clock: 99, state: 'null' }))
    liar.socket.send(say(liar.doc.clientID, { cursor: 3 }, 2))
    await until('seen', () => stateIn(victim, liar.doc.clientID)?.cursor === 3)
    expect(stateIn(victim, victim.doc.clientID)).toMatchObject({ cursor: 1 })
    expect(victim.closed()).toBeUndefined()
  })

  it('C23 says that somebody left', async () => {
    const at = await world.room()
    const watcher = await rawWithDoc(world, at, world.person())
    const client = await rawWithDoc(world, at, world.person())
    client.socket.send(say(client.doc.clientID, { cursor: 1 }))
    await until('seen', () => stateIn(watcher, client.doc.clientID) !== undefined)
    client.socket.close()
    await until('gone', () => stateIn(watcher, client.doc.clientID) === null)
  })

  it('C24 shows the session’s name, whatever the client says', async () => {
    const at = await world.room()
    const who = world.person()
    const client = await rawWithDoc(world, at, who)
    client.socket.send(say(client.doc.clientID, { user: { name: 'Somebody Else' }, cursor: 1 }))
    await until('echoed', () => stateIn(client, client.doc.clientID) !== undefined)
    expect(stateIn(client, client.doc.clientID)).toEqual({
      user: { userId: who.userId, name: 'Анна', initials: 'А', tone: 'a' },
      cursor: 1,
    })
  })

  it('C24 shows stock clients to one another', async () => {
    const at = await world.room()
    const a = world.join(at, world.person())
    const b = world.join(at, world.person())
    a.provider.awareness.setLocalStateField('cursor', { anchor: 3 })
    await until('seen', () => {
      const seen = b.provider.awareness.getStates().get(a.doc.clientID)
      return seen?.cursor?.anchor === 3 && seen.user.name === 'Анна'
    })
  })

  it('C39 sends presence at most ten times a second', async () => {
    const at = await world.room()
    const watcher = await rawWithDoc(world, at, world.person())
    const client = await rawWithDoc(world, at, world.person())
    const since = performance.now()
    for (let i = 1; i <= 200; i++) client.socket.send(say(client.doc.clientID, { cursor: i }, i))
    await until('the last one came', () => stateIn(watcher, client.doc.clientID)?.cursor === 200)
    const seconds = (performance.now() - since) / 1_000
    expect(heardOf(watcher, 'awareness').length).toBeLessThanOrEqual(2 + Math.ceil(seconds * 10))
  })

  it('C17 leaves an id to the one who is here under it, though they have not written yet', async () => {
    const at = await world.room()
    const quietly = world.person()
    const quiet = await rawWithDoc(world, at, quietly)
    const state = JSON.stringify({ cursor: 1 })
    quiet.socket.send(frame.awareness({ client: quiet.doc.clientID, clock: 1, state }))
    const thief = await rawWithDoc(world, at, world.person())
    await until('seen', () => heardOf(thief, 'awareness').length > 0)
    thief.doc.clientID = quiet.doc.clientID
    thief.send(thief.change((doc) => firstText(doc).insert(0, 'forged ')))
    await until('closed', () => thief.closed() !== undefined)
    expect(thief.closed()?.code).toBe(1008)
    quiet.send(quiet.change((doc) => firstText(doc).insert(0, 'mine ')))
    await until('taken', () => acked(quiet) === 1)
    const owner = await openStore(world.db).clients.findOne({ '_id.client': quiet.doc.clientID })
    expect(String(owner?.user)).toBe(quietly.userId)
  })
})
