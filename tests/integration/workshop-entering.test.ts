import { describe, expect, it } from 'vitest'
import { action, loader } from '../../app/routes/workshops.$workshopId.enter'
import { action as leave } from '../../app/routes/workshops.$workshopId.leave'
import { GuestSession } from '../../models/guest-session'
import { MailItem } from '../../models/mail'
import { Workshop } from '../../models/workshop'
import { readGuests } from '../../server/auth/guests'
import { AppError } from '../../shared/errors'
import { GuestsChange } from '../../shared/schemas/guests'
import { ADDRESS, asking, codeTo, comeAsGuest, linkTo, not } from '../fixtures/guests'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld } from '../setup/world'

/** The page where guests come in, as one browser meets it that knows several workshops. */
async function open() {
  const world = await createWorld()
  const facilitator = await world.member('coordinator')
  const cookies = new Map<string, string>()
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const asked = (workshopId: string, form?: Record<string, string>) => {
    const cookie = cookieHeader()
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const context = {
      services: world.services,
      actor: null,
      attendeeFor: () => Promise.reject(new AppError('unauthenticated')),
      lang: 'ru',
      address: ADDRESS,
      secure: false,
      retryAfter: () => {},
      noteIgnored: () => {},
      log: world.log,
      requestId: 'r',
    }
    const request = new Request('http://here/enter', { ...init, headers: { cookie } })
    return { request, params: { workshopId }, context } as never
  }
  const send = async (workshopId: string, form: Record<string, string>) => {
    const answer = await action(asked(workshopId, form))
    if (!(answer instanceof Response)) return answer
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    return answer
  }
  const workshops = await Promise.all(
    [1, 2].map(() => liveWorkshop(world, facilitator, { guests: true })),
  )
  const [here = '', there = ''] = workshops.map(({ _id }) => String(_id))
  const [workshop] = workshops
  if (!workshop) throw new Error('none')
  cookies.set('twinward_guest_link', await linkTo(world, facilitator, workshop))
  const leaveHere = (id: string) => leave(asked(id, {}))
  const guests = () => readGuests({ headers: { cookie: cookieHeader() } }, new Date())
  const page = (id: string) => loader(asked(id))
  return { ...world, facilitator, here, there, send, page, leaveHere, guests, cookies }
}

describe('coming in as a guest', () => {
  const form = {
    name: 'Нина Гостева',
    institution: 'Больница № 2',
    cadre: 'nurse',
    lang: 'ru',
    timeZone: 'Asia/Yekaterinburg',
  }

  it('says where the code went and keeps what was typed, in the workshop that it is for', async () => {
    const { here, there, send, page } = await open()
    const email = 'nina.here@clinic.example'
    expect(await page(here)).toMatchObject({ isAsked: false, typed: {} })
    expect(await send(here, { ...form, email, intent: 'ask' })).toMatchObject({ status: 303 })
    const { name, institution, cadre } = form
    expect(await page(here)).toMatchObject({
      isAsked: true,
      typed: { email, name, institution, cadre },
    })
    // the mailbox holds nothing for the other one
    expect(await page(there)).toMatchObject({ isAsked: false, typed: {} })
    const code = await codeTo(email)
    const refused = await send(there, { code, intent: 'enter' })
    expect(refused).toMatchObject({ data: { refused: { detail: { code: 'over' } } } })
    const entered = await send(here, { code, intent: 'enter' })
    if (!(entered instanceof Response)) throw new Error('not let in')
    expect(entered.headers.get('location')).toBe(`/workshops/${here}`)
    // the page may be in another language from then on
    expect(entered.headers.get('x-remix-reload-document')).toBe('true')
  })

  it('tells why a workshop was cancelled, and those at its door when it begins on both clocks', async () => {
    const { services, facilitator, here, member } = await open()
    const colleague = await member('viewer')
    expect((await services.workshopDoor.readDoor(colleague, here)).places).toHaveLength(2)
    const announced = await services.workshops.readWorkshop(colleague, here)
    expect(announced.cancelReason).toBe('')
    await Workshop.updateOne(
      { _id: here },
      { $set: { status: 'announced', announcedAt: new Date() } },
    )
    const verb = 'cancel' as const
    await services.workshops.moveWorkshop(facilitator, here, { verb, reason: 'Карантин.' })
    const { status, cancelReason } = await services.workshops.readWorkshop(colleague, here)
    expect({ status, cancelReason }).toEqual({ status: 'cancelled', cancelReason: 'Карантин.' })
  })

  it('is asked for a name that nobody could take for another’s, in words of its own', async () => {
    const { here, send } = await open()
    const bad = [
      ['Администратор', 'name_reserved'],
      ['Administrator', 'name_reserved'],
      ['Thоmas Okafоr', 'name_mixed'],
      ['Нина Smith', 'name_mixed'],
      ['Ni\u200bna Gost', 'name_hidden'],
      ['😀 😀', 'name_characters'],
      ['Я', 'name_needed'],
      [' ', 'name_needed'],
    ] as const
    for (const [name, fault] of bad) {
      const refused = await send(here, { ...form, name, email: 'n@clinic.example', intent: 'ask' })
      expect(refused).toMatchObject({ data: { refused: { detail: { name: fault } } } })
      expect(refused).toMatchObject({ data: { values: { name } } })
      const invited = { intent: 'invite', name, email: 'n@clinic.example', lang: 'en' }
      expect(GuestsChange.safeParse(invited).error?.issues[0]?.message).toBe(fault)
    }
    for (const name of ['Анна-Мария О’Нил', 'Nguyễn Văn A', 'Др. Иванов']) {
      expect(asking('n@clinic.example', { name }).name).toBe(name)
    }
  })

  it('uses up nothing of an address whose owner is elsewhere', async () => {
    const { services, ports, facilitator, here } = await open()
    const email = 'owner@clinic.example'
    const from = { address: '203.0.113.40', workshopId: here }
    const owner = { address: '203.0.113.41', workshopId: here }
    const link = (await services.workshopGuests.makeLink(facilitator, here)).url.split('/w/')[1]
    const { askGuestCode, askReturnCode } = services.workshopGuests
    const asks = [
      (at: typeof from) => askGuestCode(asking(email), { ...at, link: link ?? '' }),
      (at: typeof from) => askReturnCode({ email, lang: 'en' }, at),
    ]
    const tooMany = { code: 'too_many_requests' }
    for (const [n, ask] of asks.entries()) {
      const status = n === 0 ? 'live' : 'closed'
      await Workshop.updateOne({ _id: here }, { $set: { status } })
      if (n === 0) for (let times = 0; times < 5; times++) await ask(from)
      await expect(ask(from)).rejects.toMatchObject(tooMany)
      await ask(owner)
    }
    // a quarter of what the account may be sent in a day is the most that one asker uses
    const away = { address: '203.0.113.42', workshopId: here }
    const day = `${email} ${away.address}`
    for (let n = 0; n < 15; n++) await ports.limits.take('mail-code-day', day)
    for (const ask of asks.slice(1)) await expect(ask(away)).rejects.toMatchObject(tooMany)
    await services.signIn.askCode({ email }, { address: '203.0.113.43' })
  })

  it('answers a guessed code of an address that is known as one of any other', async () => {
    const { services, ports, facilitator, here } = await open()
    const known = { name: 'Ann', email: 'known.back@clinic.example', lang: 'en' as const }
    await services.workshopGuests.inviteGuest(facilitator, here, known)
    await Workshop.updateOne({ _id: here }, { $set: { status: 'closed' } })
    const answers = []
    for (const email of [known.email, 'unknown.back@clinic.example']) {
      const at = { address: ADDRESS, workshopId: here }
      const token = await services.workshopGuests.askReturnCode({ email, lang: 'en' }, at)
      const code = email === known.email ? not(await codeTo(email)) : '000000'
      const guess = () =>
        services.workshopGuests
          .enterGuestCode({ token, code })
          .then(String, (error) => [error.code, error.detail.code])
      const seen = []
      for (let n = 0; n < 6; n++) seen.push(await guess())
      answers.push(seen)
      // of a hall behind one address there is room for all
      for (let n = 0; n < 100; n++) await ports.limits.take('guest-code-hall', `${here} hall`)
    }
    expect(answers[1]).toEqual(answers[0])
    expect(answers[0]?.slice(4)).toEqual([
      ['invalid_input', 'wrong'],
      ['invalid_input', 'over'],
    ])
    expect(await MailItem.exists({ to: 'unknown.back@clinic.example' })).toBeNull()
  })

  it('on a computer that others use is short, and ends with the browser', async () => {
    const { here, send, guests } = await open()
    const email = 'shared@clinic.example'
    await send(here, { ...form, email, intent: 'ask' })
    const code = await codeTo(email)
    const wrong = await send(here, { code: '000', shared: 'yes', intent: 'enter' })
    expect(wrong).toMatchObject({ data: { values: { shared: 'yes' } } })
    const entered = await send(here, { code, shared: 'yes', intent: 'enter' })
    if (!(entered instanceof Response)) throw new Error('not let in')
    const cookie = entered.headers.getSetCookie().find((each) => each.startsWith('twinward_guest='))
    expect(cookie).not.toContain('Max-Age')
    const [guest] = await guests()
    expect(guest?.guest).toMatchObject({ workshopId: here, shared: true })
    const session = await GuestSession.findById(guest?.sessionId).lean()
    const hours = (Number(session?.expiresAt) - Number(session?.createdAt)) / 3_600_000
    expect(hours).toBe(12)
  })

  it('is left on this computer, in every workshop, here and on the server', async () => {
    const { here, there, send, guests, leaveHere, cookies, heard, ...world } = await open()
    const link = await linkTo(world as never, world.facilitator, { _id: there } as never)
    const other = await comeAsGuest(
      world as never,
      { _id: there } as never,
      link,
      'l@clinic.example',
    )
    cookies.set('twinward_guest', other)
    const email = 'leaving@clinic.example'
    await send(here, { ...form, email, intent: 'ask' })
    await send(here, { code: await codeTo(email), intent: 'enter' })
    const before = await guests()
    expect(before.map(({ guest }) => guest?.workshopId)).toEqual([here, there])
    const answer = await leaveHere(here)
    if (!(answer instanceof Response)) throw new Error('refused')
    expect(answer.headers.get('location')).toBe(`/workshops/${here}/leave`)
    for (const name of ['twinward_guest', 'twinward_guest_link', 'twinward_guest_code']) {
      expect(answer.headers.getSetCookie().join()).toMatch(new RegExp(`${name}=; Max-Age=0`))
    }
    // whoever kept the cookie is nobody either, and open lines are told
    expect(await guests()).toEqual([])
    const ended = heard.flatMap(([name, fact]) =>
      name === 'session:ended' ? [(fact as { sessionId: string }).sessionId] : [],
    )
    expect(ended.toSorted()).toEqual(before.map(({ sessionId }) => sessionId).toSorted())
  })
})
