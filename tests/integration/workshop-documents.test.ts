import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Partnership } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { ChangeWorkshop, CreateWorkshop } from '../../shared/schemas/workshops'
import { createWorld, type World } from '../setup/world'

const PLAN = {
  titleEn: 'Missed doses',
  titleRu: 'Пропущенные дозы',
  mode: 'virtual',
  startsAt: '2031-12-02T09:00',
  timeZone: 'America/New_York',
  agenda: [{ minutes: 30, titleEn: 'All', spoken: 'both' }],
  guests: true,
}

async function planned(world: World, fields: object = {}, by?: Actor) {
  const editor = by ?? (await world.member('editor', 'b'))
  const input = CreateWorkshop.parse({
    plan: { ...PLAN, ...fields },
    clientKey: randomUUID(),
  })
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

  it('makes what was written findable for those who may read it, and no change is needed', async () => {
    const world = await createWorld()
    const { services, ports, partnershipId } = world
    const { editor, id } = await planned(world, { waitingRoom: true })
    const viewer = await world.member('viewer')
    const colleague = await world.member('editor')
    const observer = await world.member('observer')
    const { moveWorkshop } = services.workshops
    const write = async (workshop: string, part: 'brief' | 'notes', text: string) => {
      const { protocolId } = await services.workshopDocuments.beginDocument(editor, workshop, part)
      const room = { partnership: partnershipId, room: protocolId }
      const content = await ports.live.read(room)
      const [unit] = content.blocks.en
      if (!unit) throw new Error('no paragraph')
      const noted = { ...content, blocks: { ...content.blocks, en: [{ ...unit, text }] } }
      const by = { userId: editor.userId, at: new Date() }
      await services.protocols.noteSettled(room, noted, by)
      return protocolId
    }
    const found = async (actor: Actor, q: string) => {
      const hits = await services.search.search(actor, partnershipId, { q, kind: undefined })
      return hits.map((hit) => hit.id)
    }

    const notes = await write(id, 'notes', 'Alarms on the phone?')
    const brief = await write(id, 'brief', 'Bring a phone and its charger.')
    expect((await found(editor, 'phone')).sort()).toEqual([notes, brief].sort())
    expect(await found(editor, 'missed doses')).toContain(id)
    for (const other of [viewer, colleague, observer]) {
      expect([await found(other, 'phone'), await found(other, 'missed doses')]).toEqual([[], []])
    }
    await moveWorkshop(editor, id, { verb: 'announce', reason: '' })
    // the programme is everybody's; whoever waits at the door does not read what is noted within
    expect(await found(viewer, 'phone')).toEqual([brief])
    expect(await found(observer, 'phone')).toEqual([])
    const { readProtocol } = services.protocols
    await expect(readProtocol(viewer, notes)).rejects.toMatchObject({ code: 'in_waiting_room' })
    const place = { partnership: partnershipId, workshop: id, user: viewer.userId }
    const state = { door: 'admitted' as const, registration: 'registered' as const }
    await WorkshopParticipant.create({ ...place, ...state, createdAt: new Date() })
    expect((await found(viewer, 'phone')).sort()).toEqual([notes, brief].sort())
    await WorkshopParticipant.updateOne(place, { $set: { door: 'refused' } })
    expect(await found(viewer, 'phone')).toEqual([brief])

    const dropped = await planned(world, { titleEn: 'Side effects' }, editor)
    await write(dropped.id, 'brief', 'Nausea comes first.')
    await moveWorkshop(editor, dropped.id, { verb: 'cancel', reason: '' })
    expect([await found(editor, 'nausea'), await found(colleague, 'nausea')]).toEqual([
      [expect.anything()],
      [],
    ])
  })

  it('finds no document by its name that nobody wrote in', async () => {
    const world = await createWorld()
    const { services, partnershipId } = world
    const { editor, id } = await planned(world)
    await services.workshopDocuments.beginDocument(editor, id, 'brief')
    const { rev } = await services.workshops.readPlan(editor, id)
    const change = ChangeWorkshop.parse({ plan: { ...PLAN, titleEn: 'Late doses' }, base: rev })
    await services.workshops.changeWorkshop(editor, id, change)
    const hits = await services.search.search(editor, partnershipId, { q: 'late', kind: undefined })
    expect(hits.map((hit) => hit.id)).toEqual([id])
  })
})
