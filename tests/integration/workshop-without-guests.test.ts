import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { describe, expect, it, vi } from 'vitest'
import { MailItem, type MailRow } from '../../models/mail'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { inOrder } from '../../server/services/in-order'
import { letterOf } from '../../server/services/mail-delivery'
import { CreateWorkshop, WorkshopPlan } from '../../shared/schemas/workshops'
import { ADDRESS, asking, codeTo, comeAsGuest, linkTo, tokenOf } from '../fixtures/guests'
import { lettersTo } from '../fixtures/planned-workshop'
import { createWorld } from '../setup/world'

const PLAN = {
  titleEn: 'Missed doses',
  titleRu: 'Пропущенные дозы',
  mode: 'virtual',
  startsAt: '2031-12-02T09:00',
  timeZone: 'America/New_York',
  capacity: '20',
  agenda: [{ minutes: 45, titleEn: 'Adherence', titleRu: 'Приверженность', spoken: 'en' }],
}
const TOLD = 'workshop-without-guests'
const RUSSIAN = ['ru', 'Asia/Yekaterinburg'] as const
const AMERICAN = ['en', 'America/Chicago'] as const
const SOON = { timeout: 10_000 }

async function open() {
  const world = await createWorld()
  const { workshops } = world.services
  const editor = await world.member('editor', 'b')
  const input = CreateWorkshop.parse({ plan: { ...PLAN, guests: true }, clientKey: randomUUID() })
  const { id } = await workshops.createWorkshop(editor, world.partnershipId, input)
  await workshops.moveWorkshop(editor, id, { verb: 'announce', reason: '' })
  const setGuests = async (guests: boolean, fields: object = {}) => {
    const plan = WorkshopPlan.parse({ ...PLAN, ...fields, guests })
    const base = (await workshops.readWorkshop(editor, id)).rev
    await workshops.changeWorkshop(editor, id, { plan, base })
  }
  const isDone = () =>
    vi.waitFor(async () => {
      const row = await Workshop.findById(id).lean()
      expect(row?.guestsLeaveSince).toBeNull()
    }, SOON)
  return { world, editor, id, workshop: { _id: new Types.ObjectId(id) }, setGuests, isDone }
}

/** Guests as rows have them, so many of each kind. */
async function seat(partnership: string, workshop: string, count: number) {
  const kinds = ['registered', 'waiting', 'none'] as const
  const people = kinds.flatMap((registration) =>
    Array.from({ length: count }, (_, at) => {
      const _id = new Types.ObjectId()
      const [lang, timeZone] = at % 2 ? RUSSIAN : AMERICAN
      const guest = { name: 'Ann Guest', email: `${_id}@clinic.example`, lang, timeZone }
      const door = 'admitted' as const
      const place = { registration, registeredAt: new Date(2030, 0, 1), door }
      return { _id, partnership, workshop, guest, ...place, createdAt: new Date() }
    }),
  )
  await WorkshopParticipant.create(people)
  await Workshop.updateOne({ _id: workshop }, { $set: { registered: count } })
  return people
}

/** A guest as rows have them, since that day. @returns their address */
async function sit(
  partnership: string,
  workshop: string,
  day: number,
  registration: 'registered' | 'waiting',
) {
  const email = `${new Types.ObjectId()}@clinic.example`
  const guest = { name: 'Ann', email, lang: 'en' as const, timeZone: 'America/Chicago' }
  const at = new Date(2025, 0, day)
  const place = { registration, registeredAt: at, door: 'admitted' as const, createdAt: at }
  await WorkshopParticipant.create({ partnership, workshop, guest, ...place })
  return email
}

/** As a mailer that keeps nothing leaves letters behind. */
const sentAs = { $set: { status: 'sent' as const, values: {} } }

async function registrationsOf(workshop: string) {
  const rows = await WorkshopParticipant.find({ workshop }).lean()
  return new Map(rows.map((row) => [row.guest?.email ?? String(row.user), row.registration]))
}

describe('a workshop that is without guests from now on', () => {
  it('tells each of many once, though one process dies amid it and two others go on', async () => {
    const { world, id, setGuests } = await open()
    const other = await createWorld()
    const people = await seat(world.partnershipId, id, 20)
    const members = [await world.member('viewer'), await world.member('viewer')]
    for (const member of members) await world.services.workshopRegistration.register(member, id)
    const insert = MailItem.insertMany.bind(MailItem) as unknown as (...all: unknown[]) => unknown
    let writes = 0
    const dying = vi.spyOn(MailItem, 'insertMany').mockImplementation(((...all: unknown[]) => {
      writes += 1
      return writes === 3 ? Promise.reject(new Error('killed')) : insert(...all)
    }) as never)
    await setGuests(false)
    await vi.waitFor(() => expect(writes).toBe(3), SOON)
    dying.mockRestore()
    const its = { template: TOLD, 'values.id': id } as const
    expect(await MailItem.countDocuments(its)).toBe(25)

    world.heard.length = 0
    await Promise.all([world, other].map(({ services }) => services.workshopReminders.remindDue()))
    const letters = await MailItem.find(its).lean()
    const told = letters.map(({ to, lang, values }) => [to, lang, values.timeZone, values.had])
    const had = { registered: 'place', waiting: 'waiting', none: 'invitation' }
    const each = people.map(({ guest: { email, lang, timeZone }, registration }) => [
      ...[email, lang, timeZone, had[registration]],
    ])
    expect(told.toSorted()).toEqual(each.toSorted())
    // who is still in the room is put out by whoever goes on
    const out = ['workshop:planned', { workshopId: id, guests: false }]
    expect(world.heard).toContainEqual(out)
    const placed = await WorkshopParticipant.find({ workshop: id, registration: 'registered' })
    expect(placed.map(({ user }) => String(user)).toSorted()).toEqual(
      members.map(({ userId }) => userId).toSorted(),
    )
    const row = await Workshop.findById(id).lean()
    expect([row?.registered, row?.guestsLeaveSince]).toEqual([2, null])
    await world.services.workshopReminders.remindDue()
    expect(await MailItem.countDocuments(its)).toBe(60)
    const russian = letters.find(({ values, lang }) => values.had === 'invitation' && lang === 'ru')
    const { text, files } = await letterOf(russian as MailRow, 'http://test.twinward.example')
    expect(text.replace(/\s+/g, ' ')).toMatch(/приглашение больше не действует.*19:00/)
    expect(files?.[0]?.text).toContain('STATUS:CANCELLED')
  })

  it('lets in nobody whose code was on its way, and invites nobody', async () => {
    const { world, editor, id, workshop } = await open()
    const { workshopGuests } = world.services
    const from = { link: await linkTo(world, editor, workshop), address: ADDRESS, workshopId: id }
    await workshopGuests.setLinkAdmits(editor, id, true)
    const token = await workshopGuests.askGuestCode(asking('late@clinic.example'), from)
    const code = await codeTo('late@clinic.example')
    let release = () => {}
    const held = inOrder(`workshop ${id}`, () => new Promise<void>((done) => (release = done)))
    const seen = vi.spyOn(User, 'findOne')
    const entering = workshopGuests.enterGuestCode({ token, code })
    entering.catch(() => {})
    // as another process commits it, while this one has seen the plan before
    await vi.waitFor(() => expect(seen).toHaveBeenCalled(), SOON)
    await Workshop.updateOne({ _id: id }, { $set: { guests: false, guestsLeaveSince: new Date() } })
    seen.mockRestore()
    release()
    await held
    await expect(entering).rejects.toThrow('link_over')
    const invited = { name: 'Ann', email: 'ann@clinic.example', lang: 'en' as const }
    await expect(workshopGuests.inviteGuest(editor, id, invited)).rejects.toThrow()
    expect(await WorkshopParticipant.countDocuments({ workshop: id })).toBe(0)
  })

  it('and with guests again tells nobody who has not been told', async () => {
    const { world, editor, id, workshop, setGuests, isDone } = await open()
    const email = 'invited@clinic.example'
    const { workshopGuests, workshopReminders } = world.services
    await workshopGuests.inviteGuest(editor, id, { name: 'Ann', email, lang: 'ru' })
    await MailItem.updateOne({ to: email }, { $set: { status: 'sent' } })
    // nobody knows their zone: they live by the clock of the side whose language they read
    const row = await WorkshopParticipant.findOne({ workshop: workshop._id }).lean()
    expect(row?.guest?.timeZone).toBe('Europe/Moscow')
    await setGuests(false)
    await vi.waitFor(async () => expect(await lettersTo(email, TOLD)).toHaveLength(1), SOON)
    await setGuests(true)
    await workshopReminders.remindDue()
    expect(await lettersTo(email, TOLD)).toEqual([])
    await setGuests(false)
    await vi.waitFor(async () => expect(await lettersTo(email, TOLD)).toHaveLength(1), SOON)
    // who had not got the invitation is not told that there is none
    await setGuests(true)
    await workshopGuests.inviteGuest(editor, id, { name: 'Bob', email: `b.${email}`, lang: 'en' })
    await setGuests(false)
    await isDone()
    expect(await lettersTo(`b.${email}`)).toEqual([])
  })

  it('and with guests again gives whoever was not told what they had, or the next place', async () => {
    const { world, id, setGuests, isDone } = await open()
    const { services, partnershipId } = world
    const [kept, told, late, next] = [
      await sit(partnershipId, id, 1, 'registered'),
      await sit(partnershipId, id, 2, 'registered'),
      await sit(partnershipId, id, 3, 'registered'),
      await sit(partnershipId, id, 4, 'waiting'),
    ]
    await Workshop.updateOne({ _id: id }, { $set: { capacity: 3, registered: 3 } })
    const members = [await world.member('viewer'), await world.member('viewer')]
    for (const each of members) await services.workshopRegistration.register(each, id)
    await setGuests(false, { capacity: '3' })
    await isDone()
    await MailItem.updateMany({ to: told, template: TOLD }, sentAs)
    const later = { capacity: '3', startsAt: '2031-12-03T09:00' }
    await setGuests(false, later)
    await setGuests(true, later)
    expect([...(await registrationsOf(id)).values()]).toEqual([
      ...['registered', 'cancelled', 'waiting', 'waiting', 'registered', 'registered'],
    ])
    expect((await Workshop.findById(id).lean())?.registered).toBe(3)
    const templatesTo = async (email: string) =>
      (await lettersTo(email)).map(({ template }) => template)
    // that it was put off meanwhile they hear once, and who has lost the place what came of it
    expect(await templatesTo(kept)).toEqual(['workshop-changed'])
    expect(await templatesTo(next)).toEqual(['workshop-changed'])
    expect(await templatesTo(late)).toEqual(['workshop-admitted', 'workshop-changed'])
    expect((await lettersTo(late))[0]?.values.waiting).toBe(1)
    expect(await templatesTo(told)).toEqual([TOLD])
    // the second time they are told like the first, and who was told is not
    await setGuests(false, later)
    await isDone()
    expect(await templatesTo(kept)).toContain(TOLD)
    expect(await templatesTo(told)).toEqual([TOLD])
  })

  it('writes anew what had not left, and tells an invited guest once', async () => {
    const { world, editor, id, workshop, setGuests, isDone } = await open()
    const { workshopGuests } = world.services
    const [unsent, heard, come] = ['unsent', 'heard', 'come'].map(
      (name) => `${name}.${id}@clinic.example`,
    ) as [string, string, string]
    const invite = (email: string) =>
      workshopGuests.inviteGuest(editor, id, { name: 'Ann', email, lang: 'en' })
    await invite(unsent)
    await invite(heard)
    await MailItem.updateOne({ to: heard }, sentAs)
    // their link is being sent again
    await invite(heard)
    await workshopGuests.setLinkAdmits(editor, id, true)
    await comeAsGuest(world, workshop, await linkTo(world, editor, workshop), come)
    const openLink = async (email: string, template: MailRow['template']) => {
      const path = (await lettersTo(email, template)).at(-1)?.values.path
      return (await workshopGuests.readLink(tokenOf(path), ADDRESS)).invited
    }
    await setGuests(false)
    await isDone()
    expect(await lettersTo(heard, TOLD)).toHaveLength(1)
    expect(await lettersTo(unsent)).toEqual([])
    expect(await lettersTo(come, 'workshop-admitted')).toEqual([])
    await setGuests(true)
    expect(await MailItem.countDocuments({ template: TOLD, 'values.id': id })).toBe(0)
    expect(await openLink(unsent, 'guest-invited')).toBe(true)
    expect(await openLink(heard, 'guest-invited')).toBe(true)
    expect(await openLink(come, 'workshop-admitted')).toBe(true)
    expect((await registrationsOf(id)).get(come)).toBe('registered')
    // told by now, nobody tells them again, nor of what is put off, until they are invited anew
    await setGuests(false)
    await isDone()
    await MailItem.updateMany({ to: heard }, sentAs)
    await setGuests(true, { startsAt: '2031-12-03T09:00' })
    await setGuests(false)
    await isDone()
    const before = (await lettersTo(heard)).length
    expect(await lettersTo(heard, TOLD)).toHaveLength(1)
    expect(await lettersTo(heard, 'workshop-changed')).toEqual([])
    await setGuests(true)
    await invite(heard)
    expect(await lettersTo(heard)).toHaveLength(before + 1)
    await MailItem.updateMany({ to: heard }, sentAs)
    await setGuests(false)
    await isDone()
    expect(await lettersTo(heard, TOLD)).toHaveLength(2)
  })

  it('leaves places as they were once it is over, and of a cancelled one tells who knows of it', async () => {
    const { world, editor, id } = await open()
    const { workshopReminders, workshops, workshopGuests } = world.services
    const email = await sit(world.partnershipId, id, 1, 'registered')
    const unsent = `never.${id}@clinic.example`
    await workshopGuests.inviteGuest(editor, id, { name: 'Ann', email: unsent, lang: 'en' })
    const left = { guests: false, guestsLeaveSince: new Date() }
    await Workshop.updateOne({ _id: id }, { $set: { ...left, status: 'closed', registered: 1 } })
    await workshopReminders.remindDue()
    expect((await registrationsOf(id)).get(email)).toBe('registered')
    expect(await lettersTo(email)).toEqual([])
    const row = await Workshop.findById(id).lean()
    expect([row?.guestsLeaveSince, row?.registered]).toEqual([null, 1])
    await Workshop.updateOne({ _id: id }, { $set: { ...left, status: 'announced' } })
    await workshops.moveWorkshop(editor, id, { verb: 'cancel', reason: 'Illness' })
    await workshopReminders.remindDue()
    expect(await lettersTo(email, 'workshop-cancelled')).toHaveLength(1)
    expect(await lettersTo(unsent)).toEqual([])
  })
})
