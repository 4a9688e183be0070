import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Protocol } from '../../models/protocol'
import { Purge } from '../../models/purge'
import { Thread } from '../../models/thread'
import { purgeProtocolText, sweepPurges } from '../../server/services/purge-protocols'
import type { Actor } from '../../shared/actor'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { REMOVED } from '../../shared/patient-data/removed'
import { body, p } from '../fixtures/bilingual'
import { firstText } from '../fixtures/collab'
import { threadBy } from '../fixtures/discussions'
import { placesOf } from '../fixtures/purges'
import { createWorld, type World } from '../setup/world'

const PASSAGE = 'Жаворонковская Анна, 01.02.1980 г.р.'
const MINUTE = 60_000

let world: World
let editor: Actor
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  editor = await world.member('editor')
  coordinator = await world.member('coordinator')
})

async function seeded(russian: string) {
  const row = await Protocol.findById(await world.protocol())
    .lean()
    .orFail()
  const _id = new Types.ObjectId()
  await Protocol.create({ ...row, _id, clientKey: randomUUID() })
  const at = { partnership: world.partnershipId, room: String(_id) }
  const texts = { en: body(p('case', 'A case.')), ru: body(p('case', russian)) }
  await world.collab.live.seed(at, encodeFirstContent(texts))
  const written = await world.ports.live.read(at)
  await world.services.protocols.noteSettled(at, written, {
    userId: coordinator.userId,
    at: new Date(),
  })
  return { at, protocol: at.room }
}

const recordOf = (protocol: string) =>
  AuditEntry.find({ kind: 'passage:purged', 'subject.protocol': protocol }).lean()
const rowsOf = (protocol: string) => Purge.find({ of: protocol }).lean()

/** As of a process that is killed when the document has begun anew. */
function killedAfterwards() {
  const { live } = world.ports
  const purge: typeof live.purge = async (...given) => {
    await live.purge(...given)
    throw new Error('killed')
  }
  return { ...world.ports, live: { ...live, purge } }
}

describe('the record of a passage that was purged', () => {
  it('tells of it where the passage was found nowhere and the history is gone', async () => {
    const { at, protocol } = await seeded('Случай.')
    const { live } = world.ports
    await live.edit(at, (doc) => firstText(doc, 'ru').insert(0, PASSAGE))
    await live.edit(at, (doc) => firstText(doc, 'ru').delete(0, PASSAGE.length))

    await world.services.purges.purge(
      coordinator,
      world.partnershipId,
      { what: 'text', protocol },
      [PASSAGE],
    )

    expect(await placesOf(world.db, PASSAGE)).toEqual([])
    expect(await recordOf(protocol)).toMatchObject([{ detail: { what: 'text', count: '0' } }])
    expect(await rowsOf(protocol)).toMatchObject([{ count: 0, done: true }])
  })

  it('tells of one whose process was killed, and the sweep ends it without the text', async () => {
    const { protocol } = await seeded(`Случай: ${PASSAGE}.`)
    const thread = await threadBy(world, editor, { protocolId: protocol, unit: 'case' })
    const purging = purgeProtocolText(
      killedAfterwards(),
      coordinator,
      world.partnershipId,
      { protocol },
      [PASSAGE],
    )
    await expect(purging).rejects.toThrow('killed')
    expect(await recordOf(protocol)).toMatchObject([
      { by: new Types.ObjectId(coordinator.userId), detail: { what: 'text', count: '1' } },
    ])
    expect(await rowsOf(protocol)).toMatchObject([{ count: 1, done: false }])

    const later = (ms: number) => ({
      clock: { now: () => new Date(world.ports.clock.now().getTime() + ms) },
    })
    // somebody may still be at it
    expect(await sweepPurges(later(MINUTE))).toBe(0)
    expect(await sweepPurges(later(20 * MINUTE))).toBe(1)
    expect(await rowsOf(protocol)).toMatchObject([{ count: 1, done: true }])
    expect(await recordOf(protocol)).toHaveLength(1)
    const shown = await world.services.purges.listPurges(editor, world.partnershipId, { protocol })
    expect(shown).toMatchObject([{ what: 'text', by: { id: coordinator.userId } }])

    // the quote needs the passage: it goes when it is asked for again
    await purgeProtocolText(world.ports, coordinator, world.partnershipId, { protocol }, [PASSAGE])
    expect((await Thread.findById(thread).lean())?.anchor?.quote.ru).toBe(`Случай: ${REMOVED.ru}.`)
    expect(await placesOf(world.db, PASSAGE)).toEqual([])
  })

  it('says nothing of one that could not begin', async () => {
    const { protocol } = await seeded(`Случай: ${PASSAGE}.`)
    const { live } = world.ports
    const purge: typeof live.purge = (at, passages) =>
      live.purge(at, passages, () => Promise.reject(new Error('no record')))
    const ports = { ...world.ports, live: { ...live, purge } }

    const purging = purgeProtocolText(ports, coordinator, world.partnershipId, { protocol }, [
      PASSAGE,
    ])

    await expect(purging).rejects.toThrow('no record')
    expect(await rowsOf(protocol)).toEqual([])
    expect(await recordOf(protocol)).toEqual([])
  })
})
