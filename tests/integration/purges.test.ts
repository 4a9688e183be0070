import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Export } from '../../models/export'
import { Purge } from '../../models/purge'
import { Rendition } from '../../models/rendition'
import { Reply } from '../../models/reply'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { ACKNOWLEDGED } from '../../shared/patient-data/kinds'
import { REMOVED } from '../../shared/patient-data/removed'
import { BILINGUAL, codesOf, posting, threadBy } from '../fixtures/discussions'
import { rowsWith } from '../fixtures/raw-scan'
import { pathOf, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

const NAME = 'Жаворонковская Анна'
const PASSAGE = `${NAME}, 01.02.1980 г.р., СНИЛС 112-233-445 95`
const TEXT = `Ждём ответа. ${PASSAGE}, приём по 300 мг.`
const acknowledged = ACKNOWLEDGED
/** The name in any case and stem, and the number. */
const NEEDLES = ['жаворонков', '112-233-445', 'zhavoronk']

let world: World
let editor: Actor
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  editor = await world.member('editor', 'a', BILINGUAL)
  coordinator = await world.member('coordinator', 'b')
})

const purge = (
  actor: Actor,
  at: Parameters<typeof world.services.purges.purge>[2],
  passages: string[] | null,
) => world.services.purges.purge(actor, world.partnershipId, at, passages)

/** A post that calls, is translated, and was asked about: everything that may quote it. */
async function posted() {
  const { discussions, resources } = world.services
  const thread = await threadBy(world, editor)
  const input = posting({ text: TEXT, lang: 'ru', acknowledged })
  const reply = await discussions.postReply(editor, thread, input)
  await resources.changeTranslation(coordinator, world.partnershipId, {
    ...{ intent: 'ask', target: 'reply', targetId: reply.id, to: 'en' },
    note: `Please put ${NAME} in Latin letters`,
  } as const)
  const at = { threadId: thread, replyId: reply.id }
  const english = `Waiting. Zhavoronkovskaya Anna, ${PASSAGE}.`
  await discussions.translateReply(editor, at, english, { acknowledged })
  return { thread, reply: reply.id, at, input }
}
const found = () => rowsWith(world.db, NEEDLES)

describe('purging a post', () => {
  it('leaves nothing of it anywhere in the database', async () => {
    const { thread, reply } = await posted()
    expect((await found()).length).toBeGreaterThanOrEqual(4)
    await Export.create({
      ...{ kind: 'partnership', partnership: world.partnershipId, user: coordinator.userId },
      ...{ state: 'ready', at: new Date(), expiresAt: new Date(Date.now() + 60_000) },
    })
    world.heard.length = 0
    const done = await purge(coordinator, { what: 'post', thread, reply }, null)
    expect(done.count).toBe(2)
    expect(await found()).toEqual([])
    const row = await Reply.findById(reply).lean()
    expect(row).toMatchObject({ text: '', translation: null, purged: { whole: true } })
    expect(await Thread.findById(thread).lean()).toMatchObject({ replyCount: 1, rev: row?.rev })
    expect(await Export.countDocuments({ partnership: world.partnershipId })).toBe(0)
    const [name, fact] = world.heard.find(([event]) => event === 'reply:changed') ?? []
    expect([name, fact]).toMatchObject([
      'reply:changed',
      { id: reply, text: '', purged: { whole: true, by: { id: coordinator.userId } } },
    ])
    // once more: nothing to do, and nothing more in the record
    expect(await purge(coordinator, { what: 'post', thread, reply }, null)).toEqual({ count: 0 })
    const record = await AuditEntry.find({ kind: 'passage:purged', 'subject.reply': reply }).lean()
    expect(record).toMatchObject([
      { subject: { thread, reply }, detail: { what: 'post', count: '2' }, by: row?.purged?.by },
    ])
  })

  it('takes passages out of the words, the translation and the notes, and leaves the rest', async () => {
    const { thread, reply } = await posted()
    const lines = [PASSAGE.replace(' ', '  '), 'Zhavoronkovskaya Anna', NAME]
    const { count } = await purge(coordinator, { what: 'post', thread, reply }, lines)
    expect(count).toBe(4)
    expect(await found()).toEqual([])
    const row = await Reply.findById(reply).lean()
    expect(row?.text).toBe(`Ждём ответа. ${REMOVED.ru}, приём по 300 мг.`)
    expect(row?.translation?.text).toBe(`Waiting. ${REMOVED.en}, ${REMOVED.en}.`)
    expect(row).toMatchObject({ deletedAt: null, purged: { whole: false } })
    // what is left is still found
    const search = await world.services.search.search(editor, world.partnershipId, {
      q: 'приём по 300',
    })
    expect(JSON.stringify(search)).toContain(REMOVED.ru)
    expect(await purge(coordinator, { what: 'post', thread, reply }, lines)).toEqual({ count: 0 })
  })

  it('works on a post that was deleted before, whose request still quotes it', async () => {
    const { thread, reply, at } = await posted()
    await world.services.discussions.deleteReply(editor, at)
    expect((await found()).length).toBeGreaterThan(0)
    await purge(coordinator, { what: 'post', thread, reply }, null)
    expect(await found()).toEqual([])
  })

  it('is not undone by words that were written before it', async () => {
    const { thread, reply, at, input } = await posted()
    const { discussions } = world.services
    const { rev } = await discussions.translateReply(editor, at, `${TEXT}!`, { acknowledged })
    await purge(coordinator, { what: 'post', thread, reply }, [PASSAGE, NAME])
    const late = [
      discussions.editReply(editor, at, `${TEXT} Ещё слово.`, { acknowledged, base: rev }),
      // a page of an earlier version says nothing of what it was written upon
      discussions.editReply(editor, at, `${TEXT} Ещё слово.`, { acknowledged }),
      discussions.translateReply(editor, at, TEXT, { acknowledged, base: rev }),
    ]
    expect(await codesOf(late)).toEqual(['conflict', 'conflict', 'conflict'])
    // a retried post answers with the post as it is
    expect(await discussions.postReply(editor, thread, input)).toMatchObject({ id: reply })
    expect(await found()).toEqual([])
    const now = await Reply.findById(reply).lean()
    await discussions.editReply(editor, at, 'Ждём ответа.', { base: now?.rev })
    expect((await Reply.findById(reply).lean())?.text).toBe('Ждём ответа.')
  })

  it('wins over edits that come at the same moment, before it, within it and after it', async () => {
    const { discussions } = world.services
    for (let round = 0; round < 3; round++) {
      const { thread, reply, at } = await posted()
      const base = (await Reply.findById(reply).lean())?.rev
      const lines = [PASSAGE, 'Zhavoronkovskaya Anna', NAME]
      const purged = purge(coordinator, { what: 'post', thread, reply }, lines)
      const edits: Promise<(string | null)[]>[] = []
      for (let each = 0; each < 8; each++) {
        const text = `${TEXT} ${round} ${each}`
        edits.push(codesOf([discussions.editReply(editor, at, text, { acknowledged, base })]))
        await new Promise((soon) => setTimeout(soon, round))
      }
      expect((await purged).count).toBeGreaterThan(0)
      const codes = (await Promise.all(edits)).flat()
      expect(codes.every((code) => code === null || code === 'conflict')).toBe(true)
      expect(await found()).toEqual([])
    }
  })
})

describe('purging titles and names', () => {
  it('takes it out of a thread’s title in every row of the search', async () => {
    const thread = await threadBy(world, editor, {
      ...{ titleRu: `Случай: ${NAME}`, titleEn: 'A case', tags: ['жаворонковская'] },
      acknowledged,
    })
    expect((await found()).length).toBeGreaterThan(1)
    const lines = [NAME, 'Жаворонковская']
    expect(await purge(coordinator, { what: 'thread', thread }, lines)).toEqual({ count: 2 })
    expect(await found()).toEqual([])
    expect((await Thread.findById(thread).lean())?.title).toEqual({
      en: 'A case',
      ru: `Случай: ${REMOVED.ru}`,
    })
    await purge(coordinator, { what: 'thread', thread }, null)
    expect((await Thread.findById(thread).lean())?.title).toEqual(REMOVED)
    const [shown] = await world.services.purges.listPurges(editor, world.partnershipId, { thread })
    expect(shown).toMatchObject({ what: 'thread', by: { id: coordinator.userId } })
  })

  it('takes it out of a protocol’s title', async () => {
    const title = { titleEn: '', titleRu: NAME, clientKey: randomUUID() }
    const { id } = await world.services.protocols.createProtocol(coordinator, world.partnershipId, {
      ...title,
      acknowledged,
    })
    expect((await found()).length).toBeGreaterThan(1)
    expect(await purge(coordinator, { what: 'protocol', protocol: id }, null)).toEqual({ count: 1 })
    expect(await found()).toEqual([])
  })

  it('takes it out of an item, its requests and the names of its files and uploads', async () => {
    const { resources } = world.services
    const item = { titleEn: NAME, titleRu: '', aboutEn: '', aboutRu: TEXT, kind: 'form' as const }
    const { id: resource } = await resources.createResource(coordinator, world.partnershipId, {
      ...{ ...item, clientKey: randomUUID(), acknowledged },
    })
    const { origin } = await world.serve()
    const tus = tusOf(origin, await world.cookie(coordinator))
    const named = { resourceId: resource, lang: 'ru', status: 'original', acknowledged }
    const filename = `${NAME}.txt`
    const bytes = Buffer.from('Памятка')
    const path = pathOf(await tus.create(bytes.length, { ...named, filename }))
    expect((await tus.patch(path, 0, bytes)).status).toBe(204)
    // another one that never arrives
    await tus.create(50, { ...named, filename })
    const version = await Rendition.findOne({ resource }).lean()
    const rendition = String(version?._id)
    await resources.changeTranslation(coordinator, world.partnershipId, {
      ...{ intent: 'ask', target: 'resource', targetId: resource, to: 'en' },
      note: `For ${NAME}`,
    } as const)
    await purge(coordinator, { what: 'file', resource, rendition }, null)
    expect((await Rendition.findById(rendition).lean())?.file?.name).toBe(
      'patient-data-removed.txt',
    )
    await purge(coordinator, { what: 'resource', resource }, [NAME, PASSAGE])
    expect(await found()).toEqual([])
    const shown = await world.services.purges.listPurges(editor, world.partnershipId, { resource })
    expect(shown.map(({ what }) => what).sort()).toEqual(['file', 'resource'])
  })
})

describe('who may purge', () => {
  it('coordinators and nobody else; strangers learn nothing', async () => {
    const { thread, reply } = await posted()
    const at = { what: 'post', thread, reply } as const
    const roles = ['editor', 'reviewer', 'viewer', 'observer'] as const
    const members = await Promise.all(roles.map((role) => world.member(role)))
    expect(await codesOf(members.map((actor) => purge(actor, at, null)))).toEqual(
      roles.map(() => 'forbidden'),
    )
    const { readPurgeable } = world.services.purges
    expect(
      await codesOf(members.map((actor) => readPurgeable(actor, world.partnershipId, at))),
    ).toEqual(roles.map(() => 'forbidden'))
    const other = await createWorld()
    const elsewhere = await other.member('coordinator')
    const stranger = await world.stranger()
    expect(await codesOf([purge(elsewhere, at, null), purge(stranger, at, null)])).toEqual([
      'not_found',
      'not_found',
    ])
    // a coordinator of another partnership, by the address of their own
    expect(
      await codesOf([world.services.purges.purge(elsewhere, other.partnershipId, at, null)]),
    ).toEqual(['not_found'])
    expect(await Purge.countDocuments({ of: reply })).toBe(0)
    await purge(coordinator, at, null)
  })

  it('programme admins too, who read what stands there only after they have said why', async () => {
    const { thread, reply } = await posted()
    const at = { what: 'post', thread, reply } as const
    const admin = await world.admin()
    const { readPurgeable } = world.services.purges
    const unopened = await readPurgeable(admin, world.partnershipId, at)
    expect(unopened).toMatchObject({ readable: false, texts: [] })
    const opened = { ...admin, opened: [world.partnershipId] }
    const seen = await readPurgeable(opened, world.partnershipId, at)
    expect(seen.texts.map(({ text }) => text)).toContain(TEXT)
    // nor do they learn by how much there was what they may not read
    expect(await purge(admin, at, null)).toEqual({ count: null })
    expect(await found()).toEqual([])
  })
})
