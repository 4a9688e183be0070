import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { z } from 'zod'
import { Protocol } from '../../models/protocol'
import { ANSWERS, type AnswerName } from '../../server/http/api/answers'
import type { Actor } from '../../shared/actor'
import { createWorld, type World } from '../setup/world'

const UNKNOWN = 'f'.repeat(24)

let world: World
let origin: string
let protocolId: string
let editor: Actor
beforeAll(async () => {
  world = await createWorld()
  origin = (await world.serve()).origin
  editor = await world.member('editor')
  protocolId = await world.protocol()
})

describe('/api/v1', () => {
  it('tells who is signed in', async () => {
    const me = await read('Me', '/me', editor)
    expect(me).toMatchObject({ id: editor.userId, programmeAdmin: false })
  })

  it('lists the partnerships of the asker only', async () => {
    const mine = await read('PartnershipPage', '/partnerships', editor)
    expect(mine.items).toMatchObject([{ slug: world.slug, myRole: 'editor' }])
    expect(mine.next).toBeNull()
    const theirs = await read('PartnershipPage', '/partnerships', await world.stranger())
    expect(theirs).toEqual({ items: [], next: null })
  })

  it('gives a protocol’s committed text in both languages with the state of its units', async () => {
    await world.collab.live.edit({ partnership: world.partnershipId, room: protocolId }, (doc) => {
      const paragraph = doc.getXmlFragment('body:en').get(0)
      if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText('Ask first.')])
    })
    const protocol = await read('ProtocolText', `/protocols/${protocolId}`, editor)
    expect(protocol).toMatchObject({
      id: protocolId,
      partnershipId: world.partnershipId,
      title: { en: 'Missed doses', ru: 'Пропуск приёма' },
      collabPath: `/collab/${protocolId}`,
      text: { en: 'Ask first.', ru: '' },
      body: { en: { type: 'doc', content: [{ type: 'paragraph' }] } },
      units: [{ state: 'missing', missingIn: 'ru', needsAttention: ['ru'] }],
    })
  })

  it('says who may write in a live document and who may only read', async () => {
    const path = `/protocols/${protocolId}/collab-access`
    expect(await read('CollabAccess', path, editor)).toEqual({ ok: true, write: true })
    const viewer = await world.member('viewer')
    expect(await read('CollabAccess', path, viewer)).toEqual({ ok: true, write: false })
  })

  it('says why a live document does not open', async () => {
    const path = `/protocols/${protocolId}/collab-access`
    expect(await refused(path, await world.member('observer'))).toMatchObject({ code: 'forbidden' })
    expect(await refused(path, null)).toMatchObject({ status: 401, code: 'unauthenticated' })
    const leaving = await world.member('editor')
    await world.remove(leaving)
    expect(await refused(path, leaving)).toMatchObject({ status: 404, code: 'not_found' })
  })

  it.each([
    '/me',
    '/partnerships',
    `/partnerships/${UNKNOWN}/protocols`,
    `/protocols/${UNKNOWN}`,
    `/protocols/${UNKNOWN}/collab-access`,
  ])('asks for a session at %s', async (path) => {
    expect(await refused(path, null)).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  it('tells a stranger of a protocol and a partnership what it tells of unknown ones', async () => {
    const stranger = await world.stranger()
    for (const path of [
      (id: string) => `/partnerships/${id}/protocols`,
      (id: string) => `/protocols/${id}`,
      (id: string) => `/protocols/${id}/collab-access`,
    ]) {
      const real = path('x') === '/partnerships/x/protocols' ? world.partnershipId : protocolId
      const [foreign, unknown] = await Promise.all([
        get(path(real), stranger),
        get(path(UNKNOWN), stranger),
      ])
      expect([foreign.status, await foreign.text()]).toEqual([unknown.status, await unknown.text()])
      expect(unknown.status).toBe(404)
    }
  })

  it('shows an observer what is published and hides the rest', async () => {
    const observer = await world.member('observer')
    const published = await world.protocol({ status: 'in_force' })
    const list = `/partnerships/${world.partnershipId}/protocols`
    const { items } = await read('ProtocolPage', list, observer)
    expect(items.map((each) => each.id)).toEqual([published])
    expect((await get(`/protocols/${published}`, observer)).status).toBe(200)
    expect(await refused(`/protocols/${protocolId}`, observer)).toMatchObject({ status: 404 })
  })

  it.each([
    '/protocols/not-an-id',
    '/protocols/FFFFFFFFFFFFFFFFFFFFFFFF',
    '/partnerships/1/protocols',
    '/nothing',
    '/',
    '/protocols/',
  ])('does not find %s', async (path) => {
    expect(await refused(path, editor)).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('cannot read a broken percent escape', async () => {
    const answer = await refused('/protocols/%E0%A4%A', editor)
    expect(answer).toMatchObject({ status: 400, code: 'bad_request' })
  })

  it('refuses other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const response = await fetch(`${origin}/api/v1/me`, {
        method,
        headers: { origin, 'content-length': '0', cookie: await world.cookie(editor) },
      })
      expect(response.status).toBe(405)
      expect(ANSWERS.Problem.parse(await response.json()).code).toBe('method_not_allowed')
    }
  })

  it('lets no cache keep an answer', async () => {
    const answer = await get('/me', editor)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })
})

describe('/api/v1 lists', () => {
  it('pages through everything once, in order, while things are edited', async () => {
    const own = await createWorld()
    const coordinator = await own.member('coordinator')
    const ids: string[] = []
    for (const minute of [1, 2, 2, 3, 4]) {
      ids.unshift(await own.protocol({ editedAt: new Date(Date.UTC(2026, 0, 1, 9, minute)) }))
    }
    const path = `/partnerships/${own.partnershipId}/protocols?limit=2`
    const seen: string[] = []
    let next: string | null = null
    do {
      const query: string = next === null ? path : `${path}&cursor=${next}`
      const page = await read('ProtocolPage', query, coordinator)
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map((each) => each.id))
      next = page.next
      // what was shown already moves to the front; nothing may be shown twice for it
      await Protocol.updateOne({ _id: seen[0] }, { $set: { editedAt: new Date() } })
    } while (next !== null)
    expect(seen).toHaveLength(ids.length)
    expect(seen.toSorted()).toEqual(ids.toSorted())
    expect([seen[0], seen[4]]).toEqual([ids[0], ids[4]])
  })

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1.5',
    'limit=',
    'limit=2&limit=3',
    'limit=abc',
  ])('refuses %s', async (query) => {
    expect(await refused(`/partnerships?${query}`, editor)).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { limit: expect.any(String) },
    })
  })

  it('refuses a cursor that is none of this list’s', async () => {
    const foreign = Buffer.from(`2026-01-01T00:00:00.000Z ${UNKNOWN}`).toString('base64url')
    for (const cursor of [foreign, randomUUID(), '%00', 'x'.repeat(500), '']) {
      expect(await refused(`/partnerships?cursor=${cursor}`, editor)).toMatchObject({
        status: 422,
        detail: { cursor: expect.any(String) },
      })
    }
  })
})

describe('/api/v1/openapi.json', () => {
  const Description = z.object({
    openapi: z.literal('3.1.0'),
    paths: z.record(z.string(), z.object({ get: z.object({ operationId: z.string() }) })),
    components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
  })

  it('describes every address, to anyone, with every schema it refers to', async () => {
    const response = await get('/openapi.json', null)
    const text = await response.text()
    const { paths, components } = Description.parse(JSON.parse(text))
    expect(Object.keys(paths)).toEqual([
      '/me',
      '/partnerships',
      '/partnerships/{id}/protocols',
      '/protocols/{id}',
      '/protocols/{id}/collab-access',
      '/partnerships/{id}/threads',
      '/threads/{id}/replies',
      '/partnerships/{id}/resources',
    ])
    const named = Object.keys(components.schemas)
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    )
    expect(referred.length).toBeGreaterThan(10)
    for (const name of referred) expect(named).toContain(name)
    // nothing is defined beside them: every reference stays within the document
    expect(text.match(/"\$ref":/g)).toHaveLength(referred.length)
  })
})

async function get(path: string, actor: Actor | null): Promise<Response> {
  const cookie = actor ? await world.cookie(actor) : ''
  return fetch(`${origin}/api/v1${path}`, { headers: { cookie } })
}

/** A successful answer, which must be its schema's exactly: nothing missing and nothing more. */
async function read<N extends AnswerName>(name: N, path: string, actor: Actor) {
  const response = await get(path, actor)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  const answer: unknown = await response.json()
  const parsed = ANSWERS[name].parse(answer)
  expect(answer).toEqual(parsed)
  return parsed as z.infer<(typeof ANSWERS)[N]>
}

async function refused(path: string, actor: Actor | null) {
  const response = await get(path, actor)
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = ANSWERS.Problem.parse(await response.json())
  expect(response.status).toBe(problem.status)
  return problem
}
