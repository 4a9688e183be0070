import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { comeAsGuest, guestCookieOf, guestOf, linkTo } from '../fixtures/guests'
import { liveWorkshop } from '../fixtures/live-workshop'
import { connect, listenTo, opened } from '../setup/sockets'
import { createWorld } from '../setup/world'

async function open(fields: object = {}) {
  const world = await createWorld()
  const facilitator = await world.member('coordinator', 'b')
  const workshop = await liveWorkshop(world, facilitator, { guests: true, ...fields })
  const { workshopDoor } = world.services
  const id = String(workshop._id)
  return {
    ...world,
    world,
    facilitator,
    workshop,
    id,
    door: workshopDoor,
    enter: async (actor: Actor, at = id) => (await workshopDoor.enterRoom(actor, at)).mine,
    /** Somebody who proved an address, in or not. */
    async guest(isIn: boolean, of = workshop) {
      const link = await linkTo(world, facilitator, of)
      const to = `${Math.random().toString(36).slice(2)}@clinic.example`
      const token = await comeAsGuest(world, of, link, to)
      const { userId } = await guestOf(token)
      if (isIn) await workshopDoor.letIn(facilitator, String(of._id), userId, true)
      return { token, cookie: guestCookieOf(token), actor: await guestOf(token) }
    },
  }
}

describe('the door of a room', () => {
  it('opens to members half an hour before, to facilitators at any time, of a cancelled one to nobody', async () => {
    const startsAt = new Date(Date.now() + 31 * 60_000)
    const { enter, facilitator, member, stranger, id } = await open({
      status: 'announced',
      startsAt,
    })
    const viewer = await member('viewer')
    await expect(enter(viewer)).rejects.toThrow('workshop_not_open')
    expect(String((await enter(facilitator)).user)).toBe(facilitator.userId)
    await Workshop.updateOne(
      { _id: id },
      { $set: { startsAt: new Date(Date.now() + 29 * 60_000) } },
    )
    const place = await enter(viewer)
    expect(String((await enter(viewer))._id)).toBe(String(place._id))
    await expect(enter(await stranger())).rejects.toThrow('not_found')
    await expect(enter(await member('observer'))).rejects.toThrow('forbidden')
    await Workshop.updateOne({ _id: id }, { $set: { status: 'cancelled' } })
    await expect(enter(viewer)).rejects.toThrow('workshop_over')
    await Workshop.updateOne({ _id: id }, { $set: { status: 'draft' } })
    await expect(enter(viewer)).rejects.toThrow('not_found')
  })

  it('keeps everybody but its own staff waiting where that is wanted, and tells of them', async () => {
    const { enter, door, facilitator, member, id, heard, workshop, services } = await open({
      waitingRoom: true,
    })
    const [viewer, presenter] = [await member('viewer'), await member('editor')]
    await WorkshopParticipant.create({
      partnership: workshop.partnership,
      workshop: workshop._id,
      user: presenter.userId,
      registration: 'registered',
      presenter: true,
      createdAt: new Date(),
    })
    await enter(presenter)
    await enter(facilitator)
    await expect(enter(viewer)).rejects.toThrow('in_waiting_room')
    await expect(enter(viewer)).rejects.toThrow('in_waiting_room')
    const told = heard.filter(([event]) => event === 'workshop:door')
    expect(told).toHaveLength(1)
    expect((await door.readDoor(viewer, id)).door).toBe('waiting')
    // who has waited longer comes first, whoever registered first
    const early = { _id: new Types.ObjectId('000000000000000000000001'), createdAt: new Date(0) }
    const at = { partnership: workshop.partnership, workshop: workshop._id }
    const late = await member('viewer')
    const place = { ...early, ...at, user: late.userId, registration: 'registered' as const }
    await WorkshopParticipant.create(place)
    await expect(enter(late)).rejects.toThrow('in_waiting_room')
    const { people } = await services.workshopAttendance.listWaiting(id)
    expect(people[1]?.id).toBe(String(early._id))
    const mine = await WorkshopParticipant.findOne({ workshop: id, user: viewer.userId }).lean()
    // not by themselves, and not by somebody who runs nothing
    for (const actor of [viewer, presenter]) {
      await expect(door.letIn(actor, id, String(mine?._id), true)).rejects.toThrow('forbidden')
    }
    await door.letIn(facilitator, id, String(mine?._id), true)
    expect(String((await enter(viewer))._id)).toBe(String(mine?._id))
    await door.letIn(facilitator, id, String(mine?._id), false)
    await expect(enter(viewer)).rejects.toThrow('forbidden')
    const own = await WorkshopParticipant.findOne({ workshop: id, user: facilitator.userId }).lean()
    await expect(door.letIn(facilitator, id, String(own?._id), false)).rejects.toThrow('forbidden')
  })

  it('is closed to a guest until they are let in, and again once they are turned away', async () => {
    const { enter, door, guest, facilitator, id } = await open()
    const { actor, token } = await guest(false)
    await expect(enter(actor)).rejects.toThrow('in_waiting_room')
    expect(await door.readDoor(actor, id)).toMatchObject({ door: 'waiting', status: 'live' })
    await door.letIn(facilitator, id, actor.userId, true)
    const inside = await guestOf(token)
    expect(String((await enter(inside))._id)).toBe(actor.userId)
    await door.letIn(facilitator, id, actor.userId, false)
    await expect(enter(await guestOf(token))).rejects.toThrow('forbidden')
    expect((await door.readDoor(await guestOf(token), id)).door).toBe('refused')
  })

  it('is the door of what is shown, written and spoken there too', async () => {
    const { services, door, facilitator, member, id } = await open({
      waitingRoom: true,
      channels: [{ spoken: 'ru', kind: 'link', url: 'https://meet.example/hall' }],
    })
    const [waiting, refused] = [await member('viewer'), await member('viewer')]
    for (const each of [waiting, refused]) await door.enterRoom(each, id).catch(() => {})
    const placeOf = async ({ userId }: Actor) =>
      String((await WorkshopParticipant.findOne({ workshop: id, user: userId }).lean())?._id)
    await door.letIn(facilitator, id, await placeOf(refused), false)
    await services.workshopDocuments.beginDocument(facilitator, id, 'notes')
    const channelId = (await services.workshops.readWorkshop(facilitator, id)).channels[0]?.id ?? ''
    const ways = (actor: Actor) => [
      () => services.workshopChannels.openChannel(actor, id, channelId),
      () => services.workshopDocuments.readDocument(actor, id, 'notes'),
      () => services.slides.listDecks(actor, id),
      () => services.slides.readDeck(actor, id, id),
    ]
    const urlFor = async (actor: Actor) =>
      (await services.workshops.readWorkshop(actor, id)).channels[0]?.url
    for (const [actor, code] of [
      [waiting, 'in_waiting_room'],
      [refused, 'forbidden'],
      // who never came to the door is not within
      [await member('viewer'), 'in_waiting_room'],
    ] as const) {
      for (const way of ways(actor)) await expect(way()).rejects.toMatchObject({ code })
      expect(await urlFor(actor)).toBeNull()
    }
    await door.letIn(facilitator, id, await placeOf(waiting), true)
    for (const way of ways(waiting).slice(0, 3)) await way()
    expect(await urlFor(waiting)).toBe('https://meet.example/hall')
  })

  it('of one workshop knows nobody of another', async () => {
    const { enter, door, guest, world, facilitator, id } = await open()
    const other = await liveWorkshop(world, facilitator, { guests: true })
    const { actor } = await guest(true, other)
    await expect(enter(actor)).rejects.toThrow('not_found')
    await expect(door.readDoor(actor, id)).rejects.toThrow('not_found')
    await expect(door.attendeeAmong([null, actor], id)).rejects.toThrow('unauthenticated')
    const { actor: outside } = await guest(false, other)
    await expect(enter(outside)).rejects.toThrow('not_found')
    await expect(door.readDoor(outside, id)).rejects.toThrow('not_found')
  })

  it('knows a browser that is both by who is signed in, where that lets them join', async () => {
    const { door, guest, member, stranger, id } = await open()
    const { actor } = await guest(true)
    const viewer = await member('viewer')
    expect((await door.attendeeAmong([viewer, actor], id)).userId).toBe(viewer.userId)
    const elsewhere = await stranger()
    expect((await door.attendeeAmong([elsewhere, actor], id)).userId).toBe(actor.userId)
    await expect(door.attendeeAmong([elsewhere, null], id)).rejects.toThrow('not_found')
    await expect(door.attendeeAmong([null, null], id)).rejects.toThrow('unauthenticated')
  })
})

describe('a guest at the other doors', () => {
  it('reaches nothing of the partnership by any of them', async () => {
    const { guest, serve, protocol, services, partnershipId, slug } = await open()
    const { actor, cookie } = await guest(true)
    const protocolId = await protocol()
    const { origin } = await serve()
    const ask = (path: string) => fetch(`${origin}${path}`, { headers: { cookie } })
    for (const [path, status] of [
      ['/api/v1/me', 401],
      [`/api/v1/partnerships/${partnershipId}/protocols`, 401],
      [`/api/v1/protocols/${protocolId}`, 401],
      [`/files/${protocolId}`, 401],
      [`/exports/${protocolId}`, 401],
    ] as const) {
      expect({ path, status: (await ask(path)).status }).toEqual({ path, status })
    }
    const upgrade = new WebSocket(`${origin.replace('http', 'ws')}/collab/${protocolId}`)
    await new Promise((resolve) => upgrade.addEventListener('error', resolve))
    // and by no service, should a door hand a guest on
    for (const refused of [
      () => services.partnerships.openPartnership(actor, slug),
      () => services.protocols.readProtocol(actor, protocolId),
      () => services.discussions.listThreads(actor, partnershipId, {} as never),
      () => services.resources.listResources(actor, partnershipId, {} as never),
      () => services.sessions.listSessions(actor),
      () => services.search.search(actor, partnershipId, { q: 'x' } as never),
    ]) {
      await expect(refused()).rejects.toMatchObject({ name: 'AppError' })
    }
  })

  it('hears by the line nothing but what is theirs, and is cut off within two seconds', async () => {
    const { guest, serve, services, facilitator, id, partnershipId } = await open()
    const { actor, cookie } = await guest(true)
    const { origin } = await serve()
    const socket = connect(origin, cookie)
    const heard = listenTo(socket)
    expect(await opened(socket)).toBe('connected')
    const answer = await socket.emitWithAck('partnership:join', { partnershipId })
    expect(answer).toEqual({ ok: false, code: 'not_found' })
    expect(heard.map(([event]) => event)).not.toContain('notifications:changed')
    const gone = new Promise((resolve) => socket.on('disconnect', resolve))
    const began = performance.now()
    await services.workshopGuests.removeGuest(facilitator, id, actor.userId)
    expect(await gone).toBe('io server disconnect')
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(await opened(connect(origin, cookie))).toBe('unauthenticated')
  })

  it('is a member and a guest at once on one line, and loses only what has ended', async () => {
    const { guest, serve, services, member, cookie, facilitator, id, partnershipId } = await open()
    const { actor, cookie: asGuest } = await guest(true)
    const viewer = await member('viewer')
    const both = `${await cookie(viewer)}; ${asGuest}`
    const { origin } = await serve()
    const socket = connect(origin, both)
    expect(await opened(socket)).toBe('connected')
    const joined = await socket.emitWithAck('partnership:join', { partnershipId })
    expect(joined).toEqual({ ok: true, value: null })
    const gone = new Promise((resolve) => socket.on('disconnect', resolve))
    await services.workshopGuests.removeGuest(facilitator, id, actor.userId)
    await gone
    expect(await opened(connect(origin, both))).toBe('connected')
  })
})
