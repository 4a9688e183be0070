import { setTimeout as wait } from 'node:timers/promises'
import mongoose from 'mongoose'
import { describe, expect, it, vi } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { GuestCode } from '../../models/guest-code'
import { GuestSession } from '../../models/guest-session'
import { MailItem } from '../../models/mail'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { readGuest, readGuests } from '../../server/auth/guests'
import { inOrder } from '../../server/services/in-order'
import {
  ADDRESS,
  asking,
  codeTo,
  comeAsGuest,
  guestCookieOf,
  guestOf,
  linkTo,
  not,
  tokenOf,
} from '../fixtures/guests'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld } from '../setup/world'

async function open(fields: object = {}) {
  const world = await createWorld()
  const facilitator = await world.member('coordinator', 'b')
  const workshop = await liveWorkshop(world, facilitator, { guests: true, ...fields })
  return { ...world, world, facilitator, workshop, id: String(workshop._id) }
}
const email = (name: string) => `${name}.${Math.random().toString(36).slice(2)}@clinic.example`

describe('the guests’ link', () => {
  it('is made and ended by facilitators, and lies in the database as a hash', async () => {
    const { world, services, facilitator, workshop, id, member, stranger } = await open()
    const first = await linkTo(world, facilitator, workshop)
    const link = await linkTo(world, facilitator, workshop)
    expect(JSON.stringify(await Workshop.findById(id).lean())).not.toContain(link)
    expect(await services.workshopGuests.readLink(link, ADDRESS)).toMatchObject({
      workshopId: id,
      invited: false,
    })
    // the earlier one, an ended one and a guess are refused alike
    await services.workshopGuests.endLink(facilitator, id)
    for (const each of [first, link, 'A'.repeat(43), '']) {
      await expect(services.workshopGuests.readLink(each, ADDRESS)).rejects.toMatchObject({
        code: 'link_over',
      })
    }
    const kinds = (await AuditEntry.find({ 'subject.workshop': id }).lean()).map((row) => row.kind)
    expect(kinds.toSorted()).toEqual(['guest-link:ended', 'guest-link:made', 'guest-link:made'])
    for (const [actor, code] of [
      [await member('editor'), 'forbidden'],
      [await stranger(), 'not_found'],
    ] as const) {
      await expect(services.workshopGuests.makeLink(actor, id)).rejects.toMatchObject({ code })
      await expect(services.workshopGuests.listGuests(actor, id)).rejects.toMatchObject({ code })
    }
  })

  it('leads nowhere once the workshop is over, is planned without guests, or is a draft', async () => {
    const { world, services, facilitator, workshop, id } = await open()
    const link = await linkTo(world, facilitator, workshop)
    const from = { link, address: ADDRESS, workshopId: id }
    const asked = await services.workshopGuests.askGuestCode(asking(email('late')), from)
    for (const fields of [{ status: 'closed' }, { status: 'cancelled' }, { status: 'draft' }]) {
      await Workshop.updateOne({ _id: id }, { $set: fields })
      await expect(
        services.workshopGuests.askGuestCode(asking(email('late')), from),
      ).rejects.toMatchObject({ code: 'link_over' })
    }
    await Workshop.updateOne({ _id: id }, { $set: { status: 'closed' } })
    const late = await GuestCode.findOne({ workshop: id }).lean()
    const right = await codeTo(late?.email ?? '')
    await expect(
      services.workshopGuests.enterGuestCode({ token: asked, code: right }),
    ).rejects.toMatchObject({ code: 'link_over' })
    await Workshop.updateOne({ _id: id }, { $set: { status: 'live', guests: false } })
    await expect(services.workshopGuests.readLink(link, ADDRESS)).rejects.toMatchObject({
      code: 'link_over',
    })
  })

  it('is guessed at so many times from one address, and then not', async () => {
    const { services } = await open()
    const guess = () => services.workshopGuests.readLink('B'.repeat(43), '203.0.113.77')
    const codes = new Map<string, number>()
    for (let n = 0; n < 62; n++) {
      await guess().catch(({ code }) => codes.set(code, (codes.get(code) ?? 0) + 1))
    }
    expect(Object.fromEntries(codes)).toEqual({ link_over: 60, too_many_requests: 2 })
  })
})

describe('the public door', () => {
  it('finds by its indexes what strangers ask for', async () => {
    const { services, facilitator, id } = await open()
    const { db } = mongoose.connection
    await db?.command({ profile: 2 })
    await services.workshopGuests.readLink('D'.repeat(43), ADDRESS).catch(() => {})
    const invited = { name: 'Ann', email: email('ann'), lang: 'en' as const }
    await services.workshopGuests.inviteGuest(facilitator, id, invited)
    await db?.command({ profile: 0 })
    const asked = (await db?.collection('system.profile').find().toArray()) ?? []
    const plans = asked.flatMap(({ ns, planSummary }) =>
      /\.workshop/.test(ns) && planSummary ? [`${ns} ${planSummary}`] : [],
    )
    expect(plans.length).toBeGreaterThan(2)
    expect(plans.filter((plan) => plan.endsWith('COLLSCAN'))).toEqual([])
  })
})

describe('a guest', () => {
  it('proves an address by a code in their own language, and then waits', async () => {
    const { world, services, facilitator, workshop, id } = await open({ capacity: 5 })
    const link = await linkTo(world, facilitator, workshop)
    const to = email('nina')
    const token = await comeAsGuest(world, workshop, link, to, { timeZone: 'Asia/Yekaterinburg' })
    const letter = await MailItem.findOne({ to }).lean()
    expect(letter?.lang).toBe('ru')
    expect(letter?.values.places).toHaveLength(2)
    const guest = await guestOf(token)
    expect(guest).toMatchObject({
      lang: 'ru',
      timeZone: 'Asia/Yekaterinburg',
      memberships: [],
      guest: { workshopId: id, outside: true },
    })
    expect(JSON.stringify(await GuestSession.find().lean())).not.toContain(token)
    expect((await Workshop.findById(id).lean())?.registered).toBe(0)
    const { people } = await services.workshopGuests.listGuests(facilitator, id)
    expect(people).toMatchObject([{ email: to, state: 'waiting', guest: true }])
  })

  it('has five tries at a code, which is worth nothing in another browser', async () => {
    const { world, services, facilitator, workshop, id } = await open()
    const link = await linkTo(world, facilitator, workshop)
    const to = email('tries')
    const from = { link, address: ADDRESS, workshopId: id }
    const token = await services.workshopGuests.askGuestCode(asking(to), from)
    const right = await codeTo(to)
    expect(right).toMatch(/^\d{6}$/)
    const enter = (code: string, browser = token) =>
      services.workshopGuests.enterGuestCode({ token: browser, code })
    await expect(enter(right, 'C'.repeat(43))).rejects.toMatchObject({ detail: { code: 'over' } })
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => enter(not(right)).catch(({ detail }) => detail.code)),
    )
    expect(answers.filter((each) => each === 'wrong')).toHaveLength(5)
    await expect(enter(right)).rejects.toMatchObject({ detail: { code: 'over' } })
    // a link of another workshop asks for nothing here
    const other = { ...from, workshopId: String(facilitator.userId) }
    await expect(services.workshopGuests.askGuestCode(asking(to), other)).rejects.toMatchObject({
      code: 'link_over',
    })
  })

  it('gets so many codes to one address in a while', async () => {
    const { world, services, facilitator, workshop, id } = await open()
    const link = await linkTo(world, facilitator, workshop)
    const to = email('many')
    const ask = () =>
      services.workshopGuests.askGuestCode(asking(to), { link, address: ADDRESS, workshopId: id })
    for (let n = 0; n < 5; n++) await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('is one and the same for one address, and does not change a name that was let in', async () => {
    const { world, services, facilitator, workshop, id } = await open()
    const link = await linkTo(world, facilitator, workshop)
    const to = email('shared')
    const first = await guestOf(await comeAsGuest(world, workshop, link, to))
    await services.workshopDoor.letIn(facilitator, id, first.userId, true)
    const second = await guestOf(
      await comeAsGuest(world, workshop, link, to, { name: 'Главный врач' }),
    )
    expect(second.userId).toBe(first.userId)
    expect(second.sessionId).not.toBe(first.sessionId)
    const rows = await WorkshopParticipant.find({ workshop: id }).lean()
    expect(rows.map(({ guest }) => guest?.name)).toEqual(['Нина Гостева'])
  })

  it('comes in after whoever is changing the same workshop', async () => {
    const { world, facilitator, workshop, id } = await open()
    const link = await linkTo(world, facilitator, workshop)
    let end = () => {}
    const changing = new Promise<void>((done) => {
      end = done
    })
    const change = inOrder(`workshop ${id}`, () => changing)
    const to = email('after')
    const coming = comeAsGuest(world, workshop, link, to)
    await expect.poll(() => GuestCode.exists({ email: to, tries: 1 })).not.toBeNull()
    await wait(300)
    expect(await WorkshopParticipant.exists({ workshop: id })).toBeNull()
    end()
    await Promise.all([change, coming])
    expect(await WorkshopParticipant.exists({ workshop: id })).not.toBeNull()
  })

  it('who comes in while their invitation is taken back is turned away', async () => {
    const { world, services, facilitator, workshop, id } = await open()
    const link = await linkTo(world, facilitator, workshop)
    const to = email('meanwhile')
    const invited = { name: 'Ann', email: to, lang: 'en' as const }
    await services.workshopGuests.inviteGuest(facilitator, id, invited)
    const row = await WorkshopParticipant.findOne({ workshop: id }).lean()
    const meanwhile = () => comeAsGuest(world, workshop, link, to).then(() => 0)
    vi.spyOn(GuestSession, 'countDocuments').mockImplementationOnce(meanwhile as never)
    await services.workshopGuests.removeGuest(facilitator, id, String(row?._id))
    expect((await WorkshopParticipant.findById(row?._id).lean())?.door).toBe('refused')
    expect(await GuestSession.exists({ participant: row?._id })).toBeNull()
  })

  it('who is a member signs in instead', async () => {
    const { world, facilitator, workshop, member } = await open()
    const link = await linkTo(world, facilitator, workshop)
    const account = await User.findById((await member('viewer')).userId).lean()
    await expect(comeAsGuest(world, workshop, link, account?.email ?? '')).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { code: 'member' },
    })
  })

  it('who was invited skips the waiting; their link forwarded to others does not', async () => {
    const { world, services, facilitator, workshop, id } = await open({ waitingRoom: true })
    const to = email('invited')
    await services.workshopGuests.inviteGuest(facilitator, id, {
      name: 'Ann',
      email: to,
      lang: 'en',
    })
    const letter = await MailItem.findOne({ to, template: 'guest-invited' }).lean()
    expect(letter?.lang).toBe('en')
    const own = tokenOf(letter?.values.path)
    // to whoever else it was sent on, it does not say whose it is
    const seen = await services.workshopGuests.readLink(own, ADDRESS)
    expect(seen.invited).toBe(true)
    expect(JSON.stringify(seen)).not.toContain(to)
    const invited = await guestOf(await comeAsGuest(world, workshop, own, to))
    expect(invited.guest).not.toHaveProperty('outside')
    const friend = await guestOf(await comeAsGuest(world, workshop, own, email('friend')))
    expect(friend.guest?.outside).toBe(true)
    // sent again, the earlier link is void; taken away, the later one is
    await services.workshopGuests.resendInvitation(facilitator, id, invited.userId)
    await expect(services.workshopGuests.readLink(own, ADDRESS)).rejects.toThrow('link_over')
    const again = await MailItem.findOne({ to, template: 'guest-invited' }).sort({ _id: -1 }).lean()
    const anew = tokenOf(again?.values.path)
    await services.workshopGuests.removeGuest(facilitator, id, invited.userId)
    await expect(services.workshopGuests.readLink(anew, ADDRESS)).rejects.toThrow('link_over')
  })

  it('who was removed is nobody, and does not come back under that address', async () => {
    const { world, services, facilitator, workshop, id } = await open()
    const link = await linkTo(world, facilitator, workshop)
    const to = email('removed')
    const token = await comeAsGuest(world, workshop, link, to)
    const { userId } = await guestOf(token)
    await services.workshopDoor.letIn(facilitator, id, userId, true)
    await services.workshopGuests.removeGuest(facilitator, id, userId)
    expect(await readGuests({ headers: { cookie: guestCookieOf(token) } }, new Date())).toEqual([])
    expect((await Workshop.findById(id).lean())?.registered).toBe(0)
    const again = await guestOf(await comeAsGuest(world, workshop, link, to))
    await expect(services.workshopDoor.enterRoom(again, id)).rejects.toThrow('forbidden')
    const removed = await AuditEntry.findOne({ kind: 'guest:removed' }).sort({ _id: -1 }).lean()
    expect(removed?.subject).toMatchObject({ participant: userId, workshop: id })
  })

  it('keeps several workshops in one browser, each for itself, for 30 days after', async () => {
    const { world, facilitator, workshop, id } = await open()
    const other = await liveWorkshop(world, facilitator, { guests: true })
    const here = await comeAsGuest(
      world,
      workshop,
      await linkTo(world, facilitator, workshop),
      email('a'),
    )
    const there = await comeAsGuest(
      world,
      other,
      await linkTo(world, facilitator, other),
      email('b'),
    )
    const request = { headers: { cookie: guestCookieOf(there, here) } }
    const mine = await readGuest(request, new Date(), id)
    expect(mine?.guest?.workshopId).toBe(id)
    expect((await readGuest(request, new Date()))?.guest?.workshopId).toBe(String(other._id))
    const days = (count: number) => new Date(workshop.endsAt.getTime() + count * 86_400_000)
    await Workshop.updateOne({ _id: id }, { $set: { status: 'closed' } })
    expect(await readGuest(request, days(29), id)).not.toBeNull()
    expect(await readGuest(request, days(31), id)).toBeNull()
    // a doubled cookie is nobody's
    const doubled = `${guestCookieOf(here)}; ${guestCookieOf(there)}`
    expect(await readGuests({ headers: { cookie: doubled } }, new Date())).toEqual([])
  })
})
