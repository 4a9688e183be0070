import ICAL from 'ical.js'
import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { CalendarFeed } from '../../models/calendar-feed'
import type { MailRow } from '../../models/mail'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { letterOf } from '../../server/services/mail-delivery'
import { inTransaction } from '../../server/services/transaction'
import { tellParticipants } from '../../server/services/workshop-letters'
import type { Actor } from '../../shared/actor'
import { lettersTo, planWorkshop } from '../fixtures/planned-workshop'
import { createWorld, type World } from '../setup/world'

/** The file as another program reads it: nothing of it is ours. */
function readIcs(text: string) {
  const long = text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)
  expect(long).toEqual([])
  // no line ends in another way
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const calendar = new ICAL.Component(ICAL.parse(text))
  const zones = calendar.getAllSubcomponents('vtimezone').map((each) => new ICAL.Timezone(each))
  for (const zone of zones) ICAL.TimezoneService.register(zone)
  const events = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    const value = (name: string) => String(component.getFirstPropertyValue(name) ?? '')
    const [start, end] = [event.startDate.toJSDate(), event.endDate.toJSDate()]
    return { event, value, start, end, zone: event.startDate.zone.tzid }
  })
  ICAL.TimezoneService.reset()
  return { calendar, events, zones: zones.map(({ tzid }) => tzid) }
}

const oneOf = (text: string) => {
  const [first] = readIcs(text).events
  if (!first) throw new Error('no event')
  return first
}

async function prepared(fields: Partial<WorkshopRow> = {}) {
  const world = await createWorld()
  const coordinator = await world.member('coordinator')
  const viewer = await world.member('viewer')
  const workshop = await planWorkshop(world, coordinator, fields)
  const id = String(workshop._id)
  const ics = (lang: 'en' | 'ru' = 'ru') => world.services.calendars.eventIcs(viewer, id, lang)
  return { world, coordinator, viewer, workshop, id, ics }
}

const tokenIn = (address: string) => address.split('/').at(-1)?.replace('.ics', '') ?? ''
const feedOf = (world: World, address: string) =>
  world.services.calendars.feedIcs(tokenIn(address), '203.0.113.9')

describe('a workshop as a calendar file', () => {
  it.each([
    // before and after the clocks go back, and in a zone whose clocks stay
    ['America/New_York', '2026-10-31T14:00:00.000Z', 10],
    ['America/New_York', '2026-11-02T14:00:00.000Z', 9],
    ['America/New_York', '2027-03-13T14:00:00.000Z', 9],
    ['America/New_York', '2027-03-15T14:00:00.000Z', 10],
    ['Europe/Saratov', '2026-10-31T14:00:00.000Z', 18],
    ['Europe/Saratov', '2027-07-01T14:00:00.000Z', 18],
    ['Asia/Kamchatka', '2026-12-31T14:00:00.000Z', 2],
  ])('planned in %s says %s to another program', async (timeZone, at, hour) => {
    const { ics, workshop } = await prepared({ timeZone, startsAt: new Date(at) })
    const { event, start, end, zone } = oneOf(await ics())
    expect(zone).toBe(timeZone)
    expect(event.startDate.hour).toBe(hour)
    expect([start, end]).toEqual([workshop.startsAt, workshop.endsAt])
    expect(readIcs(await ics()).zones).toEqual([timeZone])
  })

  it('says the moment itself where a zone cannot be told', async () => {
    const { ics, workshop } = await prepared({ timeZone: 'UTC' })
    expect(oneOf(await ics()).start).toEqual(workshop.startsAt)
  })

  it('is the same entry after a change, a newer one, and cancelled at last', async () => {
    const { ics, id } = await prepared()
    const first = oneOf(await ics())
    expect(first.value('uid')).toBe(`workshop-${id}@test.twinward.example`)
    expect(first.value('status')).toBe('CONFIRMED')
    const startsAt = new Date('2026-12-02T13:00:00.000Z')
    const endsAt = new Date('2026-12-02T15:00:00.000Z')
    const changedAt = new Date('2026-11-20T10:00:00.000Z')
    await Workshop.updateOne(
      { _id: id },
      { $set: { startsAt, endsAt, changedAt }, $inc: { rev: 1 } },
    )
    const second = oneOf(await ics())
    expect(second.value('uid')).toBe(first.value('uid'))
    expect(Number(second.value('sequence'))).toBe(Number(first.value('sequence')) + 1)
    expect(second.start).toEqual(startsAt)
    expect(second.value('last-modified') > first.value('last-modified')).toBe(true)
    await Workshop.updateOne({ _id: id }, { $set: { status: 'cancelled' }, $inc: { rev: 1 } })
    const third = oneOf(await ics())
    expect([third.value('status'), third.value('uid')]).toEqual(['CANCELLED', first.value('uid')])
    expect(readIcs(await ics()).calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    // the same file may be asked for again and again: it is nobody's invitation
    expect(third.event.attendees).toEqual([])
    await Workshop.updateOne({ _id: id }, { $set: { demo: true } })
    expect(oneOf(await ics()).value('categories')).toBe('Демонстрация')
  })

  it('keeps what was written as text, in both scripts and whatever it holds', async () => {
    const hostile = 'Семинар; первый, «терпимость»\r\nATTENDEE:mailto:x@evil.example\\n'
    const { ics, id } = await prepared({
      title: { ru: `${hostile}${'ё'.repeat(120)}`, en: 'Tolerance building' },
      objectives: { ru: 'Раз\nBEGIN:VALARM\nдва; три' },
      mode: 'on_site',
      place: { ru: 'Кабинет 4; второй этаж, Саратов' },
    })
    const { event, value } = oneOf(await ics())
    expect(event.attendees).toEqual([])
    expect(event.component.getAllSubcomponents()).toEqual([])
    expect(event.summary).toContain('Семинар; первый, «терпимость» ATTENDEE:mailto:x@evil.example')
    expect(event.summary).toContain('ё'.repeat(120))
    expect(event.description).toContain('Раз\nBEGIN:VALARM\nдва; три')
    expect(event.location).toBe('Кабинет 4; второй этаж, Саратов')
    expect(value('url')).toBe(`http://test.twinward.example/workshops/${id}`)
    // both clocks, in the reader's language
    expect(event.description).toContain('Санкт-Петербург: 1 декабря 2026')
    expect(event.description).toContain('Нью-Хейвен: 1 декабря 2026')
    expect(oneOf(await ics('en')).event.summary).toBe('Tolerance building')
  })

  it('comes with the letters about a place, as it is when they leave', async () => {
    const { world, id, workshop, viewer } = await prepared({
      // by the minute, as calendars have it
      startsAt: new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 7 * 86_400_000),
    })
    const files = async (template: MailRow['template']) => {
      const user = await User.findById(viewer.userId).orFail()
      const [row] = await lettersTo(user.email, template)
      if (!row) throw new Error(`no letter: ${template}`)
      return (await letterOf(row, 'http://test.twinward.example')).files ?? []
    }
    await world.services.workshopRegistration.register(viewer, id)
    const [file] = await files('workshop-registered')
    expect(file?.name).toBe('event.ics')
    const had = oneOf(file?.text ?? '')
    expect(had.event.uid).toBe(`workshop-${id}@test.twinward.example`)
    expect(had.start).toEqual(workshop.startsAt)

    const now = { status: 'cancelled' as const, rev: workshop.rev + 1 }
    const row = await Workshop.findByIdAndUpdate(id, now, { returnDocument: 'after' }).lean()
    if (!row) throw new Error('no workshop')
    await inTransaction((session) =>
      tellParticipants(world.ports, row, 'cancelled', { by: null }, session),
    )
    expect(readIcs(file?.text ?? '').calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(had.event.attendees).toEqual([])
    const [last] = await files('workshop-cancelled')
    expect(last?.mediaType).toContain('method=CANCEL')
    expect(readIcs(last?.text ?? '').calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    const has = oneOf(last?.text ?? '')
    expect(has.event.organizer).toBe(had.event.organizer)
    expect(has.event.organizer).toBe('mailto:no-reply@test.twinward.example')
    // nobody else's
    const { email } = await User.findById(viewer.userId).orFail()
    const addresses = last?.text.replaceAll('\r\n ', '').match(/mailto:[^\r\n]+/gi)
    expect(addresses).toEqual(['mailto:no-reply@test.twinward.example', `MAILTO:${email}`])
    expect(has.event.attendees.map((each) => each.getFirstValue())).toEqual([`MAILTO:${email}`])
    expect([has.value('status'), has.event.uid]).toEqual(['CANCELLED', had.event.uid])
    expect(Number(has.value('sequence'))).toBeGreaterThan(Number(had.value('sequence')))
  })

  it('is not for those outside, and a draft is no date', async () => {
    const { world, id, workshop, coordinator } = await prepared()
    const { eventIcs } = world.services.calendars
    const stranger = await world.stranger()
    await expect(eventIcs(stranger, id, 'en')).rejects.toMatchObject({ code: 'not_found' })
    await Workshop.updateOne({ _id: workshop._id }, { $set: { status: 'draft' } })
    await expect(eventIcs(coordinator, id, 'en')).rejects.toMatchObject({
      code: 'workshop_not_open',
    })
  })
})

describe('a private calendar', () => {
  const idsIn = async (world: World, address: string) =>
    readIcs(await feedOf(world, address)).events.map(({ event }) => event.uid.slice(9, 33))

  it('has what its owner is registered for or runs, for as long as they are members', async () => {
    const soon = new Date(Date.now() + 7 * 86_400_000)
    const { world, id, viewer, coordinator } = await prepared({ startsAt: soon })
    const user = new Types.ObjectId(viewer.userId)
    const runs = await planWorkshop(world, coordinator, { facilitators: [user], startsAt: soon })
    const old = new Date(Date.now() - 91 * 86_400_000)
    await planWorkshop(world, coordinator, { facilitators: [user], startsAt: old })
    const draft = { facilitators: [user], startsAt: soon, status: 'draft' as const }
    await planWorkshop(world, coordinator, draft)
    const address = await world.services.calendars.makeFeed(viewer)
    expect(await idsIn(world, address)).toEqual([String(runs._id)])
    await world.services.workshopRegistration.register(viewer, id)
    expect((await idsIn(world, address)).toSorted()).toEqual([id, String(runs._id)].toSorted())
    await Workshop.updateOne({ _id: id }, { $set: { status: 'cancelled' } })
    const found = readIcs(await feedOf(world, address)).events.find(({ event }) =>
      event.uid.includes(id),
    )
    expect(found?.value('status')).toBe('CANCELLED')
    await world.remove(viewer)
    expect(await idsIn(world, address)).toEqual([])
  })

  it('has one address, which is not kept; a new one ends it, and so does ending it', async () => {
    const { world, viewer } = await prepared()
    const { makeFeed, endFeed, readFeed } = world.services.calendars
    expect(await readFeed(viewer)).toBeNull()
    const first = await makeFeed(viewer)
    expect(first).toMatch(/^http:\/\/test\.twinward\.example\/calendar\/[\w-]{43}\.ics$/)
    const rows = await CalendarFeed.find().lean()
    expect(JSON.stringify(rows)).not.toContain(tokenIn(first))
    const second = await makeFeed(viewer)
    await expect(feedOf(world, first)).rejects.toMatchObject({ code: 'not_found' })
    await feedOf(world, second)
    expect(await readFeed(viewer)).not.toBeNull()
    await endFeed(viewer)
    await expect(feedOf(world, second)).rejects.toMatchObject({ code: 'not_found' })
    expect(await readFeed(viewer)).toBeNull()
  })

  it('is given without a cookie and sets none; any other address is nothing', async () => {
    const { world, viewer } = await prepared()
    const { origin } = await world.serve()
    const address = await world.services.calendars.makeFeed(viewer as Actor)
    const answer = await fetch(`${origin}/calendar/${tokenIn(address)}.ics`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/calendar; charset=utf-8/)
    expect(answer.headers.get('cache-control')).toBe('private, max-age=600')
    expect(answer.headers.get('set-cookie')).toBeNull()
    readIcs(await answer.text())
    for (const path of [`${'A'.repeat(43)}.ics`, 'x.ics', tokenIn(address), '']) {
      const other = await fetch(`${origin}/calendar/${path}`, { redirect: 'manual' })
      expect(other.status).toBe(404)
      expect(other.headers.get('cache-control')).not.toContain('max-age=600')
    }
    const posted = await fetch(`${origin}/calendar/${tokenIn(address)}.ics`, { method: 'POST' })
    expect(posted.status).toBe(405)
  })
})
