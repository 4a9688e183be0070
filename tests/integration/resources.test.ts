import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { FileRemoval } from '../../models/file-removal'
import { Rendition } from '../../models/rendition'
import { Resource } from '../../models/resource'
import { StorageUse } from '../../models/storage-use'
import { ANSWERS } from '../../server/http/api/answers'
import type { Actor } from '../../shared/actor'
import type { Language } from '../../shared/languages'
import type { ResourceChange, TranslationChange } from '../../shared/schemas/resources'
import type { ResourceView } from '../../shared/views'
import { pdf } from '../setup/files'
import { createWorld, type World } from '../setup/world'

let world: World
let editor: Actor
let colleague: Actor
beforeAll(async () => {
  world = await createWorld()
  editor = await world.member('editor')
  colleague = await world.member('reviewer', 'b')
})

const words = {
  titleEn: 'Missed doses',
  titleRu: 'Пропуск приёма',
  aboutEn: 'One page',
  aboutRu: '',
}

const create = (by = editor, fields: object = {}, at = world) =>
  at.services.resources.createResource(by, at.partnershipId, {
    ...words,
    kind: 'leaflet',
    clientKey: randomUUID(),
    ...fields,
  })

const change = (id: string, input: ResourceChange, by = editor) =>
  world.services.resources.changeResource(by, id, input, world.partnershipId)

type Chosen = 'original' | 'draft' | 'translated'
const link = (lang: Language, status: Chosen = 'original', url = 'https://who.int/a') =>
  ({ intent: 'link', url, lang, status, clientKey: randomUUID() }) as const

async function addFile(resourceId: string, lang: Language, status: Chosen, by = editor) {
  const id = Array.from({ length: 24 }, () => Math.floor(Math.random() * 16).toString(16)).join('')
  const file = pdf(2_000)
  const intent = { filename: `${lang}.pdf`, resourceId, lang, status }
  await world.services.uploads.beginUpload(by, { id, length: file.length, intent })
  await world.services.uploads.receiveUpload(by, id, { offset: 0, body: file })
  return id
}

/** Language and status of what an item shows. */
function shown({ renditions }: ResourceView) {
  return renditions.map(({ lang, status }) => `${lang} ${status}`)
}

describe('an item of the library', () => {
  it('is created once per intent, found by its address, announced', async () => {
    const clientKey = randomUUID()
    const [first, second] = await Promise.all([
      create(editor, { clientKey }),
      create(editor, { clientKey }),
    ])
    expect(second).toEqual(first)
    const view = await world.services.resources.readResource(colleague, first.id)
    expect(view).toMatchObject({
      title: { en: words.titleEn, ru: words.titleRu },
      about: { en: 'One page' },
      kind: 'leaflet',
      renditions: [],
      requests: [],
      createdBy: { id: editor.userId, tone: 'a' },
    })
    const told = world.heard.filter(
      ([event, fact]) =>
        event === 'resource:changed' && 'resource' in fact && fact.resource.id === first.id,
    )
    expect(told).toEqual([
      ['resource:changed', { partnershipId: world.partnershipId, resource: view }],
    ])
  })

  it('is described anew', async () => {
    const { id } = await create()
    const view = await change(id, { intent: 'describe', ...words, titleRu: '', kind: 'slides' })
    expect(view).toMatchObject({ title: { en: words.titleEn }, kind: 'slides' })
    expect(view.title).not.toHaveProperty('ru')
  })

  it('belongs to its partnership’s address', async () => {
    const { id } = await create()
    const other = await createWorld()
    await expect(
      world.services.resources.readResource(editor, id, other.partnershipId),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('renditions', () => {
  it('stand beside one another by language; a link is added once per intent', async () => {
    const { id } = await create()
    const english = link('en')
    await Promise.all([change(id, english), change(id, english)])
    const view = await change(id, link('ru', 'translated'))
    expect(shown(view)).toEqual(['en original', 'ru translated'])
    expect(view.renditions[0]).toMatchObject({
      source: { kind: 'link', url: 'https://who.int/a' },
      addedBy: { id: editor.userId },
    })
    expect(await Rendition.countDocuments({ resource: id })).toBe(2)
  })

  it('keep the earlier one of a language, and outdate translations of an older original', async () => {
    const { id } = await create()
    await change(id, link('en'))
    await change(id, link('ru', 'translated'))
    const newer = await change(id, link('en', 'original', 'https://who.int/b'))
    expect(shown(newer)).toEqual(['en original', 'ru outdated'])
    expect(newer.renditions[0]?.source).toEqual({ kind: 'link', url: 'https://who.int/b' })
    expect(await Rendition.countDocuments({ resource: id, lang: 'en' })).toBe(2)
    expect(shown(await change(id, link('ru', 'translated')))).toEqual([
      'en original',
      'ru translated',
    ])
  })

  it('do not outdate anything by a first original or a newer draft', async () => {
    const { id } = await create()
    await change(id, link('ru', 'translated'))
    expect(shown(await change(id, link('en')))).toEqual(['en original', 'ru translated'])
    expect(shown(await change(id, link('en', 'draft')))).toEqual(['en draft', 'ru translated'])
  })

  it('leave one current version when two come at once', async () => {
    const { id } = await create()
    await Promise.all([1, 2, 3].map(() => change(id, link('en', 'draft'))))
    expect(await Rendition.countDocuments({ resource: id, lang: 'en', current: true })).toBe(1)
    expect(await Rendition.countDocuments({ resource: id, lang: 'en' })).toBe(3)
  })

  it('are reviewed by a colleague, never by who added them', async () => {
    const { id } = await create()
    const view = await change(id, link('ru', 'translated'), colleague)
    const renditionId = view.renditions[0]?.id ?? ''
    const review = { intent: 'status', renditionId, status: 'reviewed' } as const
    await expect(change(id, review, colleague)).rejects.toMatchObject({ code: 'own_review' })
    const third = await world.member('reviewer')
    expect(shown(await change(id, review, third))).toEqual(['ru reviewed'])
    await expect(
      change(id, { ...link('ru'), status: 'reviewed' }, colleague),
    ).rejects.toMatchObject({ code: 'own_review' })
  })

  it('give way to the earlier one when removed, and their bytes go', async () => {
    const { id } = await create()
    const first = await addFile(id, 'en', 'draft')
    const second = await addFile(id, 'en', 'draft')
    const before = (await StorageUse.findById(world.partnershipId).lean())?.bytes ?? 0
    const view = await change(id, { intent: 'remove', renditionId: second })
    expect(view.renditions.map((each) => each.id)).toEqual([first])
    const pieces = world.db.collection('file_pieces')
    await vi.waitFor(async () => expect(await pieces.countDocuments({ '_id.f': second })).toBe(0), {
      timeout: 10_000,
    })
    expect(await pieces.countDocuments({ '_id.f': first })).toBe(1)
    expect((await StorageUse.findById(world.partnershipId).lean())?.bytes).toBe(before - 2_000)
    await expect(world.services.resources.openFile(editor, second)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(shown(await change(id, { intent: 'remove', renditionId: first }))).toEqual([])
  })

  it('are gone for everybody though their bytes cannot be removed yet', async () => {
    const { id } = await create()
    const renditionId = await addFile(id, 'en', 'draft')
    const failing = vi.spyOn(world.storage, 'remove').mockRejectedValueOnce(new Error('no disk'))
    expect(shown(await change(id, { intent: 'remove', renditionId }))).toEqual([])
    failing.mockRestore()
    expect(world.heard.at(-1)).toMatchObject(['resource:changed', { resource: { renditions: [] } }])
    expect(await FileRemoval.countDocuments({ _id: renditionId })).toBe(1)
    await FileRemoval.updateOne({ _id: renditionId }, { $set: { at: new Date(0) } })
    await world.services.uploads.sweepUploads()
    expect(await world.db.collection('file_pieces').countDocuments({ '_id.f': renditionId })).toBe(
      0,
    )
  })

  it('leave the right one current when several are removed at once', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await create()
      const renditionIds: string[] = []
      for (let count = 0; count < 4; count++) {
        const view = await change(id, link('en', 'draft'), colleague)
        renditionIds.push(view.renditions[0]?.id ?? '')
      }
      const [first, ...others] = renditionIds
      const by = await world.member('coordinator')
      const removals = await Promise.allSettled(
        [...others, ...others].map((renditionId) =>
          change(id, { intent: 'remove', renditionId }, by),
        ),
      )
      const refused = removals.flatMap((each) => (each.status === 'rejected' ? each.reason : []))
      expect(refused).toMatchObject(others.map(() => ({ code: 'not_found' })))
      const left = await world.services.resources.readResource(editor, id)
      expect(left.renditions.map((each) => each.id)).toEqual([first])
    }
  })

  it('of another item are not there', async () => {
    const [one, other] = [await create(), await create()]
    const renditionId = (await change(one.id, link('en'))).renditions[0]?.id ?? ''
    for (const input of [
      { intent: 'remove', renditionId },
      { intent: 'status', renditionId, status: 'draft' },
    ] as const) {
      await expect(change(other.id, input)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('the count of changes', () => {
  /** Facts of an item, as they were told. */
  const factsOf = (id: string) =>
    world.heard.flatMap(([event, fact]) =>
      event === 'resource:changed' && 'resource' in fact && fact.resource.id === id
        ? [fact.resource]
        : [],
    )

  it('is raised by whatever changes an item, requests among them', async () => {
    const { id } = await create()
    const described = { intent: 'describe', ...words, kind: 'form' } as const
    const { renditions } = await change(id, link('en'))
    await change(id, described)
    const renditionId = renditions[0]?.id ?? ''
    await change(id, { intent: 'status', renditionId, status: 'translated' })
    const before = await world.services.resources.readResource(editor, id)
    const translate = (input: TranslationChange, by = editor) =>
      world.services.resources.changeTranslation(by, world.partnershipId, input)
    const asking = { intent: 'ask', target: 'resource', targetId: id, to: 'ru' } as const
    const { id: requestId } = await translate(asking)
    await translate(asking)
    await translate({ intent: 'take', requestId })
    await translate({ intent: 'giveBack', requestId })
    const after = await translate({ intent: 'withdraw', requestId }).then(() =>
      world.services.resources.readResource(editor, id),
    )
    expect(after.changedAt).toBe(before.changedAt)
    await translate(asking)
    await change(id, link('ru', 'translated'))
    await change(id, { intent: 'remove', renditionId })
    expect(factsOf(id).map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  })

  it('is largest in the fact that tells most, however many things happen at once', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await create()
      await Promise.all([
        addFile(id, 'en', 'original'),
        addFile(id, 'ru', 'translated', colleague),
        change(id, link('en', 'draft'), colleague),
      ])
      const facts = factsOf(id)
      const newest = facts.filter(({ rev }) => rev === 4)
      const fresh = await world.services.resources.readResource(editor, id)
      expect(fresh.rev).toBe(4)
      // whichever of them comes last, it tells everything
      expect(newest.length).toBeGreaterThan(0)
      for (const fact of newest) expect(fact).toEqual(fresh)
    }
  })

  it('goes on though the clock goes back; the date stays', async () => {
    const { id } = await create()
    const later = new Date(Date.now() + 3_600_000)
    await Resource.updateOne({ _id: id }, { $set: { changedAt: later } })
    expect(await change(id, link('en'))).toMatchObject({ rev: 2, changedAt: later.toISOString() })
  })

  it('is asked for no more often than a person writes', async () => {
    const busy = await world.member('editor')
    const { id } = await create(busy)
    const rates = world.db.collection('rate_limits')
    const counted = { key: `write:${busy.userId}` }
    expect((await rates.updateOne(counted, { $set: { points: 120 } })).matchedCount).toBe(1)
    const asking = { intent: 'ask', target: 'resource', targetId: id, to: 'ru' } as const
    for (const write of [
      () => create(busy),
      () => change(id, link('en'), busy),
      () => world.services.resources.changeTranslation(busy, world.partnershipId, asking),
    ]) {
      await expect(write()).rejects.toMatchObject({ code: 'too_many_requests' })
    }
  })
})

describe('the list', () => {
  it('goes on where it ended, last changed first, though items change meanwhile', async () => {
    const own = await createWorld()
    const by = await own.member('editor')
    const ids: string[] = []
    for (let count = 0; count < 7; count++) ids.unshift((await create(by, {}, own)).id)
    const list = (cursor?: string) =>
      own.services.resources.listResources(by, own.partnershipId, { limit: 3, cursor })
    const first = await list()
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    await own.services.resources.changeResource(by, ids[6] ?? '', link('en'))
    const second = await list(first.next ?? '')
    expect(second.items.map(({ id }) => id)).toEqual(ids.slice(3, 6))
    expect(second.next).toBeNull()
  })

  it('shows a kind, or what has nothing in a language', async () => {
    const own = await createWorld()
    const by = await own.member('editor')
    const [a, b] = [await create(by, {}, own), await create(by, { kind: 'video' }, own)]
    await own.services.resources.changeResource(by, a.id, link('en'))
    const idsOf = async (filter: object) =>
      (await own.services.resources.listResources(by, own.partnershipId, filter)).items.map(
        ({ id }) => id,
      )
    expect(await idsOf({ kind: 'video' })).toEqual([b.id])
    expect(await idsOf({ missing: 'en' })).toEqual([b.id])
    expect(await idsOf({ missing: 'ru' })).toEqual([a.id, b.id])
    expect(await idsOf({ missing: 'ru', kind: 'video' })).toEqual([b.id])
  })

  it.each(['', 'x', Buffer.from('2026 x').toString('base64url')])(
    'refuses the cursor %j of another list',
    async (cursor) => {
      await expect(
        world.services.resources.listResources(editor, world.partnershipId, { cursor }),
      ).rejects.toMatchObject({ code: 'invalid_input' })
    },
  )

  it('examines no more rows than it shows, however long it is', async () => {
    const own = await createWorld()
    const row = {
      partnership: own.partnershipId,
      kind: 'leaflet' as const,
      createdBy: editor.userId,
    }
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      ...row,
      title: { en: `Item ${index}` },
      clientKey: randomUUID(),
      createdAt: new Date(index * 1_000),
      changedAt: new Date(index * 1_000),
    }))
    await Resource.insertMany(rows)
    for (const filter of [
      {},
      { missing: 'ru' as const },
      { kind: 'leaflet' as const, missing: 'en' as const },
    ]) {
      const plan = await Resource.collection
        .find({
          ...filter,
          partnership: (await Resource.findOne({ 'title.en': 'Item 1' }).lean())?.partnership,
        })
        .sort({ changedAt: -1, _id: -1 })
        .limit(31)
        .explain('executionStats')
      expect(plan.executionStats.totalDocsExamined).toBeLessThanOrEqual(31)
    }
  })
})

describe('access', () => {
  it.each([
    ['coordinator', 'created', 'read', 'linked'],
    ['editor', 'created', 'read', 'linked'],
    ['reviewer', 'created', 'read', 'linked'],
    ['viewer', 'forbidden', 'read', 'forbidden'],
    ['observer', 'forbidden', 'not_found', 'not_found'],
  ] as const)('of a %s', async (role, creating, reading, linking) => {
    const who = await world.member(role)
    const { id } = await create()
    const outcome = (done: Promise<unknown>, word: string) =>
      done.then(
        () => word,
        (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
      )
    expect([
      await outcome(create(who), 'created'),
      await outcome(world.services.resources.readResource(who, id), 'read'),
      await outcome(change(id, link('en', 'draft'), who), 'linked'),
    ]).toEqual([creating, reading, linking])
  })

  it('lets reviewers describe and remove what is their own alone', async () => {
    const reviewer = await world.member('reviewer')
    const describe = { intent: 'describe', ...words, kind: 'form' } as const
    const { id: foreign } = await create()
    await expect(change(foreign, describe, reviewer)).rejects.toMatchObject({ code: 'forbidden' })
    const { id: own } = await create(reviewer)
    expect((await change(own, describe, reviewer)).kind).toBe('form')
    const renditionId = (await change(foreign, link('en'))).renditions[0]?.id ?? ''
    const remove = { intent: 'remove', renditionId } as const
    await expect(change(foreign, remove, reviewer)).rejects.toMatchObject({ code: 'forbidden' })
    expect(shown(await change(foreign, remove, await world.member('coordinator')))).toEqual([])
  })

  it('is none for strangers and for those who were removed', async () => {
    const { id } = await create()
    const leaving = await world.member('editor')
    await world.remove(leaving)
    const membership = {
      ...leaving,
      memberships: leaving.memberships.map((m) => ({ ...m, status: 'removed' as const })),
    }
    for (const who of [await world.stranger(), membership, await world.admin()]) {
      await expect(world.services.resources.readResource(who, id)).rejects.toMatchObject({
        code: expect.stringMatching(/not_found|forbidden/),
      })
    }
  })
})

describe('GET /api/v1/partnerships/:id/resources', () => {
  it('answers the library a page at a time, as documented, to who may read it', async () => {
    const own = await createWorld()
    const { origin } = await own.serve()
    const by = await own.member('editor')
    for (let count = 0; count < 3; count++) {
      const { id } = await create(by, {}, own)
      await own.services.resources.changeResource(by, id, link('en'))
      const asking = { intent: 'ask', target: 'resource', targetId: id, to: 'ru' } as const
      await own.services.resources.changeTranslation(by, own.partnershipId, asking)
    }
    const get = async (who: Actor, query = '') =>
      fetch(`${origin}/api/v1/partnerships/${own.partnershipId}/resources${query}`, {
        headers: { cookie: await own.cookie(who) },
      })
    const first = ANSWERS.ResourcePage.parse(await (await get(by, '?limit=2')).json())
    const second = ANSWERS.ResourcePage.parse(
      await (await get(by, `?limit=2&cursor=${first.next}`)).json(),
    )
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null])
    expect(second.items[0]).toMatchObject({
      renditions: [{ lang: 'en', source: { kind: 'link' } }],
      requests: [{ to: 'ru' }],
    })
    expect((await get(by, '?cursor=eA')).status).toBe(422)
    expect((await get(await own.member('observer'))).status).toBe(404)
    expect((await get(await own.stranger())).status).toBe(404)
  })
})
