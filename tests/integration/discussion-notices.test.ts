import { beforeAll, describe, expect, it } from 'vitest'
import { Notification } from '../../models/notification'
import { SearchText } from '../../models/search-text'
import type { Actor } from '../../shared/actor'
import { MENTIONS_MAX } from '../../shared/mentions'
import { BILINGUAL, posting, threadBy } from '../fixtures/discussions'
import { createWorld, type World } from '../setup/world'

let world: World
let opener: Actor
let natalya: Actor
let thomas: Actor
beforeAll(async () => {
  world = await createWorld()
  opener = await world.member('editor', 'a', { name: { given: 'Дмитрий', family: 'Корсаков' } })
  natalya = await world.member('coordinator', 'a', {
    ...BILINGUAL,
    name: { given: 'Наталья', family: 'Белозёрова', latin: 'Natalya Belozyorova' },
  })
  thomas = await world.member('reviewer', 'b', { name: { given: 'Thomas', family: 'Okafor' } })
})

/** Whom one post told, and why. */
async function toldOf(replyId: string): Promise<Record<string, string>> {
  const rows = await Notification.find({ event: `post ${replyId}` }).lean()
  return Object.fromEntries(rows.map(({ user, kind }) => [String(user), kind]))
}

function post(actor: Actor, threadId: string, text: string, replyTo?: string) {
  return world.services.discussions.postReply(actor, threadId, posting({ text, replyTo }))
}

describe('a post', () => {
  it('tells those it calls by name, in either script, and shows where', async () => {
    const threadId = await threadBy(world, opener)
    const text = 'Ask @Белозерова Наталья and @natalya belozyorova, not mail@Thomas Okafor.'
    const reply = await post(opener, threadId, text)
    expect(reply.mentions.map(({ from, length }) => text.slice(from, from + length))).toEqual([
      '@Белозерова Наталья',
      '@natalya belozyorova',
    ])
    expect(reply.mentions.map(({ userId }) => userId)).toEqual([natalya.userId, natalya.userId])
    expect(await toldOf(reply.id)).toEqual({ [natalya.userId]: 'mention' })
    const announced = world.heard.flatMap(([event, fact]) =>
      event === 'notifications:changed' && 'userId' in fact ? [fact.userId] : [],
    )
    expect(announced).toEqual([natalya.userId])
  })

  it('is read in the bell as soon as it has been shown in its thread', async () => {
    const threadId = await threadBy(world, opener)
    const reply = await post(opener, threadId, 'And you, @Thomas Okafor?')
    const told = { user: thomas.userId, event: `post ${reply.id}` }
    await world.services.discussions.markRead(thomas, { threadId }, reply.seq - 1)
    expect(await Notification.findOne(told).lean()).toMatchObject({ readAt: null })
    await world.services.discussions.markRead(thomas, { threadId }, reply.seq)
    expect((await Notification.findOne(told).lean())?.readAt).toBeInstanceOf(Date)
  })

  it('is read in the bell though it was edited after one had read it', async () => {
    const threadId = await threadBy(world, opener)
    const reply = await post(opener, threadId, 'And you?')
    const { discussions } = world.services
    await discussions.markRead(thomas, { threadId }, reply.seq)
    await discussions.editReply(opener, { threadId, replyId: reply.id }, 'And you, @Thomas Okafor?')
    const told = { user: thomas.userId, event: `post ${reply.id}` }
    expect(await Notification.findOne(told).lean()).toMatchObject({ readAt: null })
    await discussions.markRead(thomas, { threadId }, reply.seq)
    expect((await Notification.findOne(told).lean())?.readAt).toBeInstanceOf(Date)
  })

  it('tells the opener and whom it answers, each once, by name before all', async () => {
    const threadId = await threadBy(world, opener)
    const first = await post(thomas, threadId, 'The nurse calls.')
    expect(await toldOf(first.id)).toEqual({ [opener.userId]: 'reply' })
    const second = await post(natalya, threadId, 'When? @Дмитрий Корсаков', first.id)
    expect(await toldOf(second.id)).toEqual({
      [opener.userId]: 'mention',
      [thomas.userId]: 'reply',
    })
    const own = await post(opener, threadId, 'I do. @Дмитрий Корсаков')
    expect(await toldOf(own.id)).toEqual({})
  })

  it('tells nobody twice when it is sent twice', async () => {
    const threadId = await threadBy(world, opener)
    const input = posting({ text: '@Thomas Okafor, please.' })
    const { discussions } = world.services
    world.heard.length = 0
    const [reply] = await Promise.all([
      discussions.postReply(natalya, threadId, input),
      discussions.postReply(natalya, threadId, input),
    ])
    expect(Object.keys(await toldOf(reply.id))).toHaveLength(2)
    // the bell counts anew with every repetition, and shows nothing as new but the first time
    const shown = world.heard.flatMap(([event, fact]) =>
      event === 'notifications:changed' && 'notificationId' in fact && fact.notificationId
        ? [fact.notificationId]
        : [],
    )
    expect(new Set(shown).size).toBe(2)
    expect(shown).toHaveLength(2)
  })

  it('tells those whom an edit calls for the first time, and nobody again', async () => {
    const threadId = await threadBy(world, opener)
    const reply = await post(opener, threadId, 'Ask @Наталья Белозёрова.')
    const at = { threadId, replyId: reply.id }
    const text = 'Ask @Наталья Белозёрова or @Thomas Okafor.'
    world.heard.length = 0
    const edited = await world.services.discussions.editReply(opener, at, text)
    expect(edited.mentions.map(({ userId }) => userId)).toEqual([natalya.userId, thomas.userId])
    expect(await toldOf(reply.id)).toEqual({
      [natalya.userId]: 'mention',
      [thomas.userId]: 'mention',
    })
    const announced = world.heard.filter(([event]) => event === 'notifications:changed')
    expect(announced).toMatchObject([['notifications:changed', { userId: thomas.userId }]])
  })

  it('calls members who can read it only, and no more than the most', async () => {
    const own = await createWorld()
    const author = await own.member('editor')
    const name = (n: number) => ({ name: { given: 'Person', family: `Number${n}` } })
    for (let n = 0; n < MENTIONS_MAX + 4; n++) await own.member('viewer', 'b', name(n))
    await own.member('observer', 'b', { name: { given: 'City', family: 'Observer' } })
    const left = await own.member('editor', 'b', { name: { given: 'Left', family: 'Long' } })
    await own.remove(left)
    const threadId = await threadBy(own, author)
    const { discussions } = own.services
    const hidden = '@City Observer, @Left Long, @Thomas Okafor'
    const none = await discussions.postReply(author, threadId, posting({ text: hidden }))
    expect(none.mentions).toEqual([])
    expect(await toldOf(none.id)).toEqual({})
    const text = Array.from({ length: 5_000 }, (_, n) => `@Person Number${n % 24}`)
      .join(' ')
      .slice(0, 20_000)
    const many = await discussions.postReply(author, threadId, posting({ text }))
    expect(new Set(many.mentions.map(({ userId }) => userId)).size).toBe(MENTIONS_MAX)
    expect(Object.keys(await toldOf(many.id))).toHaveLength(MENTIONS_MAX)
  })
})

describe('the search', () => {
  const partsOf = async (threadId: string) => {
    const rows = await SearchText.find({ of: threadId }).sort({ part: 1 }).lean()
    return rows.map(({ part, lang, text }) => [part, lang, text])
  }

  it('holds title, posts and translations as they read now, and nothing of what is deleted', async () => {
    const threadId = await threadBy(world, opener, { text: 'Who calls?' })
    const reply = await post(opener, threadId, 'The nurse.')
    const at = { threadId, replyId: reply.id }
    const { discussions } = world.services
    await discussions.translateReply(natalya, at, 'Медсестра.')
    await discussions.editReply(opener, at, 'The night nurse.')
    const title = [
      ['title en', 'en', 'Who calls the patient'],
      ['title ru', 'ru', 'Кто звонит пациенту'],
    ]
    expect(await partsOf(threadId)).toEqual([
      ['post 1', 'en', 'Who calls?'],
      ['post 2', 'en', 'The night nurse.'],
      ['post 2 translation', 'ru', 'Медсестра.'],
      ...title,
    ])
    await discussions.deleteReply(opener, at)
    expect(await partsOf(threadId)).toEqual([['post 1', 'en', 'Who calls?'], ...title])
  })
})

describe('a request for a translation', () => {
  const ask = (replyId: string) =>
    world.services.resources.changeTranslation(opener, world.partnershipId, {
      intent: 'ask',
      target: 'reply',
      targetId: replyId,
      to: 'ru',
    })

  it('is shown with the post, caught up with, and done once the post is translated', async () => {
    const threadId = await threadBy(world, opener)
    const reply = await post(opener, threadId, 'The nurse.')
    const { discussions } = world.services
    await ask(reply.id)
    const asked = await discussions.catchUp(thomas, threadId, reply.rev)
    expect(asked.replies).toMatchObject([
      { id: reply.id, request: { to: 'ru', askedBy: { id: opener.userId } } },
    ])
    const at = { threadId, replyId: reply.id }
    const translated = await discussions.translateReply(natalya, at, 'Медсестра.')
    expect(translated).toMatchObject({ request: null, translation: { text: 'Медсестра.' } })
    const told = await Notification.find({ user: opener.userId, kind: 'translation_done' }).lean()
    expect(told).toHaveLength(1)
  })
})
