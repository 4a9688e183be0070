import { beforeAll, describe, expect, it } from 'vitest'
import { Reply } from '../../models/reply'
import { Thread } from '../../models/thread'
import { createServices } from '../../server/services'
import type { Actor } from '../../shared/actor'
import { BILINGUAL, codesOf, posting, threadBy } from '../fixtures/discussions'
import { createWorld, type World } from '../setup/world'

let world: World
let editor: Actor
let reviewer: Actor
let coordinator: Actor
let bilingual: Actor
beforeAll(async () => {
  world = await createWorld()
  editor = await world.member('editor')
  reviewer = await world.member('reviewer', 'b')
  coordinator = await world.member('coordinator')
  bilingual = await world.member('reviewer', 'a', BILINGUAL)
})

/** A thread of the editor with one more post of theirs. */
async function posted(text = 'Ring before noon.') {
  const threadId = await threadBy(world, editor)
  const reply = await world.services.discussions.postReply(editor, threadId, posting({ text }))
  world.heard.length = 0
  return { threadId, reply, at: { threadId, replyId: reply.id } }
}

const heardOf = (event: string) => world.heard.filter(([name]) => name === event)

describe('editReply', () => {
  it('changes one’s own words, counts the change and announces it', async () => {
    const { at, reply } = await posted()
    const { discussions } = world.services
    const edited = await discussions.editReply(editor, at, 'Ring before ten.')
    expect(edited).toMatchObject({
      id: reply.id,
      seq: 2,
      rev: 3,
      text: 'Ring before ten.',
      editedAt: expect.any(String),
    })
    expect(heardOf('reply:changed')).toEqual([['reply:changed', edited]])
    // the same once more changes nothing, and is told again: the first time may have been lost
    expect(await discussions.editReply(editor, at, 'Ring before ten.')).toEqual(edited)
    expect(heardOf('reply:changed')).toEqual([1, 2].map(() => ['reply:changed', edited]))
  })

  it('is refused for anybody else’s words, to coordinators as well', async () => {
    const { at, reply } = await posted()
    for (const actor of [reviewer, coordinator, await world.member('viewer')]) {
      await expect(
        world.services.discussions.editReply(actor, at, 'Not what they said.'),
      ).rejects.toMatchObject({ code: 'forbidden' })
    }
    expect((await Reply.findById(reply.id).lean())?.text).toBe('Ring before noon.')
  })
})

describe('deleteReply', () => {
  it('takes the words out and leaves the place, and who did it', async () => {
    const { at, reply, threadId } = await posted('@Ann Tester, ring before noon.')
    const { discussions } = world.services
    await discussions.translateReply(bilingual, at, 'Позвоните до полудня.')
    world.heard.length = 0
    const deleted = await discussions.deleteReply(coordinator, at)
    expect(deleted).toMatchObject({
      id: reply.id,
      seq: 2,
      text: '',
      mentions: [],
      translation: null,
      author: { id: editor.userId },
      deletedBy: { id: coordinator.userId },
      deletedAt: expect.any(String),
    })
    expect(await Reply.findById(reply.id).lean()).toMatchObject({ text: '', translation: null })
    expect(heardOf('reply:changed')).toEqual([['reply:changed', deleted]])
    expect(heardOf('thread:changed')).toMatchObject([
      ['thread:changed', { thread: { id: threadId, replyCount: 1, lastSeq: 2 } }],
    ])
    const told = [...world.heard]
    world.heard.length = 0
    expect(await discussions.deleteReply(editor, at)).toEqual(deleted)
    expect(world.heard.slice(0, 2)).toEqual(told.slice(0, 2))
    const events = (facts: typeof told) => facts.map(([event]) => event)
    expect(events(world.heard)).toEqual(events(told))
  })

  it('is for the author and coordinators only', async () => {
    const { at } = await posted()
    const { discussions } = world.services
    await expect(discussions.deleteReply(reviewer, at)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(discussions.deleteReply(editor, at)).resolves.toMatchObject({ text: '' })
  })

  it('counts a deletion of two at once once', async () => {
    const { at, threadId } = await posted()
    const { discussions } = world.services
    const deleted = await Promise.all([
      discussions.deleteReply(editor, at),
      discussions.deleteReply(coordinator, at),
      discussions.deleteReply(coordinator, at),
    ])
    expect(new Set(deleted.map(({ rev }) => rev)).size).toBe(1)
    expect((await Thread.findById(threadId).lean())?.replyCount).toBe(1)
  })

  it('leaves nothing to edit or translate', async () => {
    const { at } = await posted()
    const { discussions } = world.services
    await discussions.deleteReply(editor, at)
    await expect(discussions.editReply(editor, at, 'Again.')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(discussions.translateReply(bilingual, at, 'Снова.')).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('translateReply', () => {
  it('puts a credited translation under a post, which is outdated once the post is edited', async () => {
    const { at } = await posted()
    const { discussions } = world.services
    const first = await discussions.translateReply(bilingual, at, 'Позвоните до полудня.')
    expect(first.translation).toMatchObject({
      lang: 'ru',
      text: 'Позвоните до полудня.',
      by: { id: bilingual.userId },
      outdated: false,
    })
    await discussions.translateReply(bilingual, at, 'Позвоните до полудня.')
    expect(heardOf('reply:changed')).toEqual([1, 2].map(() => ['reply:changed', first]))
    const edited = await discussions.editReply(editor, at, 'Ring before ten.')
    expect(edited.translation).toMatchObject({ outdated: true })
    const second = await discussions.translateReply(bilingual, at, 'Позвоните до десяти.')
    expect(second.translation).toMatchObject({ text: 'Позвоните до десяти.', outdated: false })
    expect([first.rev, edited.rev, second.rev]).toEqual([3, 4, 5])
  })

  it('is for those who read both languages and may answer', async () => {
    const { at } = await posted()
    const viewer = await world.member('viewer', 'a', BILINGUAL)
    for (const actor of [editor, reviewer, viewer]) {
      await expect(
        world.services.discussions.translateReply(actor, at, 'Позвоните до полудня.'),
      ).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  it('lets a bilingual author translate their own post', async () => {
    const threadId = await threadBy(world, bilingual, { lang: 'ru', text: 'Кто звонит?' })
    const { discussions } = world.services
    const { replies } = await discussions.openThread(bilingual, threadId)
    const at = { threadId, replyId: replies[0]?.id ?? '' }
    const { translation } = await discussions.translateReply(bilingual, at, 'Who calls?')
    expect(translation).toMatchObject({ lang: 'en', by: { id: bilingual.userId } })
  })
})

describe('lockThread', () => {
  it('closes a thread to words of everybody, and opens it again', async () => {
    const { at, threadId } = await posted()
    const { discussions } = world.services
    await expect(discussions.lockThread(editor, threadId, true)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await discussions.lockThread(coordinator, threadId, true)
    await discussions.lockThread(coordinator, threadId, true)
    const closed = ['thread:changed', { thread: { id: threadId, locked: true, rev: 3 } }]
    expect(heardOf('thread:changed')).toMatchObject([closed, closed])
    const refused = [
      discussions.postReply(coordinator, threadId, posting()),
      discussions.editReply(editor, at, 'Ring before ten.'),
      discussions.translateReply(bilingual, at, 'Позвоните до полудня.'),
      discussions.deleteReply(editor, at),
    ]
    expect(await codesOf(refused)).toEqual(refused.map(() => 'locked'))
    await expect(discussions.deleteReply(coordinator, at)).resolves.toMatchObject({ text: '' })
    await discussions.lockThread(coordinator, threadId, false)
    await expect(discussions.postReply(editor, threadId, posting())).resolves.toBeDefined()
  })

  it('lets no post through that had been looked at before it and is stored after it', async () => {
    const { threadId } = await posted()
    const { ports } = world
    // the limit is asked after everything was looked up and before anything is stored
    const limits = {
      take: () => world.services.discussions.lockThread(coordinator, threadId, true),
      forget: async () => {},
    }
    const late = createServices({ ...ports, limits })
    await expect(late.discussions.postReply(editor, threadId, posting())).rejects.toMatchObject({
      code: 'locked',
    })
    expect(await Thread.findById(threadId).lean()).toMatchObject({ rev: 3, lastSeq: 2 })
  })
})
