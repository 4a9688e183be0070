import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Protocol } from '../../models/protocol'
import { Purge } from '../../models/purge'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { REMOVED } from '../../shared/patient-data/removed'
import { body, p } from '../fixtures/bilingual'
import { codesOf, threadBy } from '../fixtures/discussions'
import { placesOf } from '../fixtures/purges'
import { rowsWith } from '../fixtures/raw-scan'
import { createWorld, type World } from '../setup/world'

const PASSAGE = 'Жаворонковская Анна, 01.02.1980 г.р., СНИЛС 112-233-445 95'
const LATIN = 'Zhavoronkovskaya Anna, born 1 February 1980'
const NEEDLES = ['жаворонков', 'zhavoronk', '112-233-445']
/** So long that a quote of it ends within the passage. */
const BEFORE = 'Перед приёмом медсестра звонит и спрашивает, что изменилось. '.repeat(2)

let world: World
let editor: Actor
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  editor = await world.member('editor')
  coordinator = await world.member('coordinator')
})

async function seeded(): Promise<string> {
  const row = await Protocol.findById(await world.protocol())
    .lean()
    .orFail()
  const _id = new Types.ObjectId()
  await Protocol.create({ ...row, _id, clientKey: randomUUID() })
  const texts = {
    en: body(p('case', `A case: ${LATIN}.`), p('long', 'What the nurse asks.')),
    ru: body(p('case', `Случай: ${PASSAGE}.`), p('long', `${BEFORE}${PASSAGE}, ждёт.`)),
  }
  const at = { partnership: world.partnershipId, room: String(_id) }
  await world.collab.live.seed(at, encodeFirstContent(texts))
  const written = await world.ports.live.read(at)
  await world.services.protocols.noteSettled(at, written, {
    userId: coordinator.userId,
    at: new Date(),
  })
  return String(_id)
}
const purge = (actor: Actor, protocol: string, passages: string[] | null, unit?: string) =>
  world.services.purges.purge(
    actor,
    world.partnershipId,
    { what: 'text', protocol, unit },
    passages,
  )
const found = () => rowsWith(world.db, NEEDLES)
const textOf = async (protocol: string) => {
  const { blocks } = await world.ports.live.read({
    partnership: world.partnershipId,
    room: protocol,
  })
  return [...blocks.en, ...blocks.ru].map(({ text }) => text)
}

describe('purging a passage of a protocol', () => {
  it('leaves nothing of it anywhere: document, log, search, quotes of discussions', async () => {
    const protocol = await seeded()
    const quoted = await threadBy(world, editor, { protocolId: protocol, unit: 'case' })
    const cut = await threadBy(world, editor, { protocolId: protocol, unit: 'long' })
    const before = await Thread.findById(cut).lean()
    expect(before?.anchor?.quote.ru).toMatch(/Жаворонковская.*…$/)
    expect((await found()).length).toBeGreaterThanOrEqual(4)

    const { count } = await purge(coordinator, protocol, [PASSAGE, LATIN])
    expect(count).toBeGreaterThanOrEqual(3)
    expect(await found()).toEqual([])
    // nor packed
    expect(await placesOf(world.db, 'Жаворонков')).toEqual([])
    expect(await textOf(protocol)).toEqual([
      'A case: […].',
      'What the nurse asks.',
      'Случай: […].',
      `${BEFORE}[…], ждёт.`,
    ])
    expect((await Thread.findById(quoted).lean())?.anchor?.quote).toEqual({
      en: `A case: ${REMOVED.en}.`,
      ru: `Случай: ${REMOVED.ru}.`,
    })
    expect((await Thread.findById(cut).lean())?.anchor?.quote.ru).toContain(REMOVED.ru)
    const record = await AuditEntry.find({ kind: 'passage:purged', 'subject.protocol': protocol })
    expect(record).toMatchObject([{ detail: { what: 'text', count: '3' } }])
    const shown = await world.services.purges.listPurges(editor, world.partnershipId, { protocol })
    expect(shown).toMatchObject([{ what: 'text', by: { id: coordinator.userId } }])

    // once more: nothing to do, and nothing more in the record
    expect(await purge(coordinator, protocol, [PASSAGE, LATIN])).toEqual({ count: 0 })
    expect(await Purge.countDocuments({ of: protocol })).toBe(1)
  })

  it('can be kept to one paragraph', async () => {
    const protocol = await seeded()
    await purge(coordinator, protocol, [PASSAGE], 'case')
    expect((await textOf(protocol)).filter((text) => text.includes('Жаворонковская'))).toEqual([
      `${BEFORE}${PASSAGE}, ждёт.`,
    ])
    await purge(coordinator, protocol, [PASSAGE, LATIN])
    expect(await found()).toEqual([])
  })

  it('is told of when it was cut off between the text and the rest, and is repeated', async () => {
    const protocol = await seeded()
    const thread = await threadBy(world, editor, { protocolId: protocol, unit: 'case' })
    // a process that died: it had written down what it was about to do, and cleaned the text
    const { partnershipId } = world
    await Purge.create({
      ...{ partnership: partnershipId, what: 'text', of: protocol, count: 0, done: false },
      ...{ by: coordinator.userId, at: new Date() },
    })
    const at = { partnership: partnershipId, room: protocol }
    await world.ports.live.purge(
      at,
      [PASSAGE, LATIN].flatMap((text) => (['en', 'ru'] as const).map((lang) => ({ lang, text }))),
    )
    expect((await found()).some((row) => row.startsWith('threads'))).toBe(true)
    await purge(coordinator, protocol, [PASSAGE, LATIN])
    expect(await found()).toEqual([])
    expect((await Thread.findById(thread).lean())?.anchor?.quote.en).toContain(REMOVED.en)
    expect(await Purge.countDocuments({ of: protocol, done: false })).toBe(0)
    const record = { kind: 'passage:purged' as const, 'subject.protocol': protocol }
    expect(await AuditEntry.countDocuments(record)).toBe(1)
  })

  it('is for coordinators; and never the whole text at once', async () => {
    const protocol = await seeded()
    const reviewer = await world.member('reviewer')
    expect(
      await codesOf([
        purge(editor, protocol, [PASSAGE]),
        purge(reviewer, protocol, [PASSAGE]),
        purge(coordinator, protocol, null),
      ]),
    ).toEqual(['forbidden', 'forbidden', 'invalid_input'])
    expect(await Purge.countDocuments({ of: protocol })).toBe(0)
  })
})
