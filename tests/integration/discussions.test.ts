import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Reply } from '../../models/reply'
import { Thread } from '../../models/thread'
import type { Bus } from '../../server/ports'
import { createServices } from '../../server/services'
import { opening, posting, threadBy } from '../fixtures/discussions'
import { manyReplies } from '../fixtures/many-threads'
import { createWorld } from '../setup/world'

describe('createThread', () => {
  it('opens one thread for one intent, however often it is sent, and announces that one only', async () => {
    const { services, member, partnershipId, heard } = await createWorld()
    const editor = await member('editor')
    const input = opening({ tags: ['missed dose'] })
    const made = await Promise.all(
      Array.from({ length: 5 }, () =>
        services.discussions.createThread(editor, partnershipId, input),
      ),
    )
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    const { replies } = await services.discussions.openThread(editor, made[0]?.id ?? '')
    const told = heard.filter(([event]) => event === 'reply:posted')
    expect(told).toEqual(told.map(() => ['reply:posted', replies[0]]))
    const { items } = await services.discussions.listThreads(editor, partnershipId)
    expect(items).toMatchObject([
      {
        title: { en: 'Who calls the patient', ru: 'Кто звонит пациенту' },
        tags: ['missed dose'],
        replyCount: 1,
        lastSeq: 1,
        unread: 0,
        locked: false,
        openedBy: { id: editor.userId, tone: 'a' },
      },
    ])
  })

  it('opens two threads of one client key in two partnerships', async () => {
    const [world, elsewhere] = [await createWorld(), await createWorld()]
    const editor = await world.member('editor')
    const other = {
      ...editor,
      memberships: editor.memberships.map((each) => ({
        ...each,
        partnershipId: elsewhere.partnershipId,
      })),
    }
    const input = opening()
    const first = await world.services.discussions.createThread(editor, world.partnershipId, input)
    const second = await world.services.discussions.createThread(
      other,
      elsewhere.partnershipId,
      input,
    )
    expect(second.id).not.toBe(first.id)
  })
})

describe('postReply', () => {
  it('stores a retried post once, and announces it again as it was', async () => {
    const world = await createWorld()
    const { services, member, heard } = world
    const editor = await member('editor')
    const threadId = await threadBy(world, editor)
    heard.length = 0
    const input = posting()
    const first = await services.discussions.postReply(editor, threadId, input)
    expect(await services.discussions.postReply(editor, threadId, input)).toEqual(first)
    const announced = (name: string) => heard.filter(([event]) => event === name)
    const twice = (fact: object) => [fact, fact]
    expect(announced('reply:posted')).toEqual(twice(['reply:posted', first]))
    expect(announced('thread:changed')).toMatchObject(
      twice([
        'thread:changed',
        { thread: { id: threadId, lastSeq: 2, rev: first.rev, replyCount: 2 } },
      ]),
    )
  })

  it('announces with the retry what was stored and could not be announced', async () => {
    const world = await createWorld()
    const { services, member, heard, partnershipId } = world
    const [editor, viewer] = [await member('editor'), await member('viewer', 'b')]
    const threadId = await threadBy(world, editor)
    const limits = { take: async () => {}, forget: async () => {} }
    const deaf: Bus = { ...world.bus, publish: () => {} }
    const cut = createServices({ ...world.ports, bus: deaf, limits })
    const [input, another] = [posting({ text: '@Ann Tester, call.' }), opening()]
    const lost = await cut.discussions.postReply(editor, threadId, input)
    const lostThread = await cut.discussions.createThread(editor, partnershipId, another)
    heard.length = 0
    await services.discussions.postReply(editor, threadId, input)
    const unread = { partnershipId, threadId, userIds: [viewer.userId] }
    expect(heard).toEqual([
      ['reply:posted', lost],
      ['thread:changed', { partnershipId, thread: expect.objectContaining({ rev: lost.rev }) }],
      ['unread:changed', unread],
      ['notifications:changed', { userId: viewer.userId, notificationId: null }],
    ])
    heard.length = 0
    await services.discussions.createThread(editor, partnershipId, another)
    expect(heard).toMatchObject([
      ['reply:posted', { threadId: lostThread.id, seq: 1 }],
      ['thread:changed', { thread: { id: lostThread.id } }],
      ['unread:changed', { ...unread, threadId: lostThread.id }],
    ])
  })

  it('stores one post when two tabs and a retry send it at once', async () => {
    const world = await createWorld()
    const { services, member, heard } = world
    const editor = await member('editor')
    const threadId = await threadBy(world, editor)
    heard.length = 0
    const input = posting()
    const sent = await Promise.all(
      Array.from({ length: 6 }, () => services.discussions.postReply(editor, threadId, input)),
    )
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
    expect(await Reply.countDocuments({ thread: threadId })).toBe(2)
    const told = heard.filter(([event]) => event === 'reply:posted')
    expect(told).toEqual(told.map(() => ['reply:posted', sent[0]]))
    expect(await Thread.findById(threadId).lean()).toMatchObject({ lastSeq: 2, replyCount: 2 })
  })

  it('numbers 30 posts of one moment without a gap or a double', async () => {
    const world = await createWorld()
    const { services, member } = world
    const people = [await member('editor'), await member('reviewer', 'b')]
    const threadId = await threadBy(world, await member('coordinator'))
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const author = people[index % 2]
        if (!author) throw new Error('two people')
        return services.discussions.postReply(author, threadId, posting({ text: `Post ${index}` }))
      }),
    )
    const rows = await Reply.find({ thread: threadId }).sort({ seq: 1 }).lean()
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, n) => n + 1))
    expect(rows.map(({ rev }) => rev)).toEqual(rows.map(({ seq }) => seq))
    expect(new Set(rows.map(({ text }) => text)).size).toBe(31)
  }, 60_000)

  it('answers a known key with the first post when the thread has been locked meanwhile', async () => {
    const world = await createWorld()
    const { services, member } = world
    const [editor, coordinator] = [await member('editor'), await member('coordinator')]
    const threadId = await threadBy(world, editor)
    const input = posting()
    const first = await services.discussions.postReply(editor, threadId, input)
    await services.discussions.lockThread(coordinator, threadId, true)
    expect(await services.discussions.postReply(editor, threadId, input)).toEqual(first)
    for (const actor of [editor, coordinator]) {
      await expect(
        services.discussions.postReply(actor, threadId, posting()),
      ).rejects.toMatchObject({ code: 'locked' })
    }
  })

  it('limits how fast one person posts, and never counts a retry', async () => {
    const world = await createWorld()
    const { services, member } = world
    const editor = await member('editor')
    const threadId = await threadBy(world, editor)
    const input = posting()
    const first = await services.discussions.postReply(editor, threadId, input)
    // as if they had gone on posting within the same minute
    const limit = { key: `post:${editor.userId}` }
    const limits = world.db.collection('rate_limits')
    await limits.updateOne(limit, { $set: { points: 59 } })
    await services.discussions.postReply(editor, threadId, input)
    expect(await limits.findOne(limit)).toMatchObject({ points: 59 })
    await services.discussions.postReply(editor, threadId, posting())
    await expect(services.discussions.postReply(editor, threadId, posting())).rejects.toMatchObject(
      {
        code: 'too_many_requests',
        detail: { seconds: expect.any(String) },
      },
    )
    expect(await services.discussions.postReply(editor, threadId, input)).toMatchObject({
      id: first.id,
    })
  })

  it('takes no key that was used in another thread', async () => {
    const world = await createWorld()
    const { services, member } = world
    const editor = await member('editor')
    const [one, two] = [await threadBy(world, editor), await threadBy(world, editor)]
    const input = posting()
    await services.discussions.postReply(editor, one, input)
    await expect(services.discussions.postReply(editor, two, input)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await Reply.countDocuments({ thread: two })).toBe(1)
    await expect(
      services.discussions.createThread(
        editor,
        world.partnershipId,
        opening({ clientKey: input.clientKey }),
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await Thread.countDocuments({ partnership: world.partnershipId })).toBe(2)
  })

  it('keeps the server’s time, whatever is claimed', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const threadId = await threadBy(world, editor)
    const claim = { ...posting(), postedAt: '2099-01-01T00:00:00.000Z', seq: 900 }
    const reply = await world.services.discussions.postReply(editor, threadId, claim)
    expect(new Date(reply.postedAt).getFullYear()).toBeLessThan(2099)
    expect(reply.seq).toBe(2)
  })

  it('answers a post of the same thread, and finds none of another', async () => {
    const world = await createWorld()
    const { services, member } = world
    const [editor, reviewer] = [await member('editor'), await member('reviewer', 'b')]
    const [one, two] = [await threadBy(world, editor), await threadBy(world, editor)]
    const { replies } = await services.discussions.openThread(editor, one)
    const replyTo = replies[0]?.id
    const answer = await services.discussions.postReply(reviewer, one, posting({ replyTo }))
    expect(answer.replyTo).toMatchObject({ id: replyTo, seq: 1, author: { id: editor.userId } })
    for (const foreign of [replyTo, randomUUID().replace(/-/g, '').slice(0, 24)]) {
      await expect(
        services.discussions.postReply(reviewer, two, posting({ replyTo: foreign })),
      ).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('openThread', () => {
  it('shows the last 50 posts, those before, and those around one', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const threadId = await threadBy(world, editor)
    const { services } = world
    await manyReplies(threadId, 120)
    const seqs = async (at?: { beforeSeq?: number; aroundSeq?: number }) => {
      const { replies, earlier } = await services.discussions.openThread(editor, threadId, at)
      return [replies[0]?.seq, replies.at(-1)?.seq, replies.length, earlier]
    }
    expect(await seqs()).toEqual([71, 120, 50, 70])
    expect(await seqs({ beforeSeq: 71 })).toEqual([21, 70, 50, 20])
    expect(await seqs({ beforeSeq: 21 })).toEqual([1, 20, 20, 0])
    expect(await seqs({ beforeSeq: 1 })).toEqual([undefined, undefined, 0, 0])
    expect(await seqs({ aroundSeq: 60 })).toEqual([36, 85, 50, 35])
    expect(await seqs({ aroundSeq: 3 })).toEqual([1, 50, 50, 0])
    expect(await seqs({ aroundSeq: 119 })).toEqual([71, 120, 50, 70])
    expect(await seqs({ aroundSeq: 100_000 })).toEqual([71, 120, 50, 70])
  })
})
