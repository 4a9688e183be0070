import { beforeAll, describe, expect, it, vi } from 'vitest'
import { loader as certificate } from '../../app/routes/workshops.$workshopId.certificate[.]pdf'
import { loader as report } from '../../app/routes/workshops.$workshopId.report'
import { refusalOf } from '../../server/http/refusal-page'
import type { Actor } from '../../shared/actor'
import type { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import { liveWorkshop } from '../fixtures/live-workshop'
import { createWorld, type World } from '../setup/world'

let world: World
let coordinator: Actor
let participant: Actor
let workshopId: string
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
  participant = await world.member('viewer')
  workshopId = String((await liveWorkshop(world, coordinator))._id)
})

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8'

/** What the link of a page leads its reader to. */
async function follow(
  link: typeof certificate,
  actor: Actor,
  { lang, accept = BROWSER }: { lang: Language; accept?: string },
) {
  const request = new Request('http://here/', { headers: { accept } })
  const context = {
    ...{ services: world.services, log: world.log, requestId: 'r', retryAfter: vi.fn() },
    attendeeFor: (id: string) => world.services.workshopDoor.attendeeAmong([actor], id),
    refuse: (error: AppError, wayOn?: Parameters<typeof refusalOf>[2]['wayOn']) =>
      refusalOf(error, { headers: { accept } } as never, { lang, nonce: 'n', wayOn }),
  }
  const answer = await link({ request, params: { workshopId }, context } as never)
  const type = answer.headers.get('content-type')
  return { status: answer.status, type, body: await answer.text() }
}

describe('a link to a file that is refused', () => {
  it('is a page in the reader’s language, with the way back to the workshop', async () => {
    const none = await follow(certificate, participant, { lang: 'ru' })
    expect(none).toMatchObject({ status: 404, type: 'text/html; charset=utf-8' })
    expect(none.body).toContain('Сертификата этого семинара у вас нет')
    expect(none.body).toContain(`<a href="/workshops/${workshopId}">К семинару</a>`)
    const forbidden = await follow(report, participant, { lang: 'en' })
    expect(forbidden).toMatchObject({ status: 403, type: 'text/html; charset=utf-8' })
    expect(forbidden.body).toContain('<html lang="en">')
  })

  it('leads strangers nowhere near the workshop', async () => {
    const answer = await follow(certificate, await world.stranger(), { lang: 'en' })
    expect(answer.status).toBe(404)
    expect(answer.body).toContain('There is nothing at this address')
    expect(answer.body).not.toContain(workshopId)
  })

  it('is a problem document to what shows no pages', async () => {
    const accept = 'application/pdf'
    const { status, type, body } = await follow(certificate, participant, { lang: 'en', accept })
    expect({ status, type }).toEqual({ status: 404, type: 'application/problem+json' })
    expect(JSON.parse(body)).toMatchObject({ code: 'no_certificate', status: 404 })
  })
})
