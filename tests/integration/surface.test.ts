import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { createRefusalNotes } from '../../server/http/refusal-notes'
import { request, sendRaw } from '../fixtures/raw-http'
import { createWorld, type World } from '../setup/world'

let world: World
let origin: string
let cookie: string

beforeAll(async () => {
  world = await createWorld()
  ;({ origin } = await world.serve())
  cookie = await world.cookie(await world.member('editor'))
})

const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('every answer', () => {
  it.each([
    ['the health of the process', '/healthz', {}, 200],
    ['the interface, to a member', '/api/v1/me', { withCookie: true }, 200],
    ['the interface, to nobody', '/api/v1/me', {}, 401],
    ['an upload that is read', `/uploads/${'a'.repeat(24)}`, {}, 405],
    ['a file, to nobody', `/files/${'a'.repeat(24)}`, {}, 401],
    ['a file that is not there', `/files/${'a'.repeat(24)}`, { withCookie: true }, 404],
    ['an archive, to nobody', `/exports/${'a'.repeat(24)}`, {}, 401],
    ['a refused write', '/sign-in', { method: 'POST', body: 'a=b' }, 403],
    ['a canonical redirect', '/partnerships/', { redirect: 'manual' }, 308],
    ['a broken address', '/%E0%A4%A', {}, 400],
    ['a file of the build beyond its end', '/knot.svg', { range: 'bytes=9999999-' }, 422],
    ['a bug', '/partnerships', {}, 500],
  ] as const)('is private and protected: %s', async (_what, path, options, status) => {
    const { withCookie, range, ...init } = { withCookie: false, range: '', ...options }
    const answer = await fetch(`${origin}${path}`, {
      ...init,
      headers: { ...(withCookie ? { cookie } : {}), ...(range ? { range } : {}) },
    })
    expect(answer.status).toBe(status)
    const head = Object.fromEntries(answer.headers)
    expect(head['cache-control']).toBe('private, no-store')
    expect(head['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(head).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(head['permissions-policy']).toContain('camera=()')
    expect(head).not.toHaveProperty('x-powered-by')
    expect(head).not.toHaveProperty('strict-transport-security')
    expect(head).not.toHaveProperty('access-control-allow-origin')
  })

  it('lets what is the same for everybody be kept', async () => {
    const answer = await fetch(`${origin}/knot.svg`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=0')
  })
})

describe('a refusal of a door', () => {
  it.each([
    ['en', 'This request came from another address'],
    ['ru', 'Запрос пришёл с другого адреса'],
  ])('is a page to a browser, in %s', async (lang, words) => {
    const answer = await fetch(`${origin}/sign-in`, {
      method: 'POST',
      body: 'email=a',
      headers: { ...PAGE, ...FORM, 'accept-language': lang },
    })
    const text = await answer.text()
    expect(answer.status).toBe(403)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.headers.get('content-language')).toBe(lang)
    expect(text).toContain(`<html lang="${lang}">`)
    expect(text).toContain(words)
    const [, nonce] = /style nonce="([\w-]+)"/.exec(text) ?? []
    expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
    expect(text).not.toMatch(/<script|style="| on\w+=/)
  })

  it('is a problem document to a program', async () => {
    const answer = await fetch(`${origin}/sign-in`, { method: 'POST', body: 'email=a' })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'foreign_origin', status: 403 })
  })
})

describe('too many writes of one network address', () => {
  it('are told how long to wait, as a page and as a problem document', async () => {
    const full = await createWorld()
    const { origin } = await full.serve()
    const write = (headers = {}) =>
      fetch(`${origin}/preferences`, {
        method: 'POST',
        body: 'theme=dark',
        headers: { ...FORM, origin, ...headers },
      })
    // there are no pages here: what is let through fails after it was counted
    expect((await write()).status).toBe(500)
    for (let n = 1; n < 1_200; n += 1) await full.services.surface.admitWrite('127.0.0.1')
    const problem = await write()
    expect(problem.status).toBe(429)
    const seconds = Number(problem.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await problem.json()).toMatchObject({ code: 'too_many_requests' })
    const page = await write({ ...PAGE, 'accept-language': 'ru' })
    expect(page.status).toBe(429)
    expect(page.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await page.text()).toMatch(/Повторите через \d+ секунд/)
    // reading goes on
    expect((await fetch(`${origin}/healthz`)).status).toBe(200)
    expect((await fetch(`${origin}/api/v1/me`)).status).toBe(401)
  })
})

describe('the record of what was turned away', () => {
  it('has a row for a foreign host and a foreign origin, without anything they sent', async () => {
    const since = new Date()
    const fresh = await createWorld()
    const at = (await fresh.serve()).origin
    await sendRaw(at, request('GET /', ['Host: evil.example"\x7f']))
    await sendRaw(at, request('GET /?evil', ['Host: evil.example']))
    await fetch(`${at}/sign-in`, {
      method: 'POST',
      body: 'x',
      headers: { origin: 'https://evil.example' },
    })
    const found = { at: { $gte: since } }
    await expect.poll(() => AuditEntry.countDocuments(found)).toBe(2)
    const rows = await AuditEntry.find(found).sort({ kind: 1 }).lean()
    expect(rows.map(({ kind, detail, by }) => [kind, detail, by])).toEqual([
      ['host:refused', { door: 'pages' }, null],
      ['origin:refused', { door: 'pages' }, null],
    ])
  })

  it('has one row a minute in a flood, which counts the others', async () => {
    const rows: unknown[] = []
    let at = 0
    const note = createRefusalNotes({
      ...world,
      clock: { now: () => new Date(at) },
      services: {
        ...world.services,
        surface: {
          ...world.services.surface,
          noteRefusal: async (fact) => void rows.push(fact.detail),
        },
      },
    })
    for (let n = 0; n < 5_000; n += 1) {
      at = n * 20
      note('origin:refused', { door: 'pages' })
    }
    expect(rows).toEqual([{ door: 'pages' }, { door: 'pages', count: '3000' }])
  })
})
