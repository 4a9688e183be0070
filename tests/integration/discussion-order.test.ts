import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { withFact } from '../../app/features/discussions/thread-facts'
import { Reply } from '../../models/reply'
import { POST_MAX } from '../../shared/schemas/threads'
import type { ReplyView, ThreadSummary } from '../../shared/views'
import { createFour, Step } from '../fixtures/discussion-steps'
import { threadBy } from '../fixtures/discussions'
import { manyReplies } from '../fixtures/many-threads'
import type { World } from '../setup/world'

let world: World
let four: Awaited<ReturnType<typeof createFour>>
beforeAll(async () => {
  four = await createFour()
  world = four.world
})

const RUNS = { numRuns: 12 }

/** What a list shows; edits are changes as well, and change nothing of that. */
const listed = ({ rev: _, unread: __, ...shown }: ThreadSummary) => shown

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
          // and the line of the list, by the facts about the thread in that order
          const told = world.heard.flatMap(([event, fact]) =>
            event === 'thread:changed' && 'thread' in fact ? [fact.thread as ThreadSummary] : [],
          )
          expect(listed(told.reverse().reduce(withFact, opened.thread))).toEqual(
            listed(fresh.thread),
          )
        },
      ),
      RUNS,
    )
  }, 120_000)

  it('is caught up in parts that a poor line can carry when long posts were missed', async () => {
    await four.startAfresh()
    const threadId = await threadBy(world, four.person(1))
    await manyReplies(threadId, 40)
    const text = 'д'.repeat(POST_MAX)
    const translation = { lang: 'en', text, by: four.person(1).userId, at: new Date(), ofEdit: 0 }
    await Reply.updateMany({ thread: threadId, seq: { $gt: 1 } }, { $set: { text, translation } })
    const { discussions } = world.services
    const reader = four.person(3)
    const seen: number[][] = []
    for (let [rev, more] = [0, true]; more; ) {
      const part = await discussions.catchUp(reader, threadId, rev)
      expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(300_000)
      seen.push(part.replies.map(({ seq }) => seq))
      ;({ rev, more } = part)
    }
    const listed: number[][] = []
    for (let seq = 0, isMore = true; isMore; ) {
      const part = await discussions.listReplies(reader, threadId, { seq, limit: 100 })
      listed.push(part.items.map((each) => each.seq))
      isMore = part.next !== null
      seq = Number(part.next)
    }
    // 80 kB each, and the short one at the beginning
    expect(seen.slice(0, 2)).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7],
    ])
    expect(seen.flat()).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    expect(listed).toEqual(seen)
  })

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
