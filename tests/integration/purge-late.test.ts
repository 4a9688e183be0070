import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { Export } from '../../models/export'
import { Mark } from '../../models/mark'
import { Notification } from '../../models/notification'
import { Protocol } from '../../models/protocol'
import { Purge } from '../../models/purge'
import { Rendition } from '../../models/rendition'
import { Resource } from '../../models/resource'
import { createServices } from '../../server/services'
import { forgetHashes, keepMark } from '../../server/services/protocol-purge'
import { inTransaction } from '../../server/services/transaction'
import type { Actor } from '../../shared/actor'
import { ACKNOWLEDGED } from '../../shared/patient-data/kinds'
import { codesOf, threadBy } from '../fixtures/discussions'
import { rowsWith } from '../fixtures/raw-scan'
import { pathOf, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

const NAME = 'Жаворонковская Анна'
const acknowledged: typeof ACKNOWLEDGED = ACKNOWLEDGED

let world: World
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator', 'b')
})

const purge = (
  at: Parameters<typeof world.services.purges.purge>[2],
  passages: string[] | null = null,
) => world.services.purges.purge(coordinator, world.partnershipId, at, passages)
const found = () => rowsWith(world.db, ['жаворонков'])

async function archive(state: 'ready' | 'building' = 'ready') {
  const [row] = await Export.create([
    {
      ...{ kind: 'partnership', partnership: world.partnershipId, user: coordinator.userId },
      ...{ state, at: new Date(), expiresAt: new Date(Date.now() + 60_000) },
    },
  ])
  return row?._id
}

async function item(title: string) {
  const fields = { titleEn: title, titleRu: '', aboutEn: '', aboutRu: '', kind: 'form' as const }
  const { resources } = world.services
  const made = { ...fields, clientKey: randomUUID(), acknowledged }
  const { id } = await resources.createResource(coordinator, world.partnershipId, made)
  return { id, fields }
}

describe('archives from before a removal', () => {
  it('go even where nothing is found any more, and each time that it is asked for', async () => {
    const thread = await threadBy(world, coordinator, { titleRu: 'Случай', titleEn: '' })
    for (const state of ['ready', 'building'] as const) {
      const id = await archive(state)
      expect(await purge({ what: 'thread', thread }, [NAME])).toEqual({ count: 0 })
      expect(await Export.exists({ _id: id })).toBeNull()
    }
  })

  it('go before the texts are touched, and when that fails', async () => {
    const id = await archive()
    const missing = { what: 'thread', thread: '0'.repeat(24) } as const
    expect(await codesOf([purge(missing)])).toEqual(['not_found'])
    expect(await Export.exists({ _id: id })).toBeNull()
  })

  it('go where a file has lost its name before', async () => {
    const { id: resource } = await item('Leaflet')
    const { origin } = await world.serve()
    const tus = tusOf(origin, await world.cookie(coordinator))
    const named = { resourceId: resource, lang: 'ru', status: 'original', acknowledged }
    const path = pathOf(await tus.create(4, { ...named, filename: `${NAME}.txt` }))
    expect((await tus.patch(path, 0, Buffer.from('Text'))).status).toBe(204)
    const rendition = String((await Rendition.findOne({ resource }).lean())?._id)
    expect(await purge({ what: 'file', resource, rendition })).toEqual({ count: 1 })
    const id = await archive()
    expect(await purge({ what: 'file', resource, rendition })).toEqual({ count: 0 })
    expect(await Export.exists({ _id: id })).toBeNull()
  })
})

describe('what was begun before a removal', () => {
  it('gives a file no name that was removed while it came', async () => {
    const { id: resource } = await item('Leaflet')
    const intent = {
      ...{ resourceId: resource, filename: `${NAME}.txt` },
      ...({ lang: 'ru', status: 'original', acknowledged } as const),
    }
    const { uploads } = world.services
    const send = async (services: typeof world.services) => {
      const id = randomUUID().replaceAll('-', '').slice(0, 24)
      await uploads.beginUpload(coordinator, { id, length: 4, intent })
      const bytes = { offset: 0, body: Buffer.from('Text') }
      await services.uploads.receiveUpload(coordinator, id, bytes)
      return id
    }
    const first = await send(world.services)
    const { storage } = world.ports
    // after the writer has taken its row, before it is a version
    const late: typeof storage.append = async (...writing) => {
      await purge({ what: 'file', resource, rendition: first })
      return storage.append(...writing)
    }
    const slow = createServices({ ...world.ports, storage: { ...storage, append: late } })
    const second = await send(slow)
    const row = await Rendition.findById(second).lean()
    expect(row?.file?.name).toBe('patient-data-removed.txt')
    expect(await found()).toEqual([])
  })

  it('puts no title of a protocol back', async () => {
    const { protocols, purges } = world.services
    const old = { titleEn: '', titleRu: NAME, acknowledged }
    const made = { ...old, clientKey: randomUUID() }
    const { id } = await protocols.createProtocol(coordinator, world.partnershipId, made)
    await protocols.renameProtocol(coordinator, id, old)
    await purge({ what: 'protocol', protocol: id })
    const [first] = await purges.listPurges(coordinator, world.partnershipId, { protocol: id })
    const rename = (base?: string) => protocols.renameProtocol(coordinator, id, { ...old, base })
    expect(await codesOf([rename(), rename('0'.repeat(24))])).toEqual(['conflict', 'conflict'])
    expect(await found()).toEqual([])
    await protocols.renameProtocol(coordinator, id, {
      titleEn: 'Case',
      titleRu: '',
      base: first?.id,
    })
    expect((await Protocol.findById(id).lean())?.title).toEqual({ en: 'Case' })
  })

  it('puts no description of an item back, also when both come at once', async () => {
    const { resources, purges } = world.services
    for (let round = 0; round < 3; round++) {
      const { id: resource, fields } = await item(NAME)
      const describe = (base?: string) =>
        resources.changeResource(coordinator, resource, {
          ...{ intent: 'describe', ...fields, acknowledged, base },
        })
      const purged = purge({ what: 'resource', resource })
      const codes = await codesOf([describe(), describe(), describe()])
      expect((await purged).count).toBe(1)
      expect(codes.every((code) => code === null || code === 'conflict')).toBe(true)
      expect(await codesOf([describe()])).toEqual(['conflict'])
      expect(await found()).toEqual([])
      const [newest] = await purges.listPurges(coordinator, world.partnershipId, { resource })
      expect(await codesOf([describe(newest?.id)])).toEqual([null])
      await Resource.deleteOne({ _id: resource })
      await world.db.collection('search_texts').deleteMany({})
      await Purge.deleteMany({ of: resource })
    }
  })
})

describe('hashes of a protocol’s text from before a removal', () => {
  const at = () => new Date()
  const hash = (of: string) => of.repeat(64)
  const entry = { srcText: '', tgtText: '', state: 'translated', by: '', at: '' } as const

  it('are in no notice that was told, but of what the protocol still holds', async () => {
    const room = await world.protocol()
    const [one, two] = [await world.member('editor'), await world.member('editor')]
    const told = (user: string, unit: string, base: string) => ({
      ...{ partnership: world.partnershipId, user, protocol: room, unit, at: at() },
      kind: 'drift' as const,
      event: `drift ${room} ${unit} ${base}`,
    })
    const kept = `${hash('a').slice(0, 24)}${hash('b').slice(0, 24)}`
    const gone = `${hash('c').slice(0, 24)}${hash('d').slice(0, 24)}`
    await Notification.create([
      ...[told(one.userId, 'u1', kept), told(one.userId, 'u1', gone)],
      ...[told(one.userId, 'u2', gone), told(two.userId, 'u1', gone)],
    ])
    const ledger = { 'u1|en>ru': { ...entry, src: hash('a'), tgt: hash('b') } } as const
    const place = { partnership: world.partnershipId, room }
    for (let turn = 0; turn < 2; turn++) {
      await inTransaction((session) => forgetHashes(place, ledger, session))
      const events = (await Notification.find({ protocol: room }).lean()).map(({ event }) => event)
      expect(new Set(events).size).toBe(4)
      expect(events.filter((event) => event.includes(hash('a').slice(0, 24)))).toHaveLength(1)
      expect(events.join()).not.toContain(hash('c').slice(0, 24))
    }
  })

  it('are in no mark that was made before and kept after it', async () => {
    const protocol = await world.protocol()
    const row = await Protocol.findById(protocol).lean()
    if (!row) throw new Error('no protocol')
    const input = {
      ...({ unit: 'u1', from: 'en', to: 'ru', state: 'translated' } as const),
      ...{ sourceHash: hash('a'), targetHash: hash('b'), clientKey: randomUUID() },
    }
    await keepMark(row, coordinator, input, at())
    expect(await Mark.findOne({ protocol }).lean()).toMatchObject({ targetHash: hash('b') })
    await Protocol.updateOne({ _id: protocol }, { $set: { notedGen: 2 } })
    const late = { ...input, clientKey: randomUUID() }
    await keepMark(row, coordinator, late, at())
    const { clientKey } = late
    const kept = await Mark.findOne({ protocol, clientKey }).lean()
    expect(kept).toMatchObject({ sourceHash: '-', targetHash: '-', unit: 'u1' })
  })
})
