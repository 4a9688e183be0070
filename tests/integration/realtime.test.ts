import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { Actor } from '../../shared/actor'
import { connect, listenTo, next, opened } from '../setup/sockets'
import { createWorld, type World } from '../setup/world'

/** Long enough for what must not come to have come. */
const QUIET_MS = 300
/** What must come may take so long on a busy machine. */
const SEEN = { timeout: 5_000 }

async function openRoom() {
  const world = await createWorld()
  const { origin } = await world.serve()
  const author = await world.member('editor', 'a')
  const reader = await world.member('editor', 'b')
  const { id: threadId } = await world.services.discussions.createThread(
    author,
    world.partnershipId,
    {
      titleEn: 'Who calls the patient?',
      titleRu: '',
      lang: 'en',
      text: 'First.',
      tags: [],
      clientKey: randomUUID(),
    },
  )
  return { world, origin, author, reader, threadId }
}

async function lineOf(world: World, origin: string, actor: Actor) {
  const socket = connect(origin, await world.cookie(actor))
  await opened(socket)
  return socket
}

const post = (world: World, actor: Actor, threadId: string, text: string) =>
  world.services.discussions.postReply(actor, threadId, {
    text,
    lang: 'en',
    clientKey: randomUUID(),
  })

describe('a thread, live', () => {
  it('tells everybody in it of a post, the author too, once each', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const lines = [await lineOf(world, origin, author), await lineOf(world, origin, reader)]
    for (const line of lines) {
      const answer = await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
      expect(answer).toMatchObject({ ok: true, value: { replies: [{ seq: 1, text: 'First.' }] } })
    }
    const heard = lines.map(listenTo)
    const reply = await post(world, author, threadId, 'Second.')
    await vi.waitFor(() => {
      for (const each of heard) {
        expect(each.filter(([event]) => event === 'reply:posted')).toEqual([
          ['reply:posted', reply],
        ])
      }
    }, SEEN)
  })

  it('gives what was missed since the last change seen, and nothing twice', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const second = await post(world, author, threadId, 'Second.')
    await post(world, author, threadId, 'Third.')
    const line = await lineOf(world, origin, reader)
    const answer = await line.emitWithAck('thread:join', { threadId, afterRev: second.rev })
    expect(answer.ok && answer.value.replies.map(({ text }) => text)).toEqual(['Third.'])
  })

  it('says who has it open, each person once, and when they have gone', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const mine = await lineOf(world, origin, reader)
    await mine.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const tabs = [await lineOf(world, origin, author), await lineOf(world, origin, author)]
    const both = next(mine, 'thread:here', ({ people }) => people.length === 2)
    for (const tab of tabs) await tab.emitWithAck('thread:join', { threadId, afterRev: 0 })
    expect((await both).people.map(({ id }) => id).sort()).toEqual(
      [author.userId, reader.userId].sort(),
    )
    const alone = next(mine, 'thread:here', ({ people }) => people.length === 1)
    for (const tab of tabs) tab.disconnect()
    expect((await alone).people.map(({ id }) => id)).toEqual([reader.userId])
  })

  it('tells the others that somebody writes, but not more than twice a second', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const [writing, watching] = [
      await lineOf(world, origin, author),
      await lineOf(world, origin, reader),
    ]
    for (const line of [writing, watching]) {
      await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    }
    const heard = listenTo(watching)
    const own = listenTo(writing)
    const first = next(watching, 'thread:typing')
    for (let i = 0; i < 50; i++) writing.emit('thread:typing', { threadId })
    expect((await first).person.id).toBe(author.userId)
    await wait(QUIET_MS)
    const told = heard.filter(([event]) => event === 'thread:typing').length
    expect(told).toBeGreaterThan(0)
    expect(told).toBeLessThanOrEqual(2)
    expect(own.filter(([event]) => event === 'thread:typing')).toEqual([])
  })

  it('hears nothing of a writer who has not come in, or may only read', async () => {
    const { world, origin, author, threadId } = await openRoom()
    const viewer = await world.member('viewer')
    const watching = await lineOf(world, origin, author)
    await watching.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const outside = await lineOf(world, origin, await world.member('editor'))
    const reading = await lineOf(world, origin, viewer)
    await reading.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const heard = listenTo(watching)
    outside.emit('thread:typing', { threadId })
    reading.emit('thread:typing', { threadId })
    await wait(QUIET_MS)
    expect(heard.filter(([event]) => event === 'thread:typing')).toEqual([])
  })

  it('is left by who joins and leaves at once', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const watching = await lineOf(world, origin, author)
    await watching.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const passing = await lineOf(world, origin, reader)
    const joined = passing.emitWithAck('thread:join', { threadId, afterRev: 0 })
    const left = passing.emitWithAck('thread:leave', { threadId })
    expect([(await joined).ok, (await left).ok]).toEqual([true, true])
    const heard = listenTo(passing)
    await post(world, author, threadId, 'Nobody else is here.')
    await wait(QUIET_MS)
    expect(heard.filter(([event]) => event === 'reply:posted')).toEqual([])
  })

  it('keeps who is in it when they stop listening to its partnership', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const { partnershipId } = world
    const [one, two] = [await lineOf(world, origin, author), await lineOf(world, origin, reader)]
    await two.emitWithAck('partnership:join', { partnershipId })
    await two.emitWithAck('thread:join', { threadId, afterRev: 0 })
    await two.emitWithAck('partnership:leave', { partnershipId })
    const both = next(one, 'thread:here', ({ people }) => people.length === 2)
    await one.emitWithAck('thread:join', { threadId, afterRev: 0 })
    await both
    const typing = next(one, 'thread:typing')
    two.emit('thread:typing', { threadId })
    expect((await typing).person.id).toBe(reader.userId)
  })

  it('stops within two seconds for a member who is removed', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const line = await lineOf(world, origin, reader)
    await line.emitWithAck('thread:join', { threadId, afterRev: 0 })
    await line.emitWithAck('partnership:join', { partnershipId: world.partnershipId })
    const ended = new Promise((resolve) => line.on('disconnect', resolve))
    const heard = listenTo(line)
    await world.remove(reader)
    await Promise.race([ended, wait(2_000).then(() => Promise.reject(new Error('still there')))])
    await post(world, author, threadId, 'Not for them.')
    await wait(QUIET_MS)
    expect(heard.filter(([, fact]) => JSON.stringify(fact).includes('Not for them'))).toEqual([])
    // and coming back is refused
    const again = await lineOf(world, origin, reader)
    expect(await again.emitWithAck('thread:join', { threadId, afterRev: 0 })).toMatchObject({
      ok: false,
      code: 'not_found',
    })
  })
})

describe('a partnership, live', () => {
  it('tells a page that joins late what happened while it was loading', async () => {
    const { world, origin, reader, threadId } = await openRoom()
    const line = await lineOf(world, origin, reader)
    const told = next(line, 'thread:changed')
    await line.emitWithAck('partnership:join', { partnershipId: world.partnershipId })
    expect((await told).thread.id).toBe(threadId)
  })

  it('counts for each reader what they have not been shown, in all their tabs', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const tabs = [await lineOf(world, origin, reader), await lineOf(world, origin, reader)]
    for (const tab of tabs) {
      const first = next(tab, 'unread:changed', ({ thread }) => thread === null)
      await tab.emitWithAck('partnership:join', { partnershipId: world.partnershipId })
      expect((await first).total).toBe(1)
    }
    const two = tabs.map((tab) => next(tab, 'unread:changed', ({ total }) => total === 2))
    await post(world, author, threadId, 'Second.')
    for (const fact of await Promise.all(two)) {
      expect(fact).toMatchObject({ thread: { id: threadId, unread: 2 } })
    }
    const none = tabs.map((tab) => next(tab, 'unread:changed', ({ total }) => total === 0))
    await world.services.discussions.markRead(reader, { threadId }, 2)
    await Promise.all(none)
  })

  it('tells the last count of notifications last, however they overtake each other', async () => {
    const { world, origin, author, reader, threadId } = await openRoom()
    const line = await lineOf(world, origin, reader)
    const counts: number[] = []
    line.on('notifications:changed', ({ unread }) => counts.push(unread))
    const asks = Array.from({ length: 6 }, (_, at) =>
      post(world, author, threadId, `${at} @Ann Tester`),
    )
    await Promise.all(asks)
    const { items } = await world.services.notifications.listNotifications(reader)
    const ids = items.filter(({ readAt }) => !readAt).map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(0)
    await world.services.notifications.changeNotifications(reader, { intent: 'read', ids })
    const truth = await world.services.notifications.countNotifications(reader)
    await vi.waitFor(() => expect(counts.at(-1)).toBe(truth), SEEN)
    await wait(QUIET_MS)
    expect(counts.at(-1)).toBe(truth)
  })

  it('says who is here', async () => {
    const { world, origin, author, reader } = await openRoom()
    const { partnershipId } = world
    const [one, two] = [await lineOf(world, origin, author), await lineOf(world, origin, reader)]
    const both = next(one, 'partnership:here', ({ people }) => people.length === 2)
    await one.emitWithAck('partnership:join', { partnershipId })
    await two.emitWithAck('partnership:join', { partnershipId })
    expect((await both).people.map(({ tone }) => tone).sort()).toEqual(['a', 'b'])
    const alone = next(one, 'partnership:here', ({ people }) => people.length === 1)
    await two.emitWithAck('partnership:leave', { partnershipId })
    await alone
  })
})

describe('what a socket must not get', () => {
  it.each([
    [
      '68: a thread of another partnership',
      (other: string) => ({ threadId: other, afterRev: 0 }),
      'not_found',
    ],
    [
      '68: a thread that is not there',
      () => ({ threadId: 'f'.repeat(24), afterRev: 0 }),
      'not_found',
    ],
    ['68: an object for an id', () => ({ threadId: { $ne: null }, afterRev: 0 }), 'invalid_input'],
    [
      '74: a count that is none',
      () => ({ threadId: 'f'.repeat(24), afterRev: '0' }),
      'invalid_input',
    ],
    ['74: nothing', () => null, 'invalid_input'],
  ])('answers row %s', async (_row, at, code) => {
    const { world, origin } = await openRoom()
    const foreign = await openRoom()
    const line = await lineOf(world, origin, await world.member('editor'))
    expect(await line.emitWithAck('thread:join', at(foreign.threadId) as never)).toEqual({
      ok: false,
      code,
    })
  })

  it('keeps to a number of rooms (row 68: 1,000 of them)', async () => {
    const { world, origin, reader } = await openRoom()
    const line = await lineOf(world, origin, reader)
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        line.emitWithAck('thread:join', { threadId: 'f'.repeat(24), afterRev: 0 }),
      ),
    )
    expect(answers.every(({ ok }) => !ok)).toBe(true)
    expect(line.connected).toBe(true)
  })

  it('refuses who asks far more often than a page does (row 68)', async () => {
    const { world, origin, reader, threadId } = await openRoom()
    const line = await lineOf(world, origin, reader)
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => line.emitWithAck('thread:leave', { threadId })),
    )
    const refused = answers.filter((answer) => !answer.ok)
    expect(refused.length).toBeGreaterThan(50)
    expect(refused.every((answer) => !answer.ok && answer.code === 'too_many_requests')).toBe(true)
  })

  it.each(['constructor', '__proto__', 'error', 'toString', 'x'.repeat(10_000)])(
    'takes no harm from the event %.20s (row 72)',
    async (event) => {
      const { world, origin, reader, threadId } = await openRoom()
      const line = await lineOf(world, origin, reader)
      ;(line as unknown as { emit: (event: string, at: unknown) => void }).emit(event, { a: 1 })
      // the server still answers, this socket or the next one
      const other = await lineOf(world, origin, reader)
      expect(await other.emitWithAck('thread:join', { threadId, afterRev: 0 })).toMatchObject({
        ok: true,
      })
    },
  )

  it('ends a socket that sends a packet over the limit (row 74: five megabytes)', async () => {
    const { world, origin, reader, threadId } = await openRoom()
    const line = await lineOf(world, origin, reader)
    const ended = new Promise((resolve) => line.on('disconnect', resolve))
    line.emit('thread:typing', { threadId: 'x'.repeat(5_000_000) })
    await ended
    const other = await lineOf(world, origin, reader)
    expect(await other.emitWithAck('thread:join', { threadId, afterRev: 0 })).toMatchObject({
      ok: true,
    })
  })

  it('answers without an acknowledgement function, and does not throw (row 73)', async () => {
    const { world, origin, reader, threadId } = await openRoom()
    const line = await lineOf(world, origin, reader)
    ;(line as unknown as { emit: (event: string, at: unknown) => void }).emit('thread:join', {
      threadId,
      afterRev: 0,
    })
    expect(await line.emitWithAck('thread:join', { threadId, afterRev: 0 })).toMatchObject({
      ok: true,
    })
  })
})
