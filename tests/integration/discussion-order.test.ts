import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { Reply } from '../../models/reply'
import type { ReplyView } from '../../shared/views'
import { createFour, Step } from '../fixtures/discussion-steps'
import { threadBy } from '../fixtures/discussions'
import type { World } from '../setup/world'

let world: World
let four: Awaited<ReturnType<typeof createFour>>
beforeAll(async () => {
  four = await createFour()
  world = four.world
})

const RUNS = { numRuns: 12 }

describe('a page that is caught up', () => {
  it('is a page opened afresh, whatever happened in whichever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(Step, { minLength: 4, maxLength: 24 }),
        fc.infiniteStream(fc.boolean()),
        async (steps, coin) => {
          await four.startAfresh()
          const threadId = await threadBy(world, four.person(1))
          const reader = four.person(3)
          const { discussions } = world.services
          const opened = await discussions.openThread(reader, threadId)
          const page = new Map(opened.replies.map((reply) => [reply.id, reply]))
          const take = (reply: ReplyView) => {
            if ((page.get(reply.id)?.rev ?? 0) <= reply.rev) page.set(reply.id, reply)
          }
          let { rev } = opened
          const facts: ReplyView[] = []
          world.heard.length = 0
          for (const step of steps.filter(({ does }) => does !== 'leave')) {
            await four.doIn(threadId, step)
            const toss = coin.next().value
            if (!toss) continue
            const missed = await discussions.catchUp(reader, threadId, rev)
            missed.replies.forEach(take)
            rev = missed.rev
          }
          for (const [event, fact] of world.heard) {
            if (event === 'reply:posted' || event === 'reply:changed') facts.push(fact as ReplyView)
          }
          const missed = await discussions.catchUp(reader, threadId, rev)
          missed.replies.forEach(take)
          const fresh = await discussions.openThread(reader, threadId)
          const shown = [...page.values()].sort((a, b) => a.seq - b.seq)
          expect(shown).toEqual(fresh.replies)
          expect([missed.rev, missed.more]).toEqual([fresh.rev, false])
          // and so is a page that only heard the facts, the last ones first
          const heard = new Map(opened.replies.map((reply) => [reply.id, reply]))
          for (const fact of facts.reverse()) {
            if ((heard.get(fact.id)?.rev ?? 0) <= fact.rev) heard.set(fact.id, fact)
          }
          expect([...heard.values()].sort((a, b) => a.seq - b.seq)).toEqual(fresh.replies)
        },
      ),
      RUNS,
    )
  }, 120_000)

  it('is caught up in parts when much was missed', async () => {
    await four.startAfresh()
    const threadId = await threadBy(world, four.person(1))
    const { thread, partnership, author, lang, postedAt } = await Reply.findOne({
      thread: threadId,
    })
      .lean()
      .orFail()
    const more = Array.from({ length: 450 }, (_, n) => ({
      ...{ partnership, thread, author, lang, postedAt },
      seq: n + 2,
      rev: n + 2,
      text: `Post ${n + 2}`,
      clientKey: `raw-${threadId}-${n}`,
    }))
    await Reply.insertMany(more)
    await world.db
      .collection('threads')
      .updateOne({ _id: thread }, { $set: { lastSeq: 451, rev: 451, replyCount: 451 } })
    const seen: number[] = []
    let [rev, isMore, parts] = [0, true, 0]
    while (isMore) {
      const part = await world.services.discussions.catchUp(four.person(3), threadId, rev)
      seen.push(...part.replies.map(({ seq }) => seq))
      rev = part.rev
      isMore = part.more
      parts++
    }
    expect([parts, rev, seen.length]).toEqual([3, 451, 451])
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })
})
