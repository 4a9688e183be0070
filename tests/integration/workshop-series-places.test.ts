import { randomUUID } from 'node:crypto'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { MailItem } from '../../models/mail'
import { Notification } from '../../models/notification'
import { User } from '../../models/user'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { filesWith } from '../../server/services/letter-files'
import { remindDue } from '../../server/services/workshop-reminders'
import { nextWorkshop } from '../../server/services/workshop-summaries'
import type { Actor } from '../../shared/actor'
import type { Mail } from '../../shared/mails'
import { CreateWorkshop } from '../../shared/schemas/workshops'
import { atTime, lettersTo, planWorkshop } from '../fixtures/planned-workshop'
import { createWorld, type World } from '../setup/world'

const PLAN = {
  titleEn: 'Missed doses',
  mode: 'virtual',
  startsAt: '2031-10-21T09:00',
  timeZone: 'America/New_York',
  capacity: 1,
  agenda: [{ minutes: 60, titleEn: 'Adherence', spoken: 'en' }],
}
const AT = 'https://twinward.example'

function planned(fields: object) {
  return CreateWorkshop.parse({ plan: PLAN, clientKey: randomUUID(), ...fields })
}

function rowsOf(world: World): Promise<WorkshopRow[]> {
  return Workshop.find({ partnership: world.partnershipId }).sort({ seriesPlace: 1 }).lean()
}

const emailOf = async ({ userId }: Actor) => (await User.findById(userId).lean())?.email ?? ''

/** A weekly series of four drafts, the first of which and the later ones are announced. */
async function announced() {
  const world = await createWorld()
  const [editor, reader] = [await world.member('editor', 'b'), await world.member('viewer')]
  const { workshops } = world.services
  const series = planned({ repeats: 'weekly', times: 4 })
  await workshops.createWorkshop(editor, world.partnershipId, series)
  const ids = (await rowsOf(world)).map(({ _id }) => String(_id))
  const [first = ''] = ids
  const announce = (id: string, scope: 'one' | 'later') =>
    workshops.moveWorkshop(editor, id, { verb: 'announce', reason: '', scope })
  return { world, editor, reader, ids, first, announce }
}

describe('a series as a whole', () => {
  it('is announced at once: one notice and one letter with all dates', async () => {
    const { world, reader, ids, first, announce } = await announced()
    await announce(ids[2] ?? '', 'one')
    await MailItem.deleteMany({})
    const outcome = { changed: 2, same: 1, over: 0, others: 0 }
    for (const _ of ['once', 'and again']) {
      expect(await announce(first, 'later')).toEqual(outcome)
    }
    expect((await rowsOf(world)).map(({ status }) => status)).toEqual(Array(4).fill('announced'))
    const [letter, ...more] = await lettersTo(await emailOf(reader), 'workshop-announced')
    expect(more).toEqual([])
    expect(letter?.values).toMatchObject({ id: ids[0], also: [{ id: ids[1] }, { id: ids[3] }] })
    const mine = { user: reader.userId, kind: 'workshop_series_announced' as const }
    expect(await Notification.find(mine, { workshop: 1 }).lean()).toMatchObject([
      { workshop: (await rowsOf(world))[0]?._id },
    ])
    // one of them is cancelled before the letter has left: the others stay in it
    const cancel = { verb: 'cancel', reason: '' } as const
    const { moveWorkshop } = world.services.workshops
    const coordinator = await world.member('coordinator')
    await moveWorkshop(coordinator, ids[0] ?? '', cancel)
    const [left] = await lettersTo(await emailOf(reader), 'workshop-announced')
    expect(left?.values).toMatchObject({ id: ids[1], also: [{ id: ids[3] }] })
  })

  it('is registered for at once, each date with its own waiting list, and given back', async () => {
    const { world, reader, ids, first, announce } = await announced()
    const { register, registerForLater, cancelLater, listSeriesPlaces } =
      world.services.workshopRegistration
    await announce(first, 'later')
    const earlier = await world.member('viewer')
    await register(earlier, ids[1] ?? '')
    await register(reader, ids[2] ?? '')
    await MailItem.deleteMany({})
    for (const _ of ['once', 'and again']) {
      const places = await registerForLater(reader, first)
      expect(places.map(({ registration, waitingPlace }) => [registration, waitingPlace])).toEqual([
        ['registered', null],
        ['waiting', 1],
        ['registered', null],
        ['registered', null],
      ])
    }
    const letters = await lettersTo(await emailOf(reader))
    expect(letters).toHaveLength(1)
    expect(letters[0]?.values).toMatchObject({
      id: ids[0],
      waiting: null,
      also: [
        { id: ids[1], waiting: 1 },
        { id: ids[3], waiting: null },
      ],
    })
    const [file, ...more] = await filesWith(letters[0] as unknown as Mail, AT)
    expect(more).toEqual([])
    const events = new ICAL.Component(ICAL.parse(file?.text ?? '')).getAllSubcomponents('vevent')
    const uids = events.map((event) => event.getFirstPropertyValue('uid'))
    expect(uids).toEqual([ids[0], ids[3]].map((id) => `workshop-${id}@twinward.example`))

    expect((await listSeriesPlaces(earlier, ids[1] ?? '')).map(({ isFull }) => isFull)).toEqual(
      Array(3).fill(true),
    )
    await cancelLater(earlier, first)
    const theirs = { workshop: ids[1], user: reader.userId }
    expect(await WorkshopParticipant.findOne(theirs)).toMatchObject({ registration: 'registered' })
    const after = await cancelLater(reader, ids[1] ?? '')
    expect(after.map(({ registration }) => registration)).toEqual(Array(3).fill('cancelled'))
    expect((await rowsOf(world)).map(({ registered }) => registered)).toEqual([1, 0, 0, 0])
    // all of them cancelled together: a file each, as the standard wants it
    const { moveWorkshop } = world.services.workshops
    await registerForLater(reader, first)
    await MailItem.deleteMany({})
    const coordinator = await world.member('coordinator')
    await moveWorkshop(coordinator, first, { verb: 'cancel', reason: '', scope: 'later' })
    const [letter] = await lettersTo(await emailOf(reader), 'workshop-cancelled')
    const files = await filesWith(letter as unknown as Mail, AT)
    expect(files.map(({ name }) => name)).toEqual([
      'event.ics',
      ...[2, 3, 4].map((n) => `event-${n}.ics`),
    ])
    for (const { text } of files)
      expect(text.match(/^(METHOD|UID):/gm)).toEqual(['METHOD:', 'UID:'])
  })

  it('gets one more date, and none at the time of another', async () => {
    const { world, editor, first } = await announced()
    const { createWorkshop } = world.services.workshops
    const add = (by: Actor, startsAt: string, joins = first) =>
      createWorkshop(by, world.partnershipId, planned({ plan: { ...PLAN, startsAt }, joins }))
    await expect(add(editor, '2031-10-28T09:30')).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { startsAt: 'collides' },
    })
    const other = await world.member('editor')
    await expect(add(other, '2031-12-01T09:00')).rejects.toMatchObject({ code: 'not_found' })
    await Promise.all([add(editor, '2031-12-01T09:00'), add(editor, '2031-12-02T09:00')])
    const rows = await rowsOf(world)
    expect(rows.map(({ seriesPlace }) => seriesPlace)).toEqual([1, 2, 3, 4, 5, 6])
    expect(new Set(rows.map(({ seriesCount, series }) => `${seriesCount} ${series}`)).size).toBe(1)
    // a single one makes a series with what joins it
    const alone = await planWorkshop(world, editor, {
      facilitators: [rows[0]?.facilitators[0]].flatMap((id) => id ?? []),
    })
    await add(editor, '2032-01-05T09:00', String(alone._id))
    const pair = (await rowsOf(world)).filter(({ seriesCount }) => seriesCount === 2)
    expect(pair.map(({ seriesPlace, seriesCount }) => [seriesPlace, seriesCount])).toEqual([
      [1, 2],
      [2, 2],
    ])
  })
})

describe('a live room that nobody closed', () => {
  it('is told of once, by day, while it is empty, and gives its place on the home page up', async () => {
    const world = await createWorld()
    const { ports, partnershipId } = world
    const [editor, viewer] = [await world.member('editor'), await world.member('viewer')]
    const person = await User.findById(editor.userId).orFail()
    await User.updateOne({ _id: person._id }, { timeZone: 'Europe/Moscow' })
    const startsAt = new Date('2026-12-01T15:00:00.000Z')
    const row = await planWorkshop(world, editor, {
      ...{ startsAt, startedAt: startsAt, status: 'live', facilitators: [person._id] },
    })
    const later = await planWorkshop(world, editor, { startsAt: new Date('2026-12-08T15:00:00Z') })
    const at = (iso: string) => atTime(ports, iso)
    const letters = () => lettersTo(person.email, 'workshop-forgotten')
    const isFirst = async (iso: string) => {
      const next = await nextWorkshop(at(iso), viewer, partnershipId)
      return [next?.id === String(row._id), next?.isForgotten]
    }
    await remindDue(at('2026-12-01T19:30:00.000Z'))
    expect(await letters()).toEqual([])
    const seenAt = new Date('2026-12-01T20:29:30.000Z')
    const stay = { key: 'a', from: startsAt, to: null, seenAt }
    const place = { workshop: row._id, partnership: row.partnership, user: viewer.userId }
    await WorkshopParticipant.create({
      ...{ ...place, registration: 'none', createdAt: startsAt, stays: [stay] },
    })
    expect(await isFirst('2026-12-01T20:30:00.000Z')).toEqual([true, false])
    await remindDue(at('2026-12-01T20:30:00.000Z'))
    expect(await letters()).toEqual([])
    for (const _ of ['once', 'and again']) await remindDue(at('2026-12-01T20:40:00.000Z'))
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    // at night there
    expect(letter?.nextAt.toISOString()).toBe('2026-12-02T05:00:00.000Z')
    const told = { user: person._id, kind: 'workshop_forgotten' as const }
    expect(await Notification.countDocuments(told)).toBe(1)
    expect(await isFirst('2026-12-01T20:40:00.000Z')).toEqual([false, false])
    await Workshop.deleteOne({ _id: later._id })
    expect(await isFirst('2026-12-01T20:40:00.000Z')).toEqual([true, true])
  })
})
