import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { Membership } from '../../models/membership'
import { Reading } from '../../models/reading'
import { Reply } from '../../models/reply'
import type { Actor } from '../../shared/actor'
import { createFour, Step } from '../fixtures/discussion-steps'
import { posting, threadBy } from '../fixtures/discussions'
import { createWorld, type World } from '../setup/world'

let world: World
let four: Awaited<ReturnType<typeof createFour>>
beforeAll(async () => {
  four = await createFour()
  world = four.world
})

const RUNS = { numRuns: 12 }

describe('unread counts', () => {
  it('are what was posted by others since one was there and has not been shown or deleted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { minLength: 4, maxLength: 30 }), async (steps) => {
        await four.startAfresh()
        const opener = 1
        const threadId = await threadBy(world, four.person(opener))
        // the same told by hand: which numbers each person has not been shown
        const unread = four.people.map((_, who) => new Set(who === opener ? [] : [1]))
        const told = four.people.map(() => 1)
        const here = four.people.map(() => true)
        for (const step of steps) {
          if (step.does === 'leave') {
            here[step.who] = !here[step.who]
            await Membership.updateOne(
              { partnership: world.partnershipId, user: four.person(step.who).userId },
              { $set: { status: here[step.who] ? 'active' : 'removed' } },
            )
            continue
          }
          const count = await Reply.countDocuments({ thread: threadId })
          const reply = await four.doIn(threadId, step)
          if (step.does === 'read') {
            for (const seq of unread[step.who] ?? []) {
              if (seq <= (step.post % count) + 1) unread[step.who]?.delete(seq)
            }
          }
          if (step.does === 'delete' && reply?.deletedAt) {
            for (const each of unread) each.delete(reply.seq)
          }
          if (step.does === 'post' && reply) {
            for (const [who, each] of unread.entries()) {
              if (!here[who]) continue
              if (told[who] !== reply.seq - 1) each.clear()
              if (who !== step.who) each.add(reply.seq)
              told[who] = reply.seq
            }
          }
          await expectUnread(
            threadId,
            unread.map((each) => each.size),
          )
        }
      }),
      RUNS,
    )
  }, 120_000)

  it('agree with a recount when four people write, read and delete at once', async () => {
    await four.startAfresh()
    const threadId = await threadBy(world, four.person(1))
    const does = ['post', 'read', 'delete', 'post', 'edit', 'read']
    for (let round = 0; round < 4; round++) {
      const steps = Array.from({ length: 12 }, (_, n) => ({
        who: (n + round) % 4,
        post: (n * 7 + round * 5) % 12,
        does: does[n % does.length] ?? 'post',
      }))
      await Promise.all(steps.map((step) => four.doIn(threadId, step)))
      for (const row of await Reading.find({ thread: threadId }).lean()) {
        const recount = await Reply.countDocuments({
          thread: threadId,
          seq: { $gt: row.readSeq, $lte: row.toldSeq },
          author: { $ne: row.user },
          deletedAt: null,
        })
        expect([String(row.user), row.unread]).toEqual([String(row.user), recount])
      }
    }
  }, 120_000)

  it('tell those concerned, and nobody else', async () => {
    await four.startAfresh()
    await Reading.deleteMany({})
    const observer = await world.member('observer')
    const threadId = await threadBy(world, four.person(1))
    const others = [0, 2, 3].map((who) => four.person(who).userId)
    const told = () =>
      world.heard
        .splice(0)
        .flatMap(([event, fact]) =>
          event === 'unread:changed' && 'userIds' in fact && fact.threadId === threadId
            ? [[...fact.userIds].sort()]
            : [],
        )
    expect(told()).toEqual([others.toSorted()])
    const { discussions } = world.services
    await discussions.markRead(four.person(3), { threadId }, 1)
    expect(told()).toEqual([[four.person(3).userId]])
    await discussions.markRead(four.person(3), { threadId }, 1)
    expect(told()).toEqual([])
    const at = {
      threadId,
      replyId: (await discussions.openThread(four.person(0), threadId)).replies[0]?.id ?? '',
    }
    await discussions.deleteReply(four.person(1), at)
    expect(told()).toEqual([[four.person(0).userId, four.person(2).userId].toSorted()])
    const { partnershipId } = world
    expect(await discussions.countUnread(observer, partnershipId, threadId)).toEqual({
      total: 0,
      thread: 0,
    })
  })

  it('hold nothing of what came while one was away', async () => {
    const own = await createWorld()
    const [editor, reader] = [await own.member('editor'), await own.member('viewer')]
    const threadId = await threadBy(own, editor)
    const { discussions } = own.services
    const at = { partnership: own.partnershipId, user: reader.userId }
    const be = (status: string) => Membership.updateOne(at, { $set: { status } })
    const post = () => discussions.postReply(editor, threadId, posting())
    const unread = async () =>
      (await discussions.countUnread(reader, own.partnershipId, threadId)).thread

    await be('removed')
    const gone = await post()
    await discussions.deleteReply(editor, { threadId, replyId: gone.id })
    expect(await unread()).toBe(1)
    await post()
    await be('active')
    expect(await unread()).toBe(1)
    await post()
    expect(await unread()).toBe(1)
    await discussions.markRead(reader, { threadId }, 3)
    expect(await unread()).toBe(1)
    await discussions.markRead(reader, { threadId }, 4)
    expect(await unread()).toBe(0)
  })

  it('sum up over threads, and start at nothing for who comes later', async () => {
    const own = await createWorld()
    const [editor, reader] = [await own.member('editor'), await own.member('viewer')]
    const [one, two] = [await threadBy(own, editor), await threadBy(own, editor)]
    const late = await own.member('viewer')
    await own.services.discussions.postReply(editor, two, posting())
    const { discussions } = own.services
    const count = (actor: Actor, threadId: string) =>
      discussions.countUnread(actor, own.partnershipId, threadId)
    expect(await count(reader, two)).toEqual({ total: 3, thread: 2 })
    expect(await count(late, two)).toEqual({ total: 1, thread: 1 })
    const unread = await discussions.listThreads(late, own.partnershipId, { unread: true })
    expect(unread.items).toMatchObject([{ id: two, unread: 1 }])
    await discussions.markRead(reader, { threadId: one }, 99)
    expect(await count(reader, one)).toEqual({ total: 2, thread: 0 })
  })
})

async function expectUnread(threadId: string, counts: readonly number[]): Promise<void> {
  const rows = await Reading.find({ thread: threadId }).lean()
  const found = four.people.map(
    (actor) => rows.find(({ user }) => String(user) === actor.userId)?.unread ?? 0,
  )
  expect(found).toEqual(counts)
}
