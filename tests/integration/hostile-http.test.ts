import { beforeAll, describe, expect, it } from 'vitest'
import { Reply } from '../../models/reply'
import { User } from '../../models/user'
import { type ApiDoors, openApiDoors, refused, replyWith } from '../fixtures/api-doors'
import { request, sendRaw } from '../fixtures/raw-http'
import type { World } from '../setup/world'

/** Hostile requests to the doors that need no pages; the answers are listed in docs/hostile-inputs.md. */

let world: World
let origin: string
let host: string
let cookie: string
let threads: string
let replies: string
let post: ApiDoors['post']

beforeAll(async () => {
  ;({ world, origin, host, cookie, threads, replies, post } = await openApiDoors())
})

const get = (url: string) => fetch(url, { headers: { cookie } })

describe('a write from elsewhere', () => {
  it.each([
    ['no Origin', { origin: '' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the Origin null', { origin: 'null' }],
    ['a lookalike of our own', { origin: 'http://127.0.0.1.evil.example' }],
    ['our own, but across sites', { 'sec-fetch-site': 'cross-site' }],
  ])('row 85: with %s is refused', async (_what, headers) => {
    expect(await refused(await post(replies, replyWith(), headers))).toEqual({
      status: 403,
      code: 'foreign_origin',
    })
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ])('row 86: as %s instead of JSON is not read', async (type) => {
    const answer = await post(replies, replyWith(), { 'content-type': type })
    expect(await refused(answer)).toEqual({ status: 415, code: 'unsupported_media' })
  })
})

describe('another method', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'OPTIONS', 'PROPFIND'])(
    'row 87: %s is not allowed, on pages and in the interface',
    async (method) => {
      for (const path of ['/partnerships', '/api/v1/me']) {
        const raw = request(`${method} ${path}`, [`Host: ${host}`, `Origin: ${origin}`])
        const { status, head, body } = await sendRaw(origin, raw)
        expect(status).toBe(405)
        expect(head).toMatch(/^allow: GET, HEAD/im)
        // TRACE would show cookies to a script
        expect(body).not.toContain('Origin:')
      }
    },
  )

  it.each([
    ['X-HTTP-Method-Override', '/sign-out'],
    ['X-HTTP-Method', '/sign-out'],
    ['X-Method-Override', '/sign-out'],
    ['', '/sign-out?_method=DELETE'],
  ])('row 87: by %s on %s is not allowed', async (header, path) => {
    const headers = header === '' ? {} : { [header]: 'DELETE' }
    expect(await refused(await post(`${origin}${path}`, '', headers))).toMatchObject({
      status: 405,
    })
  })
})

describe('operators and fields of the database', () => {
  it.each([
    ['limit[$gt]=1', 200],
    ['limit=$ne', 422],
    ['cursor[$ne]=x', 200],
    ['cursor=%7B%22$gt%22:%22%22%7D', 422],
    ['$where=sleep(1000)', 200],
    ['__proto__[limit]=1', 200],
    ['limit=1&limit=2', 422],
  ])('row 88: ?%s never reaches the database', async (query, status) => {
    const answer = await get(`${threads}?${query}`)
    expect(answer.status).toBe(status)
    if (status === 200) expect(await answer.text()).toBe(await (await get(threads)).text())
    else expect(await refused(answer)).toMatchObject({ code: 'invalid_input' })
  })

  it.each([
    [{ text: { $gt: '' } }],
    [{ text: ['a'] }],
    [{ lang: { $ne: 'en' } }],
    [{ clientKey: { $regex: '.*' } }],
    [{ text: null }],
    [{ text: 1 }],
  ])('row 88: the body %j is refused by field', async (fields) => {
    const answer = await post(replies, replyWith(fields))
    expect(answer.status).toBe(422)
    const { detail } = await answer.json()
    expect(Object.keys(detail)).toEqual(Object.keys(fields))
  })

  it.each([
    'select=%24password',
    'sort=-passwordHash',
    'populate%5Bmatch%5D%5B%24where%5D=1',
    'fields=email',
  ])('row 89: ?%s changes nothing of what is answered', async (query) => {
    const [plain, asked] = await Promise.all([get(threads), get(`${threads}?${query}`)])
    expect(asked.status).toBe(200)
    const text = await asked.text()
    expect(text).toBe(await plain.text())
    expect(text).not.toMatch(/password|\$/i)
  })

  it('row 90: claims beside a post’s words are not listened to', async () => {
    const stranger = await world.stranger()
    const claims = { role: 'coordinator', _id: 'a'.repeat(24), authorId: stranger.userId, seq: 999 }
    const answer = await post(replies, replyWith({ ...claims, partnershipId: 'b'.repeat(24) }))
    expect(answer.status).toBe(201)
    const { id, seq } = await answer.json()
    expect(id).not.toBe(claims._id)
    expect(seq).not.toBe(999)
    const row = await Reply.findById(id).lean()
    expect(String(row?.partnership)).toBe(world.partnershipId)
    expect(String(row?.author)).not.toBe(stranger.userId)
  })

  it('row 90: nobody becomes an administrator by __proto__', async () => {
    const body = `{"__proto__":{"programmeAdmin":true},"constructor":{"prototype":{"isAdmin":1}},${replyWith().slice(1)}`
    expect((await post(replies, body)).status).toBe(201)
    expect(({} as { programmeAdmin?: unknown }).programmeAdmin).toBeUndefined()
    expect(await User.countDocuments({ programmeAdmin: true })).toBe(0)
  })
})

describe('ids and pages', () => {
  it.each([
    '0'.repeat(24),
    'a'.repeat(23),
    'A'.repeat(24),
    '[object Object]',
    'undefined',
    '{"$oid":"aaaaaaaaaaaaaaaaaaaaaaaa"}',
    '12345678abcd',
    '%00',
  ])('row 91: %s is no protocol', async (id) => {
    const answer = await get(`${origin}/api/v1/protocols/${encodeURIComponent(id)}`)
    expect(await refused(answer)).toEqual({ status: 404, code: 'not_found' })
  })

  it.each(['limit=-1', 'limit=0', 'limit=1e9', 'limit=NaN', 'limit=100000', 'limit=1.5', 'limit='])(
    'row 92: ?%s is refused',
    async (query) => {
      expect(await refused(await get(`${threads}?${query}`))).toMatchObject({ status: 422 })
    },
  )

  it.each(['after=-1', 'after=NaN', 'after=1e99', `after=${'9'.repeat(30)}`])(
    'row 92: ?%s is refused',
    async (query) => {
      expect(await refused(await get(`${replies}?${query}`))).toMatchObject({ status: 422 })
    },
  )
})
