import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Protocol } from '../../models/protocol'
import { SearchText as SearchTexts } from '../../models/search-text'
import { indexTerms } from '../../server/services/glossary'
import { indexProtocol } from '../../server/services/protocol-texts'
import {
  dropSearchTexts,
  putSearchTexts,
  type SearchText,
} from '../../server/services/search-index'
import type { Actor } from '../../shared/actor'
import { ROLES } from '../../shared/policy'
import { SEARCH_KINDS, type SearchKind, SearchQuery } from '../../shared/schemas/notifications'
import { paperProtocol } from '../setup/paper-protocol'
import { createWorld, type World } from '../setup/world'

function textOf(world: World, fields: Partial<SearchText> = {}): SearchText {
  return {
    partnership: world.partnershipId,
    kind: 'thread',
    of: new Types.ObjectId(),
    part: 'post 2',
    title: { en: 'A thread' },
    lang: 'en',
    text: 'Some words.',
    published: false,
    at: new Date(),
    ...fields,
  }
}

async function worldWith(...texts: Partial<SearchText>[]) {
  const world = await createWorld()
  const reader = await world.member('viewer')
  await putSearchTexts(texts.map((fields) => textOf(world, fields)))
  const find = (q: string, kind?: SearchKind, actor: Actor = reader) =>
    world.services.search.search(actor, world.partnershipId, SearchQuery.parse({ q, kind }))
  return { world, reader, find }
}

const russian = (text: string): Partial<SearchText> => ({ lang: 'ru', text })

describe('search', () => {
  it.each([
    ['приверженность', 'Оцените приверженностью пациента.'],
    ['пациенты', 'Позвоните пациенту.'],
    ['нагрузка', 'Без вирусной нагрузок не видно.'],
    ['прием', 'Пропуск приёма препарата.'],
    ['приёмы', 'приему'],
    ['doses', 'One dose was missed.'],
    ['5мг', 'По 5 мг вечером.'],
    ['не принимать', 'Не принимайте натощак.'],
    ['привер', 'Оцените приверженность.'],
    ['вирусная нагр', 'Вирусную нагрузку проверяют.'],
    ['ghbdth;tyyjcnm', 'Оцените приверженность.'],
    ['вщыу', 'One dose was missed.'],
    ['CD4', 'CD4 ниже 200'],
  ])('finds by "%s" the text "%s"', async (q, text) => {
    const { find } = await worldWith(russian(text), russian('Совсем другое, without it.'))
    const hits = await find(q)
    expect(hits.map(({ excerpt }) => excerpt)).toEqual([text])
    const [hit] = hits
    expect(hit?.marks.length).toBeGreaterThan(0)
    for (const [from, length] of hit?.marks ?? []) {
      expect(text.slice(from, from + length)).toMatch(/^[\p{L}\p{N}]+$/u)
    }
  })

  it('asks for every word', async () => {
    const { find } = await worldWith(
      { text: 'Missed dose of the evening.' },
      { text: 'Missed visit.' },
    )
    expect(await find('missed')).toHaveLength(2)
    expect(await find('missed dose')).toHaveLength(1)
    expect(await find('missed dose visit')).toEqual([])
  })

  it('leads to the very post, paragraph, item and term', async () => {
    const of = new Types.ObjectId()
    const { world, find } = await worldWith(
      { of, part: 'post 12', text: 'tenofovir' },
      { of, kind: 'protocol', part: 'unit adh-03 en', text: 'tenofovir' },
      { of, kind: 'resource', part: 'about en', text: 'tenofovir' },
      { of, kind: 'term', part: 'term en', text: 'tenofovir' },
      { of, kind: 'workshop', part: 'about en', text: 'tenofovir' },
    )
    const home = `/partnerships/${world.slug}`
    expect((await find('tenofovir')).map(({ kind, path }) => [kind, path])).toEqual([
      ['protocol', `${home}/protocols/${String(of)}#unit-adh-03`],
      ['term', `${home}/glossary#term-${String(of)}`],
      ['thread', `${home}/discussions/${String(of)}?around=12#post-12`],
      ['workshop', `${home}/workshops/${String(of)}`],
      ['resource', `${home}/resources/${String(of)}`],
    ])
    for (const kind of SEARCH_KINDS) {
      expect((await find('tenofovir', kind)).map((hit) => hit.kind)).toEqual([kind])
    }
  })

  it('puts the title before the text, whole words before begun ones, the newest first', async () => {
    const at = (days: number) => new Date(Date.now() - days * 86_400_000)
    const { find } = await worldWith(
      { text: 'a dose in an old post', at: at(9) },
      { text: 'a dose in a new post', at: at(1) },
      { text: 'dosett boxes', at: at(0) },
      { text: 'The dose', part: 'title en', title: { en: 'The dose' }, at: at(20) },
    )
    expect((await find('dose')).map(({ excerpt }) => excerpt)).toEqual([
      'The dose',
      'a dose in a new post',
      'a dose in an old post',
      'dosett boxes',
    ])
  })

  it('shows at most three hits of one thread, and a title once', async () => {
    const of = new Types.ObjectId()
    const posts = Array.from({ length: 9 }, (_, index) => ({
      of,
      part: `post ${index + 1}`,
      title: { ru: 'Приём препаратов' },
      text: index < 5 ? 'о дозе' : 'о другом',
    }))
    const titles = ['title ru', 'title en'].map((part) => ({ of, part, text: 'Приём препаратов' }))
    const { find } = await worldWith(...posts, ...titles)
    expect(await find('дозы')).toHaveLength(3)
    expect(await find('препарат')).toHaveLength(1)
  })

  it('keeps the hits of one thing together, where its best one stands', async () => {
    const [one, other] = [new Types.ObjectId(), new Types.ObjectId()]
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000)
    const { find } = await worldWith(
      { of: one, part: 'post 4', text: 'dose, 1', at: at(1) },
      { of: other, part: 'post 2', text: 'dose, 2', at: at(2) },
      { of: one, part: 'post 3', text: 'dose, 3', at: at(3) },
      { of: other, part: 'post 1', text: 'dose, 4', at: at(4) },
      { of: one, part: 'post 2', text: 'dose, 5', at: at(5) },
      { of: one, part: 'post 1', text: 'dose, 6', at: at(6) },
    )
    expect((await find('dose')).map(({ excerpt }) => excerpt)).toEqual([
      'dose, 1',
      'dose, 3',
      'dose, 5',
      'dose, 2',
      'dose, 4',
    ])
  })

  it('cuts around the first match and marks what is in the excerpt', async () => {
    const long = `${'word '.repeat(100)}and here the missed dose 😀 stands, ${'more '.repeat(100)}`
    const { find } = await worldWith({ text: long })
    const [hit] = await find('dose missed')
    expect(hit?.excerpt.length).toBeLessThanOrEqual(200)
    expect(hit?.excerpt).toMatch(/^…word .*missed dose.*…$/)
    expect(hit?.marks.map(([from, length]) => hit.excerpt.slice(from, from + length))).toEqual([
      'missed',
      'dose',
    ])
  })

  it('finds what the glossary calls the same in the other language, after the direct hits', async () => {
    const { world, find } = await worldWith(
      { text: 'Viral load is high.', at: new Date(Date.now() - 86_400_000) },
      russian('Вирусная нагрузка высокая.'),
      russian('Нагрузка на сердце.'),
    )
    const term = {
      _id: new Types.ObjectId(),
      partnership: new Types.ObjectId(world.partnershipId),
      en: 'viral load',
      ru: 'вирусная нагрузка',
      pos: 'n phr',
      domain: 'lab',
      note: '',
      key: 'viral load',
      demo: false,
    }
    await indexTerms([term], new Date())
    expect((await find('Viral loads', 'thread')).map(({ excerpt }) => excerpt)).toEqual([
      'Viral load is high.',
      'Вирусная нагрузка высокая.',
    ])
    expect((await find('вирусной нагрузки')).map(({ kind, lang }) => [kind, lang])).toEqual([
      ['term', expect.anything()],
      ['thread', 'ru'],
      ['thread', 'en'],
    ])
    expect((await find('viral', 'thread')).map(({ lang }) => lang)).toEqual(['en'])
  })

  it('forgets what was dropped and shows what was put anew', async () => {
    const of = new Types.ObjectId()
    const { world, find } = await worldWith({ of, text: 'first words' }, { of, part: 'post 3' })
    await putSearchTexts([textOf(world, { of, text: 'second version' })])
    expect(await find('first')).toEqual([])
    expect(await find('second')).toHaveLength(1)
    const at = { partnership: world.partnershipId, kind: 'thread' as const, of }
    await dropSearchTexts(at, ['post 2'])
    expect(await find('second')).toEqual([])
    expect(await find('some')).toHaveLength(1)
    await dropSearchTexts(at)
    expect(await find('some')).toEqual([])
  })

  it.each([...ROLES, 'removed', 'stranger', 'admin'] as const)(
    'shows %s what they may see',
    async (who) => {
      const { world, find } = await worldWith(
        ...SEARCH_KINDS.flatMap((kind) => [
          { kind, text: 'shared word' },
          { kind, text: 'shared word', published: true },
        ]),
      )
      const actor =
        who === 'stranger'
          ? await world.stranger()
          : who === 'admin'
            ? await world.admin()
            : await world.member(who === 'removed' ? 'editor' : who)
      if (who === 'removed') {
        const gone = actor.memberships.map((each) => ({ ...each, status: 'removed' as const }))
        const asking = find('shared', undefined, { ...actor, memberships: gone })
        await expect(asking).rejects.toMatchObject({ code: 'not_found' })
        return
      }
      const asking = find('shared', undefined, actor)
      if (who === 'stranger') await expect(asking).rejects.toMatchObject({ code: 'not_found' })
      else if (who === 'admin') await expect(asking).rejects.toMatchObject({ code: 'forbidden' })
      else expect(await asking).toHaveLength(SEARCH_KINDS.length * (who === 'observer' ? 1 : 2))
    },
  )

  it('never finds a text of another partnership', async () => {
    const { world } = await worldWith({ text: 'unmistakable' })
    const other = await createWorld()
    const theirs = await other.member('coordinator')
    expect(
      await world.services.search.search(theirs, other.partnershipId, { q: 'unmistakable' }),
    ).toEqual([])
    await expect(
      world.services.search.search(theirs, world.partnershipId, { q: 'unmistakable' }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each([
    '',
    '   ',
    '.*',
    '(a+)+$',
    '[',
    '\\',
    '$where',
    '{"$gt":""}',
    '{{constructor}}',
    '$' + '{7*7}',
    "'; return true; //",
    '\u0000\u202E',
    'а'.repeat(200),
    `${'x-'.repeat(99)}x`,
    '5 мг '.repeat(40),
    '😀',
    'Z\u0351\u036B\u0343\u036A\u0302\u036Ba\u0357\u030Bl',
  ])('takes %j for words and nothing else', async (q) => {
    const { find } = await worldWith({ text: 'quiet text about nothing in particular' })
    expect(await find(q)).toEqual([])
  })

  it('cuts a query that is longer than the form lets through', async () => {
    const { world, reader } = await worldWith({ text: 'dose' })
    const q = `dose ${'x'.repeat(100_000)}`
    expect(await world.services.search.search(reader, world.partnershipId, { q })).toEqual([])
  })

  it('refuses who asks too often, and counts an empty query as none', async () => {
    const { find } = await worldWith()
    await Promise.all(Array.from({ length: 130 }, () => find('')))
    const answers = await Promise.allSettled(Array.from({ length: 130 }, () => find('dose')))
    const refused = answers.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBe(10)
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_requests' } })
  })

  it('looks at no more texts for a common word than it needs', async () => {
    const { world, find } = await worldWith()
    const texts = Array.from({ length: 5_000 }, (_, index) =>
      textOf(world, {
        of: new Types.ObjectId(),
        text: `common word ${index % 500 === 0 ? 'rare' : 'usual'} of post`,
        at: new Date(Date.now() - index * 1_000),
      }),
    )
    for (let from = 0; from < texts.length; from += 1_000) {
      await putSearchTexts(texts.slice(from, from + 1_000))
    }
    const { db } = world
    const examined = async (q: string) => {
      await db.command({ profile: 2 })
      const hits = await find(q)
      await db.command({ profile: 0 })
      const ops = await db
        .collection('system.profile')
        .find({ ns: /search_texts/ })
        .toArray()
      await db.collection('system.profile').drop()
      const docs = ops.reduce((sum, op) => sum + Number(op.docsExamined ?? 0), 0)
      return { hits: hits.length, docs }
    }
    // a page of a kind, the newest first; nothing is read that is not wanted
    const common = await examined('common')
    expect(common).toMatchObject({ hits: 50 })
    expect(common.docs).toBeLessThanOrEqual(1_000)
    // the rare word leads, and its ten texts are all that is opened
    expect(await examined('common rare')).toEqual({ hits: 10, docs: expect.any(Number) })
    expect((await examined('common rare')).docs).toBeLessThanOrEqual(200)
    // two common words: bounded all the same
    expect((await examined('common usual')).docs).toBeLessThanOrEqual(3_000)
    expect((await examined('comm')).docs).toBeLessThanOrEqual(3_000)
  }, 30_000)
})

describe('protocols in the search', () => {
  it('are found by title and by paragraph in either language, as they read now', async () => {
    const { world, find } = await worldWith()
    const editor = await world.member('editor')
    const paper = await paperProtocol(world)
    paper.both('u1', 'Ask about side effects.', 'Спросите о побочных эффектах.')
    paper.both('u2', 'Call the pharmacy.', 'Позвоните в аптеку.')
    await paper.settle(editor)
    expect((await find('эффект')).map(({ path, lang }) => [path.split('#')[1], lang])).toEqual([
      ['unit-u1', 'ru'],
    ])
    expect((await find('пропуск')).map(({ kind, id }) => [kind, id])).toEqual([
      ['protocol', paper.id],
    ])

    const before = await SearchTexts.find({ of: paper.id }).lean()
    paper.write('u2', 'ru', 'Позвоните врачу.')
    const later = new Date(Date.now() + 60_000)
    await paper.settle(editor, later)
    const after = await SearchTexts.find({ of: paper.id }).lean()
    expect(await find('аптека')).toEqual([])
    expect(await find('врач')).toHaveLength(1)
    // only the paragraph that changed was written
    const written = after.filter(({ at }) => before.every((row) => row.at < at))
    expect(written.map(({ part }) => part)).toEqual(['unit u2 ru'])

    paper.write('u1', 'en', '')
    await paper.settle(editor)
    expect(await find('side effects')).toEqual([])
  })

  it('are found as they read last, when two states are noted at once', async () => {
    const { world, find } = await worldWith()
    const editor = await world.member('editor')
    const paper = await paperProtocol(world)
    for (const word of ['tenofovir', 'efavirenz', 'dolutegravir']) {
      for (let unit = 0; unit < 30; unit++) paper.write(`u${unit}`, 'en', `Older ${word} ${unit}.`)
      const older = paper.settle(editor)
      for (let unit = 0; unit < 30; unit++) paper.write(`u${unit}`, 'en', `Newer ${word} ${unit}.`)
      await Promise.all([older, paper.settle(editor)])
      expect([(await find('older')).length, (await find(`newer ${word}`)).length]).toEqual([0, 3])
    }
  })

  it('change together with what is found of them, or not at all', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const paper = await paperProtocol(world)
    paper.both('u1', 'First words.', 'Первые слова.')
    await paper.settle(editor)
    const [rows, texts] = [
      () => Protocol.find({ partnership: world.partnershipId }).lean(),
      () => SearchTexts.find({ partnership: world.partnershipId }).sort({ _id: 1 }).lean(),
    ]
    const before = [await rows(), await texts()]
    const { createProtocol, renameProtocol } = world.services.protocols
    const title = { titleEn: 'Refused', titleRu: '' }
    const refused = { $nor: [{ 'title.en': 'Refused' }, { text: 'Refused.' }] }
    await world.db.command({ collMod: 'search_texts', validator: refused })
    try {
      await expect(renameProtocol(editor, paper.id, title)).rejects.toThrow()
      const created = createProtocol(editor, world.partnershipId, {
        ...title,
        clientKey: randomUUID(),
      })
      await expect(created).rejects.toThrow()
      paper.both('u2', 'Refused.', 'Отказано.')
      await expect(paper.settle(editor)).rejects.toThrow()
      expect([await rows(), await texts()]).toEqual(before)
    } finally {
      await world.db.command({ collMod: 'search_texts', validator: {} })
    }
    await renameProtocol(editor, paper.id, title)
    expect((await rows()).map((row) => row.title)).toEqual([{ en: 'Refused' }])
  })

  it('are found by a new title at once, and by the old one no more', async () => {
    const { world, find } = await worldWith()
    const editor = await world.member('editor')
    const id = await world.protocol()
    expect((await find('missed dose')).map((hit) => hit.id)).toEqual([id])
    await world.services.protocols.renameProtocol(editor, id, { titleEn: 'Adherence', titleRu: '' })
    expect(await find('missed')).toEqual([])
    expect(await find('пропуск')).toEqual([])
    expect((await find('adherence')).map(({ title }) => title)).toEqual([{ en: 'Adherence' }])
  })

  it('are open to an observer once they are in force', async () => {
    const { world, find } = await worldWith()
    const observer = await world.member('observer')
    const draft = await paperProtocol(world)
    const published = await paperProtocol(world, { status: 'in_force' })
    for (const paper of [draft, published]) {
      paper.both('u1', 'Ask about side effects.', 'Спросите о побочных эффектах.')
      await paper.settle(null)
    }
    const hits = await find('effects', undefined, observer)
    expect(hits.map(({ id }) => id)).toEqual([published.id])
  })

  it('may be indexed from their first content, once or twice', async () => {
    const { world, find } = await worldWith()
    const paper = await paperProtocol(world)
    paper.both('u1', 'Ask about side effects.', 'Спросите о побочных эффектах.')
    const row = {
      _id: new Types.ObjectId(paper.id),
      partnership: new Types.ObjectId(world.partnershipId),
      title: { en: 'Missed doses' },
      status: 'draft' as const,
      editedAt: new Date(),
      editedBy: null,
    }
    await indexProtocol(row, paper.read())
    await indexProtocol(row, paper.read())
    expect(await find('effects')).toHaveLength(1)
    expect(await SearchTexts.countDocuments({ of: paper.id })).toBe(3)
  })
})
