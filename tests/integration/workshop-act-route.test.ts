import { beforeAll, describe, expect, it, vi } from 'vitest'
import { action } from '../../app/routes/workshops.$workshopId.act'
import { loader } from '../../app/routes/workshops.$workshopId.earlier'
import { loader as readNotes } from '../../app/routes/workshops.$workshopId.notes'
import type { Actor } from '../../shared/actor'
import { acting, liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let participant: Actor
let workshopId: string
beforeAll(async () => {
  world = await createWorld()
  participant = await world.member('viewer')
  workshopId = String((await liveWorkshop(world, await world.member('coordinator')))._id)
})

const SAY = acting('say', { text: 'Здравствуйте!', lang: 'ru' })

function asked(actor: Actor | null, request: Request) {
  const retryAfter = vi.fn()
  const context = {
    services: world.services,
    attendeeFor: (id: string) => world.services.workshopDoor.attendeeAmong([actor], id),
    retryAfter,
    noteIgnored: () => {},
    log: world.log,
    requestId: 'r',
  }
  return { args: { request, params: { workshopId }, context } as never, retryAfter }
}

async function post(actor: Actor | null, act: string, type?: string) {
  const body = type ? act : new URLSearchParams({ act })
  const headers = new Headers(type ? { 'content-type': type } : {})
  const request = new Request('http://here/act', { method: 'POST', body, headers })
  const { args, retryAfter } = asked(actor, request)
  const answer = (await action(args)) as Response
  return { status: answer.status, body: await answer.json(), retryAfter }
}

describe('the way in for acts', () => {
  it('answers with the item, twice the same', async () => {
    const first = await post(participant, JSON.stringify(SAY))
    expect(first).toMatchObject({ status: 200, body: { item: { text: 'Здравствуйте!' } } })
    expect(await post(participant, JSON.stringify(SAY))).toEqual({
      ...first,
      retryAfter: expect.anything(),
    })
  })

  it('answers every refusal with its code', async () => {
    const stranger = await world.stranger()
    const timer = JSON.stringify(acting('set_timer', { minutes: 1 }))
    const said = JSON.stringify(SAY)
    const long = JSON.stringify({ ...SAY, text: 'я'.repeat(20_001) })
    const refusals = [
      [await post(null, said), 401, 'unauthenticated'],
      [await post(stranger, said), 404, 'not_found'],
      [await post(participant, timer), 403, 'forbidden'],
      [await post(participant, '{"act":'), 422, 'invalid_input'],
      [await post(participant, '{"act":"own_the_room"}'), 422, 'invalid_input'],
      [await post(participant, long), 422, 'invalid_input'],
      [await post(participant, said, 'application/json'), 415, 'unsupported_media'],
    ] as const
    for (const [answer, status, code] of refusals) {
      expect(answer).toMatchObject({ status, body: { code } })
    }
  })

  it('says when to come again to who acts too often', async () => {
    const hasty = await world.member('viewer')
    const { limits } = world.ports
    await Promise.all(Array.from({ length: 120 }, () => limits.take('room', hasty.userId)))
    const { status, body, retryAfter } = await post(hasty, JSON.stringify(SAY))
    expect({ status, body }).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    expect(retryAfter).toHaveBeenCalledWith(expect.stringMatching(/^\d+$/))
  })

  it('tells a live page why there are no notes yet', async () => {
    const { args } = asked(participant, new Request('http://here/notes'))
    const answer = (await readNotes(args)) as Response
    expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not_found' }])
  })

  it('hands out earlier messages to whoever is in', async () => {
    const of = (actor: Actor | null, query: string) =>
      loader(asked(actor, new Request(`http://here/earlier${query}`)).args)
    const answer = (await of(participant, '?before=1000')) as Response
    expect(await answer.json()).toMatchObject({ earlier: 0, messages: [{ kind: 'message' }] })
    await expect(of(participant, '?before=last')).rejects.toMatchObject({
      data: { code: 'bad_request' },
    })
    await expect(of(await world.stranger(), '?before=1000')).rejects.toMatchObject({
      data: { code: 'not_found' },
    })
  })
})
