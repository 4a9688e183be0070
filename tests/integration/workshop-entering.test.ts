import { describe, expect, it } from 'vitest'
import { action, loader } from '../../app/routes/workshops.$workshopId.enter'
import { Workshop } from '../../models/workshop'
import { AppError } from '../../shared/errors'
import { ADDRESS, codeTo, linkTo } from '../fixtures/guests'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld } from '../setup/world'

/** The page where guests come in, as one browser meets it that knows several workshops. */
async function open() {
  const world = await createWorld()
  const facilitator = await world.member('coordinator')
  const cookies = new Map<string, string>()
  const asked = (workshopId: string, form?: Record<string, string>) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
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
  return { ...world, facilitator, here, there, send, page: (id: string) => loader(asked(id)) }
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
})
