import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Partnership } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { CreateWorkshop } from '../../shared/schemas/workshops'
import { createWorld, type World } from '../setup/world'

async function planned(world: World) {
  const editor = await world.member('editor', 'b')
  const plan = {
    titleEn: 'Missed doses',
    titleRu: 'Пропущенные дозы',
    mode: 'virtual',
    startsAt: '2031-12-02T09:00',
    timeZone: 'America/New_York',
    agenda: [{ minutes: 30, titleEn: 'All', spoken: 'both' }],
    guests: true,
  }
  const input = CreateWorkshop.parse({ plan, clientKey: randomUUID() })
  const { workshops } = world.services
  const { id } = await workshops.createWorkshop(editor, world.partnershipId, input)
  return { editor, id }
}

async function guestOf(world: World, id: string): Promise<Actor> {
  const place = await WorkshopParticipant.create({
    partnership: world.partnershipId,
    workshop: id,
    guest: { name: 'Guest One', email: 'guest@test.twinward.example', lang: 'ru', timeZone: 'UTC' },
    registration: 'registered',
    createdAt: new Date(),
  })
  return {
    userId: String(place._id),
    sessionId: String(new Types.ObjectId()),
    programmeAdmin: false,
    memberships: [],
    lang: 'ru',
    timeZone: 'Europe/Moscow',
    guest: { partnershipId: world.partnershipId, workshopId: id },
  }
}

describe('beginDocument', () => {
  it('begins each document once, for facilitators alone, apart from the protocols', async () => {
    const world = await createWorld()
    const { services, partnershipId } = world
    const { editor, id } = await planned(world)
    const viewer = await world.member('viewer')
    const { workshopDocuments, protocols } = services
    const begun = await Promise.all(
      [1, 2, 3].map(() => workshopDocuments.beginDocument(editor, id, 'brief')),
    )
    expect(new Set(begun.map(({ protocolId }) => protocolId)).size).toBe(1)
    const protocolId = begun[0]?.protocolId ?? ''
    expect(await Protocol.findById(protocolId)).toMatchObject({
      title: { en: 'Programme: Missed doses', ru: 'Программа: Пропущенные дозы' },
      part: 'brief',
    })
    expect(await protocols.listProtocols(editor, partnershipId)).toEqual([])
    expect((await Partnership.findById(partnershipId))?.protocolCount ?? 0).toBe(0)
    // of a draft it is there for nobody else
    await expect(protocols.readProtocol(viewer, protocolId)).rejects.toMatchObject({
      code: 'not_found',
    })
    await services.workshops.moveWorkshop(editor, id, { verb: 'announce', reason: '' })
    const opened = await protocols.readProtocol(viewer, protocolId)
    expect(opened.protocol.workshopId).toBe(id)
    await expect(workshopDocuments.beginDocument(viewer, id, 'notes')).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('has the notes when it is announced, readable for guests of this workshop alone', async () => {
    const world = await createWorld()
    const { services } = world
    const { editor, id } = await planned(world)
    const other = await planned(world)
    for (const one of [{ editor, id }, other]) {
      await services.workshops.moveWorkshop(one.editor, one.id, { verb: 'announce', reason: '' })
    }
    const guest = await guestOf(world, id)
    const read = await services.workshopDocuments.readDocument(guest, id, 'notes')
    expect(read.content.blocks.en).toHaveLength(1)
    await expect(
      services.workshopDocuments.readDocument(guest, other.id, 'notes'),
    ).rejects.toMatchObject({ code: 'not_found' })
    await expect(services.protocols.readProtocol(guest, read.protocolId)).rejects.toThrow()
    expect(await services.workshops.readWorkshop(guest, id)).toMatchObject({
      may: { facilitate: false, join: true, moves: [] },
      documents: [{ part: 'notes', id: read.protocolId }],
    })
  })

  it('announces what was written in them as notes, not as a protocol', async () => {
    const world = await createWorld()
    const { services, ports, heard, partnershipId } = world
    const { editor, id } = await planned(world)
    await services.workshops.moveWorkshop(editor, id, { verb: 'announce', reason: '' })
    const at = await services.workshopDocuments.readDocument(editor, id, 'notes')
    const room = { partnership: partnershipId, room: at.protocolId }
    heard.length = 0
    const content = await ports.live.read(room)
    const by = { userId: editor.userId, at: new Date() }
    await services.protocols.noteSettled(room, content, by)
    expect(heard.map(([event]) => event)).toEqual(['workshop:notes'])
    expect(heard[0]?.[1]).toEqual({ workshopId: id, protocolId: at.protocolId })
    const home = await services.home.readHome(editor, partnershipId)
    expect(home.resume).toBeNull()
  })

  it('makes what was noted findable for colleagues once it is announced', async () => {
    const world = await createWorld()
    const { services, ports, partnershipId } = world
    const { editor, id } = await planned(world)
    const viewer = await world.member('viewer')
    const observer = await world.member('observer')
    const { protocolId } = await services.workshopDocuments.beginDocument(editor, id, 'notes')
    const room = { partnership: partnershipId, room: protocolId }
    const content = await ports.live.read(room)
    const [unit] = content.blocks.en
    if (!unit) throw new Error('no paragraph')
    const settle = (text: string) => {
      const noted = { ...content, blocks: { ...content.blocks, en: [{ ...unit, text }] } }
      const by = { userId: editor.userId, at: new Date() }
      return services.protocols.noteSettled(room, noted, by)
    }
    const found = async (actor: Actor, q: string) =>
      (await services.search.search(actor, partnershipId, { q, kind: undefined })).map(
        ({ id }) => id,
      )

    await settle('Alarms on the phone?')
    expect(await found(editor, 'alarms phone')).toEqual([])
    await services.workshops.moveWorkshop(editor, id, { verb: 'announce', reason: '' })
    await settle('Alarms on the phone helped most.')
    expect(await found(viewer, 'alarms phone')).toEqual([protocolId])
    expect(await found(observer, 'alarms phone')).toEqual([])
  })
})
