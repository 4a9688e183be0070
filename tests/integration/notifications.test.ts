import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Notification } from '../../models/notification'
import { Reply } from '../../models/reply'
import { Resource } from '../../models/resource'
import { Thread } from '../../models/thread'
import { readThreadNotices } from '../../server/services/notifications'
import { announceNotices, type Notice, recordNotices } from '../../server/services/notify'
import { inTransaction } from '../../server/services/transaction'
import type { Actor } from '../../shared/actor'
import type { Language } from '../../shared/languages'
import { ROLES } from '../../shared/policy'
import { paperProtocol } from '../setup/paper-protocol'
import { createWorld, type World } from '../setup/world'

const record = (...notices: Notice[]) => inTransaction((session) => recordNotices(notices, session))

async function postedBy(world: World, author: Actor, text = 'Who calls the patient?') {
  const at = world.clock.now()
  const common = { partnership: world.partnershipId, lang: 'en' as const, clientKey: randomUUID() }
  const thread = await Thread.create({
    ...common,
    title: { en: 'Who calls the patient' },
    createdBy: author.userId,
    createdAt: at,
    lastSeq: 1,
    rev: 1,
    replyCount: 1,
    lastAt: at,
    lastBy: author.userId,
  })
  const reply = await Reply.create({
    ...common,
    thread: thread._id,
    seq: 1,
    rev: 1,
    author: author.userId,
    text,
    postedAt: at,
  })
  return { thread: thread._id, reply: reply._id }
}

function mentionOf(world: World, by: Actor, to: readonly Actor[], about: object = {}): Notice {
  return {
    kind: 'mention',
    partnership: world.partnershipId,
    event: `post ${randomUUID()}`,
    by: by.userId,
    to: to.map(({ userId }) => userId),
    at: world.clock.now(),
    ...about,
  }
}

describe('notices', () => {
  it('tell each person of an event once, however often and at once it is recorded', async () => {
    const world = await createWorld()
    const [author, one, two] = [
      await world.member('editor'),
      await world.member('editor', 'b'),
      await world.member('viewer'),
    ]
    const notice = mentionOf(world, author, [one, two, one, author], await postedBy(world, author))
    const all = await Promise.all(Array.from({ length: 6 }, () => record(notice)))
    expect(all.flat()).toHaveLength(2)
    expect(new Set(all.flat().map(({ userId }) => userId))).toEqual(
      new Set([one.userId, two.userId]),
    )
    expect(await Notification.countDocuments({ event: notice.event })).toBe(2)
    expect(await record(notice)).toEqual([])
  })

  it('tell of one event once where it is two kinds, the first of them', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor', 'b')]
    const mention = mentionOf(world, author, [reader], await postedBy(world, author))
    await record(mention, { ...mention, kind: 'reply' })
    const { items } = await world.services.notifications.listNotifications(reader)
    expect(items.map(({ kind }) => kind)).toEqual(['mention'])
  })

  it.each([...ROLES, 'removed', 'stranger', 'admin'] as const)(
    'reach %s only where the policy says so',
    async (who) => {
      const world = await createWorld()
      const author = await world.member('editor')
      const actor =
        who === 'stranger'
          ? await world.stranger()
          : who === 'admin'
            ? await world.admin()
            : await world.member(who === 'removed' ? 'editor' : who)
      if (who === 'removed') await world.remove(actor)
      const paper = await paperProtocol(world)
      const told = await record(
        mentionOf(world, author, [actor], await postedBy(world, author)),
        mentionOf(world, author, [actor], { kind: 'drift', protocol: paper.id, unit: 'u1' }),
        mentionOf(world, author, [actor], { kind: 'translation_asked', resource: paper.id }),
      )
      const hears = ['coordinator', 'editor', 'reviewer', 'viewer'].includes(who)
      expect(told).toHaveLength(hears ? 3 : 0)
    },
  )

  it('go with the transaction that fails', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor')]
    const notice = mentionOf(world, author, [reader])
    const failing = inTransaction(async (session) => {
      await recordNotices([notice], session)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await Notification.countDocuments({ event: notice.event })).toBe(0)
  })
})

describe('notifications', () => {
  it('show a post in the reader’s language where a colleague has translated it', async () => {
    const world = await createWorld()
    const [author, translator] = [await world.member('editor', 'b'), await world.member('editor')]
    const posted = await postedBy(world, author)
    const excerptFor = async (lang: Language) => {
      const reader = await world.member('viewer', 'a', { lang })
      await record(mentionOf(world, author, [reader], posted))
      const { items } = await world.services.notifications.listNotifications(reader)
      return items.map(({ target }) => target?.excerpt)
    }
    const original = { text: 'Who calls the patient?', lang: 'en' }
    expect(await excerptFor('ru')).toEqual([original])
    const text = 'Кто звонит пациенту?'
    const at = world.clock.now()
    await Reply.updateOne(
      { _id: posted.reply },
      { translation: { lang: 'ru', text, by: translator.userId, at, ofEdit: 0 } },
    )
    expect(await excerptFor('ru')).toEqual([{ text, lang: 'ru' }])
    expect(await excerptFor('en')).toEqual([original])
  })

  it('show what they are about as it reads now', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor', 'b'), await world.member('editor')]
    const about = await postedBy(world, author)
    const [told] = await record(mentionOf(world, author, [reader], about))
    const path = `/partnerships/${world.slug}/discussions/${String(about.thread)}?around=1#post-1`
    const { items } = await world.services.notifications.listNotifications(reader)
    expect(items).toMatchObject([
      {
        id: told?.notificationId,
        kind: 'mention',
        partnership: { slug: world.slug },
        by: { id: author.userId, tone: 'b' },
        readAt: null,
        target: {
          title: { en: 'Who calls the patient' },
          path,
          excerpt: { text: 'Who calls the patient?', lang: 'en' },
        },
      },
    ])

    await Reply.updateOne({ _id: about.reply }, { $set: { text: '', deletedAt: new Date() } })
    const deleted = await world.services.notifications.readNotification(
      reader,
      told?.notificationId ?? '',
    )
    expect(deleted?.target).toMatchObject({ path, excerpt: null })

    await Thread.deleteOne({ _id: about.thread })
    const gone = await world.services.notifications.listNotifications(reader)
    expect(gone.items[0]?.target).toBeNull()
  })

  it('lead to a library item and to a paragraph', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor', 'b'), await world.member('editor')]
    const now = world.clock.now()
    const resource = await Resource.create({
      partnership: world.partnershipId,
      title: { en: 'Leaflet' },
      kind: 'leaflet',
      createdBy: author.userId,
      clientKey: randomUUID(),
      createdAt: now,
      changedAt: now,
    })
    await record(
      mentionOf(world, author, [reader], { kind: 'translation_asked', resource: resource._id }),
    )
    const paper = await paperProtocol(world)
    paper.both('u1', 'Call within three days.', 'Позвоните в течение трёх дней.')
    await paper.mark('u1', reader)
    await paper.settle(author)
    paper.write('u1', 'en', 'Call within two days.')
    await paper.settle(author)
    const { items } = await world.services.notifications.listNotifications(reader)
    expect(items.map(({ target }) => target)).toEqual([
      {
        title: { en: 'Missed doses', ru: 'Пропуск приёма' },
        path: `/partnerships/${world.slug}/protocols/${paper.id}#unit-u1`,
        excerpt: { text: 'Call within two days.', lang: 'en' },
      },
      {
        title: { en: 'Leaflet' },
        path: `/partnerships/${world.slug}/resources/${String(resource._id)}`,
        excerpt: null,
      },
    ])
  })

  it('come page by page, newest first, none twice and none left out', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor')]
    const about = await postedBy(world, author)
    const at = new Date()
    // five of them at the same moment
    for (let index = 0; index < 12; index++) {
      const when = new Date(at.getTime() - Math.floor(index / 5) * 1_000)
      await record({ ...mentionOf(world, author, [reader], about), at: when })
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await world.services.notifications.listNotifications(reader, {
        cursor,
        limit: 5,
      })
      expect(page.items.length).toBeLessThanOrEqual(5)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(12)
    const rows = await Notification.find({ user: reader.userId }).sort({ at: -1, _id: -1 }).lean()
    expect(seen).toEqual(rows.map(({ _id }) => String(_id)))
  })

  it.each(['', 'x', '1-2', '{"$gt":""}', '9'.repeat(40), `1-${'g'.repeat(24)}`])(
    'refuse the cursor %j',
    async (cursor) => {
      const { services, member } = await createWorld()
      await expect(
        services.notifications.listNotifications(await member('editor'), { cursor }),
      ).rejects.toMatchObject({ code: 'invalid_input' })
    },
  )

  it('leave a partnership that one has left, and its count, and redact for an observer', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor')]
    const [told] = await record(mentionOf(world, author, [reader], await postedBy(world, author)))
    const own = (change: Partial<Actor['memberships'][number]>): Actor => ({
      ...reader,
      memberships: reader.memberships.map((each) => ({ ...each, ...change })),
    })
    const { listNotifications, countNotifications, readNotification, changeNotifications } =
      world.services.notifications
    const removed = own({ status: 'removed' })
    expect(await listNotifications(removed)).toEqual({ items: [], next: null })
    expect(await countNotifications(removed)).toBe(0)
    expect(await readNotification(removed, told?.notificationId ?? '')).toBeNull()
    expect(await changeNotifications(removed, { intent: 'readAll' })).toEqual({ changed: [] })

    const observer = await listNotifications(own({ role: 'observer' }))
    expect(observer.items).toMatchObject([{ by: null, target: null }])
  })

  it('belong to one person: nobody else reads or changes them', async () => {
    const world = await createWorld()
    const [author, reader, other] = [
      await world.member('editor'),
      await world.member('editor'),
      await world.member('coordinator'),
    ]
    const [told] = await record(mentionOf(world, author, [reader], await postedBy(world, author)))
    const id = told?.notificationId ?? ''
    expect(await world.services.notifications.readNotification(other, id)).toBeNull()
    expect(
      await world.services.notifications.changeNotifications(other, { intent: 'read', ids: [id] }),
    ).toEqual({ changed: [] })
    expect(await world.services.notifications.countNotifications(reader)).toBe(1)
  })

  it('are read in one of two tabs, and undone exactly', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor')]
    const about = await postedBy(world, author)
    for (let index = 0; index < 4; index++) await record(mentionOf(world, author, [reader], about))
    const { listNotifications, countNotifications, changeNotifications } =
      world.services.notifications
    const [first] = (await listNotifications(reader)).items.map(({ id }) => id)
    await changeNotifications(reader, { intent: 'read', ids: [first ?? ''] })

    const tabs = await Promise.all([
      changeNotifications(reader, { intent: 'readAll' }),
      changeNotifications(reader, { intent: 'readAll' }),
    ])
    const changed = tabs.flatMap((tab) => tab.changed)
    expect(changed).toHaveLength(3)
    expect(new Set(changed).size).toBe(3)
    expect(await countNotifications(reader)).toBe(0)
    expect(world.heard.filter(([event]) => event === 'notifications:changed')).toContainEqual([
      'notifications:changed',
      { userId: reader.userId, notificationId: null },
    ])

    await changeNotifications(reader, { intent: 'unread', ids: changed })
    expect(await countNotifications(reader)).toBe(3)
    const unread = (await listNotifications(reader)).items.filter(({ readAt }) => readAt === null)
    expect(new Set(unread.map(({ id }) => id))).toEqual(new Set(changed))
    // what changes nothing tells nobody
    const before = world.heard.length
    expect(await changeNotifications(reader, { intent: 'unread', ids: changed })).toEqual({
      changed: [],
    })
    expect(world.heard.length).toBe(before)
  })

  it('are read with the posts they tell of, up to the one that was shown', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor')]
    const about = await postedBy(world, author)
    const later = await Reply.create({
      partnership: world.partnershipId,
      thread: about.thread,
      seq: 2,
      rev: 2,
      lang: 'en',
      clientKey: randomUUID(),
      author: author.userId,
      text: 'And when?',
      postedAt: world.clock.now(),
    })
    const elsewhere = await postedBy(world, author)
    await record(
      mentionOf(world, author, [reader], about),
      mentionOf(world, author, [reader], { thread: about.thread, reply: later._id }),
      mentionOf(world, author, [reader], elsewhere),
    )
    const count = () => world.services.notifications.countNotifications(reader)
    await readThreadNotices(world, reader, about.thread, 0)
    expect(await count()).toBe(3)
    expect(world.heard).toEqual([])
    await readThreadNotices(world, reader, about.thread, 1)
    expect(await count()).toBe(2)
    expect(world.heard).toEqual([
      ['notifications:changed', { userId: reader.userId, notificationId: null }],
    ])
    await readThreadNotices(world, author, about.thread, 9)
    expect(await count()).toBe(2)
    await readThreadNotices(world, reader, about.thread, 9)
    expect(await count()).toBe(1)
  })

  it('are announced to the person’s tabs, one by one', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor')]
    const told = await record(mentionOf(world, author, [reader]))
    announceNotices(world.bus, told)
    expect(world.heard).toContainEqual([
      'notifications:changed',
      { userId: reader.userId, notificationId: told[0]?.notificationId },
    ])
  })

  it('read no more rows for a page than it shows, however many there are', async () => {
    const world = await createWorld()
    const [author, reader] = [await world.member('editor'), await world.member('editor')]
    const rows = Array.from({ length: 3_000 }, (_, index) => ({
      partnership: new Types.ObjectId(world.partnershipId),
      user: new Types.ObjectId(reader.userId),
      kind: 'mention' as const,
      event: `old ${index}`,
      by: new Types.ObjectId(author.userId),
      at: new Date(Date.now() - index * 60_000),
      readAt: index < 10 ? null : new Date(),
    }))
    await Notification.insertMany(rows)
    const own = {
      user: new Types.ObjectId(reader.userId),
      partnership: { $in: [new Types.ObjectId(world.partnershipId), new Types.ObjectId()] },
    }
    const list = await Notification.find(own)
      .sort({ at: -1, _id: -1 })
      .limit(31)
      .explain('executionStats')
    expect(list).toMatchObject({ executionStats: { totalDocsExamined: 31 } })
    const unread = await Notification.find({ ...own, readAt: null }).explain('executionStats')
    expect(unread).toMatchObject({ executionStats: { totalDocsExamined: 10 } })
    expect(await world.services.notifications.countNotifications(reader)).toBe(10)
  })
})

describe('a drift', () => {
  async function marked(world: World) {
    const [writer, reviewer, editor] = [
      await world.member('editor'),
      await world.member('reviewer'),
      await world.member('editor', 'b'),
    ]
    const paper = await paperProtocol(world)
    paper.both('u1', 'Call within three days.', 'Позвоните в течение трёх дней.')
    paper.both('u2', 'Note the reason.', 'Запишите причину.')
    await paper.mark('u1', writer)
    await paper.mark('u1', reviewer, 'reviewed')
    await paper.settle(writer)
    const count = (actor: Actor) => world.services.notifications.countNotifications(actor)
    return { writer, reviewer, editor, paper, count }
  }

  it('is told once to those who marked the paragraph, however long it is typed on', async () => {
    const world = await createWorld()
    const { writer, reviewer, editor, paper, count } = await marked(world)
    for (const days of ['two', 'two working', 'one']) {
      paper.write('u1', 'en', `Call within ${days} days.`)
      await paper.settle(editor)
    }
    expect([await count(writer), await count(reviewer), await count(editor)]).toEqual([1, 1, 0])
    const told = world.heard.filter(([event]) => event === 'notifications:changed')
    expect(told).toHaveLength(2)
  })

  it('is not told to who made it', async () => {
    const world = await createWorld()
    const { writer, reviewer, paper, count } = await marked(world)
    paper.write('u1', 'ru', 'Позвоните завтра.')
    await paper.settle(writer)
    expect([await count(writer), await count(reviewer)]).toEqual([0, 1])
  })

  it('is told to who wrote the text, when the live document knows', async () => {
    const world = await createWorld()
    const { editor, paper, count } = await marked(world)
    const author = await world.member('editor')
    paper.write('u1', 'en', 'Call within two days.')
    const asked: (readonly string[])[] = []
    await world.services.protocols.noteSettled(
      paper.at,
      paper.read(),
      { userId: editor.userId, at: new Date() },
      {
        async authorsOf(units) {
          asked.push(units)
          return new Map([['u1', [author.userId, editor.userId]]])
        },
      },
    )
    expect(asked).toEqual([['u1']])
    expect([await count(author), await count(editor)]).toEqual([1, 0])
  })

  it('that is undone before it was read was none; one that was read stays, and is told once', async () => {
    const world = await createWorld()
    const { writer, reviewer, editor, paper, count } = await marked(world)
    paper.write('u1', 'en', 'Call within two days.')
    await paper.settle(editor)
    await world.services.notifications.changeNotifications(reviewer, { intent: 'readAll' })
    world.heard.length = 0
    paper.write('u1', 'en', 'Call within three days.')
    await paper.settle(editor)
    expect(await count(writer)).toBe(0)
    expect((await world.services.notifications.listNotifications(writer)).items).toEqual([])
    expect((await world.services.notifications.listNotifications(reviewer)).items).toHaveLength(1)
    expect(world.heard).toContainEqual([
      'notifications:changed',
      { userId: writer.userId, notificationId: null },
    ])

    paper.write('u1', 'en', 'Call within two days.')
    await paper.settle(editor)
    expect([await count(writer), await count(reviewer)]).toEqual([1, 0])
  })

  it('that both texts make is one, and stays until neither is behind', async () => {
    const world = await createWorld()
    const { reviewer, editor, paper, count } = await marked(world)
    paper.write('u1', 'en', 'Call within two days.')
    await paper.settle(editor)
    paper.write('u1', 'ru', 'Позвоните завтра.')
    await paper.settle(editor)
    paper.write('u1', 'en', 'Call within three days.')
    await paper.settle(editor)
    expect(await count(reviewer)).toBe(1)
    const told = world.heard.filter(([event]) => event === 'notifications:changed')
    expect(told).toHaveLength(2)
    paper.write('u1', 'ru', 'Позвоните в течение трёх дней.')
    await paper.settle(editor)
    expect(await count(reviewer)).toBe(0)
  })

  it('is told again after the texts were said to agree', async () => {
    const world = await createWorld()
    const { writer, reviewer, editor, paper, count } = await marked(world)
    paper.write('u1', 'en', 'Call within two days.')
    await paper.settle(editor)
    await paper.mark('u1', writer)
    await paper.settle(null)
    expect([await count(writer), await count(reviewer)]).toEqual([0, 0])
    paper.write('u1', 'en', 'Call tomorrow.')
    await paper.settle(editor)
    expect([await count(writer), await count(reviewer)]).toEqual([1, 1])
  })

  it('of a document that was never noted before is no news', async () => {
    const world = await createWorld()
    const [writer, editor] = [await world.member('editor'), await world.member('editor', 'b')]
    const paper = await paperProtocol(world, { counts: { units: 1, drifted: 1 } })
    paper.both('u1', 'Call.', 'Позвоните.')
    await paper.mark('u1', writer)
    paper.write('u1', 'en', 'Call today.')
    await paper.settle(editor)
    expect(await world.services.notifications.countNotifications(writer)).toBe(0)
  })

  it('is told once by two processes that see it at once', async () => {
    const world = await createWorld()
    const { writer, editor, paper, count } = await marked(world)
    paper.write('u1', 'en', 'Call within two days.')
    await Promise.allSettled(Array.from({ length: 4 }, () => paper.settle(editor)))
    expect(await count(writer)).toBe(1)
  })
})
