import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Attention } from '../../models/attention'
import { Mark } from '../../models/mark'
import { Protocol } from '../../models/protocol'
import { Reading } from '../../models/reading'
import { Reply } from '../../models/reply'
import { Thread } from '../../models/thread'
import { Visit } from '../../models/visit'
import { aroundChange } from '../../server/services/attention'
import type { Actor } from '../../shared/actor'
import { deriveUnits } from '../../shared/editor/alignment'
import { LANGUAGES, type Language } from '../../shared/languages'
import { ROLES } from '../../shared/policy'
import type { WaitingItem } from '../../shared/views'
import { paperProtocol } from '../setup/paper-protocol'
import { createWorld, type World } from '../setup/world'

const MINUTE = 60_000

const homeOf = (world: World, actor: Actor) =>
  world.services.home.readHome(actor, world.partnershipId)

/** As if the person's last look had been so long ago. */
const wasHere = (world: World, actor: Actor, minutesAgo: number) =>
  Visit.updateOne(
    { partnership: world.partnershipId, user: actor.userId },
    { $set: { lastAt: new Date(Date.now() - minutesAgo * MINUTE), previousAt: null } },
    { upsert: true },
  )

const kinds = (items: readonly WaitingItem[]) => items.map(({ kind }) => kind)

async function openThread(world: World, author: Actor, title: string, text: string) {
  const { id } = await world.services.discussions.createThread(author, world.partnershipId, {
    titleEn: title,
    titleRu: '',
    lang: 'en',
    text,
    tags: [],
    protocolId: undefined,
    unit: undefined,
    clientKey: randomUUID(),
  })
  const reply = (by: Actor, words: string) =>
    world.services.discussions.postReply(by, id, {
      text: words,
      lang: 'en',
      clientKey: randomUUID(),
      replyTo: undefined,
    })
  return { id, reply }
}

const askFor = (world: World, by: Actor, targetId: string, to: Language) =>
  world.services.resources.changeTranslation(by, world.partnershipId, {
    intent: 'ask',
    target: 'resource',
    targetId,
    to,
    note: undefined,
  })

const addResource = (world: World, by: Actor) =>
  world.services.resources.createResource(by, world.partnershipId, {
    titleEn: 'Leaflet',
    titleRu: '',
    aboutEn: '',
    aboutRu: '',
    kind: 'leaflet',
    clientKey: randomUUID(),
  })

describe('what waits', () => {
  it('is for the side whose language is behind', async () => {
    const world = await createWorld()
    const [russian, american] = [await world.member('editor'), await world.member('editor', 'b')]
    const paper = await paperProtocol(world)
    paper.both('u1', 'Call within three days.', 'Позвоните в течение трёх дней.')
    paper.both('u2', 'Note the reason.', 'Запишите причину.')
    await paper.mark('u1', russian)
    await paper.mark('u2', russian)
    paper.write('u1', 'en', 'Call within two days.')
    paper.write('u3', 'en', 'A new paragraph.')
    await paper.settle(american)
    const common = { protocolId: paper.id, title: { en: 'Missed doses', ru: 'Пропуск приёма' } }
    const drift = {
      ...common,
      kind: 'drift',
      unit: 'u1',
      lang: 'en',
      before: 'Call within three days.',
      after: 'Call within two days.',
      by: { id: american.userId, tone: 'b' },
    }
    const missing = { ...common, kind: 'missing', lang: 'ru', count: 1 }
    const [his, hers] = [await homeOf(world, russian), await homeOf(world, american)]
    expect(his.waitingForMe).toMatchObject([drift, missing])
    expect(his.waitingForOthers).toEqual([])
    expect(hers.waitingForMe).toEqual([])
    expect(hers.waitingForOthers).toMatchObject([drift, missing])

    paper.write('u1', 'ru', 'Позвоните в течение двух дней.')
    await paper.mark('u1', russian)
    paper.write('u3', 'ru', 'Новый абзац.')
    await paper.settle(russian)
    expect((await homeOf(world, russian)).waitingForMe).toEqual([])
    expect((await homeOf(world, american)).waitingForOthers).toEqual([])
  })

  it('is cited by the number the paragraph has now, and keeps whose it is when that changes', async () => {
    const world = await createWorld()
    const [russian, american] = [await world.member('editor'), await world.member('editor', 'b')]
    const paper = await paperProtocol(world)
    paper.write('h1', 'en', 'Missed doses', 'heading')
    paper.write('h1', 'ru', 'Пропуск приёма', 'heading')
    paper.both('u1', 'Call within three days.', 'Позвоните в течение трёх дней.')
    paper.both('u2', 'Note the reason.', 'Запишите причину.')
    await paper.mark('u2', russian)
    paper.write('u2', 'en', 'Note the reasons.')
    await paper.settle(american)
    const [line] = (await homeOf(world, russian)).waitingForMe
    expect(line).toMatchObject({ kind: 'drift', number: '1.2', by: { id: american.userId } })

    for (const lang of LANGUAGES) paper.write('u1', lang, '')
    await paper.settle(russian, new Date(Date.now() + 5 * MINUTE))
    expect((await homeOf(world, russian)).waitingForMe).toEqual([{ ...line, number: '1.1' }])

    // a row from before there were numbers
    await Attention.updateMany({ partnership: world.partnershipId }, { $unset: { number: 1 } })
    expect((await homeOf(world, russian)).waitingForMe).toEqual([{ ...line, number: null }])
    await paper.settle(russian)
    expect((await homeOf(world, russian)).waitingForMe).toEqual([{ ...line, number: '1.1' }])
  })

  it('is for who may do it: a viewer has nothing to write', async () => {
    const world = await createWorld()
    const editor = await world.member('editor', 'b')
    const paper = await paperProtocol(world)
    paper.write('u1', 'en', 'Only English.')
    await paper.settle(editor)
    for (const role of ROLES) {
      const home = await homeOf(world, await world.member(role))
      const writes = role === 'coordinator' || role === 'editor'
      expect(kinds(home.waitingForMe), role).toEqual(writes ? ['missing'] : [])
      const other = await homeOf(world, await world.member(role, 'b'))
      expect(kinds(other.waitingForOthers), role).toEqual(role === 'observer' ? [] : ['missing'])
    }
  })

  it('is in the language a person writes where it is not their side’s', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const paper = await paperProtocol(world)
    paper.write('u1', 'en', 'Only English.')
    await paper.settle(editor)
    const emigrant = await world.member('editor', 'b', { languages: ['ru'] })
    expect(kinds((await homeOf(world, emigrant)).waitingForMe)).toEqual(['missing'])
    const bilingual = await world.member('editor', 'b', { languages: ['en', 'ru'] })
    expect(kinds((await homeOf(world, bilingual)).waitingForOthers)).toEqual(['missing'])
  })

  it('is a question that was not read, as long as it is not', async () => {
    const world = await createWorld()
    const [asking, asked] = [
      await world.member('editor', 'b'),
      await world.member('editor', 'a', { name: { given: 'Нина', family: 'Ответова' } }),
    ]
    const thread = await openThread(world, asking, 'Who calls', 'We have an idea.')
    expect((await homeOf(world, asked)).waitingForMe).toEqual([])
    await thread.reply(asking, 'See https://example.org/?a=b for it.')
    expect((await homeOf(world, asked)).waitingForMe).toEqual([])
    await thread.reply(asking, 'Who calls the patient? We could.')
    await thread.reply(asking, 'And when?')
    expect((await homeOf(world, asked)).waitingForMe).toMatchObject([
      {
        kind: 'question',
        threadId: thread.id,
        title: { en: 'Who calls' },
        seq: 3,
        by: { id: asking.userId },
        unread: 4,
      },
    ])
    expect((await homeOf(world, asking)).waitingForMe).toEqual([])
    await world.services.discussions.markRead(asked, { threadId: thread.id }, 4)
    expect((await homeOf(world, asked)).waitingForMe).toEqual([])
  })

  it('is an answer and a call by name, question mark or not', async () => {
    const world = await createWorld()
    const [asking, asked] = [
      await world.member('editor', 'b'),
      await world.member('editor', 'a', { name: { given: 'Нина', family: 'Ответова' } }),
    ]
    const mine = await openThread(world, asked, 'Mine', 'We call them.')
    await mine.reply(asking, 'Agreed.')
    const theirs = await openThread(world, asking, 'Theirs', '@Нина Ответова, please look.')
    const { waitingForMe } = await homeOf(world, asked)
    expect(
      waitingForMe.map((item) => item.kind === 'question' && [item.threadId, item.seq]),
    ).toEqual([
      [theirs.id, 1],
      [mine.id, 2],
    ])
  })

  it('is a translation somebody asked for, until it is done', async () => {
    const world = await createWorld()
    const both = { languages: ['ru', 'en'] }
    const [asking, bilingual, other, monolingual] = [
      await world.member('editor', 'b'),
      await world.member('reviewer', 'a', both),
      await world.member('editor', 'b', both),
      await world.member('editor'),
    ]
    const { id } = await addResource(world, asking)
    const add = (actor: Actor, lang: 'en' | 'ru', status: 'original' | 'translated') =>
      world.services.resources.changeResource(actor, id, {
        ...{ intent: 'link', url: 'https://example.org', lang, status },
        clientKey: randomUUID(),
      })
    await add(asking, 'en', 'original')
    const { id: requestId } = await askFor(world, asking, id, 'ru')
    const line = {
      kind: 'translation',
      target: 'resource',
      title: { en: 'Leaflet' },
      path: `/partnerships/${world.slug}/resources/${id}`,
      to: 'ru',
    }
    const waiting = async (actor: Actor) => (await homeOf(world, actor)).waitingForMe
    for (const actor of [bilingual, other]) {
      expect(await waiting(actor)).toMatchObject([
        { ...line, by: { id: asking.userId }, mine: false },
      ])
    }
    expect(await waiting(monolingual)).toEqual([])
    expect(await waiting(asking)).toEqual([])
    expect((await homeOf(world, asking)).waitingForOthers).toMatchObject([{ ...line, by: null }])

    const take = { intent: 'take', requestId } as const
    await world.services.resources.changeTranslation(bilingual, world.partnershipId, take)
    expect(await waiting(bilingual)).toMatchObject([{ ...line, mine: true }])
    expect(await waiting(other)).toEqual([])
    expect((await homeOf(world, asking)).waitingForOthers).toMatchObject([
      { ...line, by: { id: bilingual.userId } },
    ])
    await add(bilingual, 'ru', 'translated')
    expect(await waiting(bilingual)).toEqual([])
    expect((await homeOf(world, asking)).waitingForOthers).toEqual([])
  })
})

describe('what has changed', () => {
  it('is what others did since the visit before this one', async () => {
    const world = await createWorld()
    const [me, other] = [await world.member('editor'), await world.member('editor', 'b')]
    const first = await homeOf(world, me)
    expect(first.since).toBeNull()
    await wasHere(world, me, 45)

    const thread = await openThread(world, other, 'New', 'Text.')
    await thread.reply(other, 'More.')
    await thread.reply(me, 'Mine.')
    await openThread(world, me, 'My own', 'Text.')
    const { id: resource } = await addResource(world, other)
    const paper = await paperProtocol(world)
    for (const unit of ['u1', 'u2']) paper.both(unit, `Text ${unit}`, `Текст ${unit}`)
    await paper.settle(me)
    await paper.mark('u1', other)
    await paper.mark('u2', other)
    await paper.mark('u2', other, 'reviewed')

    const home = await homeOf(world, me)
    expect(Date.now() - Date.parse(home.since ?? '')).toBeGreaterThan(44 * MINUTE)
    const by = { id: other.userId, tone: 'b' }
    expect(home.changes).toMatchObject([
      { kind: 'protocol', protocolId: paper.id, by, marked: 2, reviewed: 1 },
      { kind: 'resource', resourceId: resource, by, isNew: true, languages: [] },
      { kind: 'thread', threadId: thread.id, by, isNew: true, posts: 2 },
    ])
    // the visit lasts: looking again shows the same
    expect((await homeOf(world, me)).changes).toEqual(home.changes)
  })

  it('starts anew after half an hour without a look, also in two tabs at once', async () => {
    const world = await createWorld()
    const [me, other] = [await world.member('editor'), await world.member('editor', 'b')]
    await openThread(world, other, 'Old', 'Text.')
    await Thread.updateMany({}, { $set: { lastAt: new Date(Date.now() - 50 * MINUTE) } })
    await Reply.collection.updateMany(
      {},
      { $set: { postedAt: new Date(Date.now() - 50 * MINUTE) } },
    )
    await wasHere(world, me, 40)
    const tabs = await Promise.all([homeOf(world, me), homeOf(world, me)])
    expect(tabs.map(({ since }) => since)).toEqual([tabs[0]?.since, tabs[0]?.since])
    expect(tabs.map(({ changes }) => changes)).toEqual([[], []])
    expect(await Visit.countDocuments({ user: me.userId })).toBe(1)
  })

  it.each([...ROLES, 'admin'] as const)('shows %s what they may see', async (who) => {
    const world = await createWorld()
    const other = await world.member('editor', 'b')
    await openThread(world, other, 'Thread', 'Text?')
    await addResource(world, other)
    const draft = await paperProtocol(world)
    const published = await paperProtocol(world, { status: 'in_force' })
    for (const paper of [draft, published]) {
      paper.write('u1', 'en', 'Text.')
      await paper.settle(other)
    }
    const actor = who === 'admin' ? await world.admin() : await world.member(who)
    const home = await homeOf(world, actor)
    const seen = home.changes.map((item) =>
      item.kind === 'protocol' ? `protocol ${item.protocolId}` : item.kind,
    )
    const all = [`protocol ${draft.id}`, `protocol ${published.id}`, 'resource', 'thread']
    const expected = who === 'admin' ? [] : who === 'observer' ? [`protocol ${published.id}`] : all
    expect([...seen].sort()).toEqual([...expected].sort())
    if (who === 'observer') expect(home.changes[0]?.by).toBeNull()
  })

  it('is not told to a stranger', async () => {
    const world = await createWorld()
    await expect(homeOf(world, await world.stranger())).rejects.toMatchObject({ code: 'not_found' })
    expect(await Visit.countDocuments({ partnership: world.partnershipId })).toBe(0)
  })

  it('leads back to the protocol one last wrote in or marked', async () => {
    const world = await createWorld()
    const [me, other] = [await world.member('editor'), await world.member('editor', 'b')]
    expect((await homeOf(world, me)).resume).toBeNull()
    const papers = [await paperProtocol(world), await paperProtocol(world)]
    for (const paper of papers) paper.both('u1', 'Text', 'Текст')
    await papers[0]?.settle(me)
    await papers[1]?.settle(other)
    expect((await homeOf(world, me)).resume).toMatchObject({ protocolId: papers[0]?.id })
    await papers[1]?.mark('u1', me)
    expect((await homeOf(world, me)).resume).toMatchObject({ protocolId: papers[1]?.id })
  })
})

describe('the lines of the home page', () => {
  it('are true after any order of edits, marks and settlings', async () => {
    const world = await createWorld()
    const [russian, american] = [await world.member('editor'), await world.member('editor', 'b')]
    const units = ['u1', 'u2', 'u3']
    const step = fc.record({
      unit: fc.constantFrom(...units),
      lang: fc.constantFrom(...LANGUAGES),
      what: fc.constantFrom('one', 'two', '', 'mark', 'settle'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        await Promise.all([
          Protocol.deleteMany({ partnership: world.partnershipId }),
          Mark.deleteMany({ partnership: world.partnershipId }),
        ])
        const paper = await paperProtocol(world)
        for (const { unit, lang, what } of steps) {
          const hasBoth = LANGUAGES.every((each) => paper.textOf(unit, each) !== '')
          if (what === 'settle') await paper.settle(russian)
          else if (what === 'mark') {
            if (hasBoth) await paper.mark(unit, american, 'translated', lang)
          } else paper.write(unit, lang, what && `${what} of ${unit} in ${lang}`)
        }
        await paper.settle(russian)
        const { blocks, ledger } = paper.read()
        const derived = deriveUnits(blocks, ledger)
        for (const lang of LANGUAGES) {
          const home = await homeOf(world, lang === 'ru' ? russian : american)
          const drifted = home.waitingForMe.flatMap((item) =>
            item.kind === 'drift' ? [`${item.unit}: ${item.before} > ${item.after}`] : [],
          )
          const expected = derived
            .filter(
              ({ state, needsAttention }) => /changed/.test(state) && needsAttention.includes(lang),
            )
            .map(({ unit, entry, from, text }) => {
              const changed = lang === 'ru' ? 'en' : 'ru'
              return `${unit}: ${from === changed ? entry?.srcText : entry?.tgtText} > ${text[changed]}`
            })
          expect([...drifted].sort()).toEqual([...expected].sort())
          const missing = derived.filter(({ missingIn, hash }) => missingIn === lang && hash).length
          expect(
            home.waitingForMe.flatMap((item) => (item.kind === 'missing' ? [item.count] : [])),
          ).toEqual(missing > 0 ? [missing] : [])
        }
      }),
      { numRuns: 12 },
    )
  }, 60_000)

  it('cost as much as they show, however much is stored', async () => {
    const world = await createWorld()
    const [me, other] = [await world.member('editor'), await world.member('editor', 'b')]
    const partnership = new Types.ObjectId(world.partnershipId)
    const by = new Types.ObjectId(other.userId)
    const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE)
    const many = Array.from({ length: 3_000 }, (_, index) => index)
    const papers = await Promise.all([paperProtocol(world), paperProtocol(world)])
    const protocol = new Types.ObjectId(papers[0]?.id)
    await Attention.insertMany(
      many.map((index) => ({
        partnership,
        protocol,
        kind: 'drift' as const,
        needs: index % 2 ? ('en' as const) : ('ru' as const),
        unit: `u${index}`,
        count: 1,
        by,
        at: ago(index),
      })),
    )
    await Mark.collection.insertMany(
      many.map((index) => ({
        partnership,
        protocol,
        unit: `u${index}`,
        from: 'en',
        to: 'ru',
        state: 'translated',
        by,
        clientKey: randomUUID(),
        at: ago(20_000 + index),
      })),
    )
    const common = { partnership, lang: 'en' as const }
    const threads = many.map((index) => ({
      ...common,
      _id: new Types.ObjectId(),
      title: { en: `Thread ${index}` },
      createdBy: by,
      createdAt: ago(30_000),
      clientKey: randomUUID(),
      lastSeq: 1,
      rev: 1,
      replyCount: 1,
      lastAt: ago(20_000 + index),
      lastBy: by,
    }))
    await Thread.insertMany(threads)
    const [busy] = threads
    await Reply.insertMany(
      many.map((index) => ({
        ...common,
        thread: busy?._id,
        seq: index + 1,
        rev: index + 1,
        author: by,
        text: 'Who calls?',
        clientKey: randomUUID(),
        postedAt: ago(3_000 - index),
      })),
    )
    await Thread.updateOne({ _id: busy?._id }, { $set: { lastAt: ago(1), lastSeq: 3_000 } })
    await Reading.create({
      partnership,
      user: me.userId,
      thread: busy?._id,
      readSeq: 0,
      toldSeq: 3_000,
      unread: 3_000,
      lastAt: ago(1),
    })
    const { db } = world
    await db.command({ profile: 2 })
    const home = await homeOf(world, me)
    await db.command({ profile: 0 })
    const ops = await db.collection('system.profile').find().toArray()
    await db.collection('system.profile').drop()
    expect(kinds(home.waitingForMe)).toEqual(['question', ...Array(5).fill('drift')])
    expect(home.changes.map(({ kind }) => kind)).toEqual(['thread'])
    expect(ops.length).toBeGreaterThan(10)
    for (const op of ops) {
      const looked = Number(op.docsExamined ?? 0)
      expect(looked, JSON.stringify(op.command).slice(0, 300)).toBeLessThanOrEqual(100)
    }
  }, 60_000)

  it('cut two long texts around their change, and never lose it', () => {
    fc.assert(
      fc.property(
        fc.lorem({ maxCount: 60 }),
        fc.nat(),
        fc.constantFrom('zwei', 'drei vier'),
        (text, place, word) => {
          const words = text.split(' ')
          words.splice(place % words.length, 1, word)
          const changed = words.join(' ')
          const cut = aroundChange(text, changed)
          expect(cut.after).toContain(word)
          expect(cut.before).not.toContain(word)
          for (const [shown, whole] of [
            [cut.before, text],
            [cut.after, changed],
          ] as const) {
            expect(shown.length).toBeLessThanOrEqual(242)
            expect(whole).toContain(shown.replace(/^…|…$/g, ''))
          }
        },
      ),
    )
  })
})
