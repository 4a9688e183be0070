import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { isOwnHost } from '../../server/http/host'
import { Slug } from '../../shared/ids'
import { type ApiDoors, openApiDoors, refused, replyWith } from '../fixtures/api-doors'
import { request, sendRaw } from '../fixtures/raw-http'
import { createWorld } from '../setup/world'

/** Hostile bytes to the doors: docs/hostile-inputs.md. */
let origin: string
let host: string
let cookie: string
let replies: string
let post: ApiDoors['post']

beforeAll(async () => {
  ;({ origin, host, cookie, replies, post } = await openApiDoors())
})

/** What opens a line to somewhere else. */
const FETCHES =
  /\bfetch\(|from '(?:undici|axios|got|node:https|node:dns[^']*)'|\b(?:https?\.(?:get|request)|(?:net|tls)\.connect)\(|import \{[^}]*\b(?:request|get|connect)\b[^}]*\} from 'node:(?:http|net|tls)'/

describe('too much of something', () => {
  it.each([
    ['100 KB of headers', ['GET /api/v1/me', `X-Much: ${'x'.repeat(100_000)}`]],
    ['a cookie of 64 KB', ['GET /api/v1/me', `Cookie: a=${'x'.repeat(65_000)}`]],
    ['an address of 64 KB', [`GET /${'x'.repeat(65_000)}`, 'X-Much: little']],
    ['10,000 parameters', [`GET /api/v1/me?${'a=1&'.repeat(10_000)}`, 'X-Much: little']],
    [
      '3,000 headers',
      ['GET /api/v1/me', ...Array.from({ length: 3_000 }, (_, n) => `X-${n}: ${n}`)],
    ],
  ])('row 95: %s ends with 431', async (_what, [line = '', ...headers]) => {
    const { status } = await sendRaw(origin, request(line, [`Host: ${host}`, ...headers]))
    expect(status).toBe(431)
  })

  it('row 95: JSON 10,000 deep is refused by field', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
    const answer = await post(replies, `{"text":${deep},"lang":"en","clientKey":"${randomUUID()}"}`)
    expect(await refused(answer)).toEqual({ status: 422, code: 'invalid_input' })
    const beside = await post(replies, `{"x":${deep},${replyWith().slice(1)}`)
    expect(beside.status).toBe(201)
  })

  it('row 95: 20 MB are refused before they are read', async () => {
    const head = [`Origin: ${origin}`, `Cookie: ${cookie}`, 'Content-Type: application/json']
    const raw = request('POST /api/v1/me', [`Host: ${host}`, ...head, 'Content-Length: 20000000'])
    expect((await sendRaw(origin, raw)).status).toBe(413)
  })

  it('row 95: a body of no announced length is refused', async () => {
    const head = [`Host: ${host}`, `Origin: ${origin}`, 'Transfer-Encoding: chunked']
    const raw = request('POST /sign-in', head, '5\r\nhello\r\n0\r\n\r\n')
    expect((await sendRaw(origin, raw)).status).toBe(413)
  })

  it.each(['{', '', '{"text":', '\u0000', '[1,2', `{"a":"${'\\u0000'.repeat(10)}"`])(
    'row 95: broken JSON %j is refused',
    async (body) => {
      expect((await refused(await post(replies, body))).status).toBe(422)
    },
  )
})

describe('an address that cannot be read', () => {
  it.each([
    '/%E0%A4%A',
    '/%',
    '/partnerships/%ff%fe',
    '/files/%zz',
    '/%00',
    '/a%00b',
    '/api/v1/%C0%AF',
  ])('row 96: %s ends with 400', async (path) => {
    const { status, body } = await sendRaw(origin, request(`GET ${path}`, [`Host: ${host}`]))
    expect(status).toBe(400)
    expect(body).not.toMatch(/at \S+ \(|URIError/)
  })

  it.each([
    '/..%2f..%2fpackage.json',
    '/%252e%252e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/../../package.json',
    '/.env',
    '/.git/config',
    '/server/main.ts',
  ])('row 96: %s leads to no file of ours', async (path) => {
    const { status, body } = await sendRaw(origin, request(`GET ${path}`, [`Host: ${host}`]))
    // there are no pages here: what is no file comes to them
    expect([400, 404, 500]).toContain(status)
    expect(body).not.toMatch(/dependencies|repositoryformat|createServer/)
  })
})

describe('headers of others', () => {
  it('row 100: nobody gets a new address by saying so', async () => {
    const full = await createWorld()
    const { origin } = await full.serve()
    for (let n = 0; n < 1_200; n += 1) await full.services.surface.admitWrite('127.0.0.1')
    for (const name of [
      'x-forwarded-for',
      'x-real-ip',
      'forwarded',
      'cf-connecting-ip',
      'client-ip',
    ]) {
      const answer = await fetch(`${origin}/preferences`, {
        method: 'POST',
        body: 'theme=dark',
        headers: { origin, [name]: '1.2.3.4' },
      })
      expect(answer.status).toBe(429)
    }
  })

  it.each(['X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Prefix'])(
    'row 100: %s leads nowhere else',
    async (name) => {
      const head = [`Host: ${host}`, `${name}: /api/v1/me`, `Cookie: ${cookie}`]
      const { status, body } = await sendRaw(origin, request('GET /healthz', head))
      expect([status, body]).toEqual([200, 'ok'])
    },
  )

  it('row 100: X-Forwarded-Proto and -Host make no origin our own', async () => {
    const forged = {
      origin: 'https://evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    }
    expect(await refused(await post(replies, replyWith(), forged))).toMatchObject({ status: 403 })
  })
})

describe('two requests in one', () => {
  const smuggled = 'GET /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n'
  it.each([
    ['CL and TE', ['Content-Length: 6', 'Transfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
    ['TE and CL', ['Transfer-Encoding: chunked', 'Content-Length: 4'], `0\r\n\r\n${smuggled}`],
    ['two lengths', ['Content-Length: 5', 'Content-Length: 50'], `hello${smuggled}`],
    [
      'two encodings',
      ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
      `0\r\n\r\n${smuggled}`,
    ],
    ['a disguised encoding', ['Transfer-Encoding: xchunked'], `0\r\n\r\n${smuggled}`],
    ['a space before the colon', ['Content-Length : 5'], `hello${smuggled}`],
    ['a folded header', ['X-Folded: a\r\n b'], ''],
    ['a length with a sign', ['Content-Length: +5'], 'hello'],
    ['a broken chunk', ['Transfer-Encoding: chunked'], 'zz\r\nhello\r\n0\r\n\r\n'],
    ['a bare line feed', ['X-Bare: a\nX-Second: b'], ''],
  ])('row 101: by %s get one refusal', async (_what, headers, body) => {
    const all = [`Host: ${host}`, `Origin: ${origin}`, ...headers]
    const answer = await sendRaw(
      origin,
      `POST /sign-in HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n${body}`,
    )
    expect(answer.answers).toBe(1)
    expect([400, 413]).toContain(answer.status)
  })
})

describe('a request for somebody else', () => {
  it.each([
    ['a foreign Host', 'GET /', ['Host: evil.example']],
    ['a lookalike', 'GET /', ['Host: localhost.evil.example']],
    ['a Host with a user in it', 'GET /', ['Host: localhost@evil.example']],
    ['two Hosts', 'GET /', ['Host: HOST', 'Host: evil.example']],
    ['our Host twice', 'GET /', ['Host: HOST', 'host: HOST']],
    ['no Host', 'GET /', []],
    ['an empty Host', 'GET /', ['Host: ']],
    ['a whole address', 'GET http://evil.example/', ['Host: HOST']],
    ['a whole address of ours', 'GET http://HOST/healthz', ['Host: HOST']],
    ['a foreign Host, of the health', 'GET /healthz', ['Host: evil.example']],
    ['a foreign Host, of the interface', 'GET /api/v1/me', ['Host: evil.example']],
    [
      'a foreign Host, of an upload',
      'POST /uploads',
      ['Host: evil.example', 'Tus-Resumable: 1.0.0'],
    ],
    [
      'a foreign Host, of an upgrade',
      'GET /collab/aaaaaaaaaaaaaaaaaaaaaaaa',
      ['Host: evil.example', 'Upgrade: websocket'],
    ],
  ])('row 135: with %s ends with 400', async (_what, line, headers) => {
    const here = (text: string) => text.replaceAll('HOST', host)
    const own = headers.map(here)
    const upgrade = own.some((each) => each.startsWith('Upgrade'))
    const raw = upgrade
      ? `${line} HTTP/1.1\r\n${own.join('\r\n')}\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`
      : request(here(line), own)
    const { status, head, body } = await sendRaw(origin, raw)
    expect(status).toBe(400)
    expect(`${head}${body}`).not.toContain('evil')
  })

  const REAL = { publicUrl: 'https://twinward.example', allowedHosts: ['app:3000', 'inner'] }
  const asked = (hosts: string[], url = '/') => ({
    url,
    headers: { host: hosts[0] },
    rawHeaders: hosts.flatMap((each) => ['Host', each]),
  })
  it.each([
    ['twinward.example', '/', true],
    ['Twinward.Example', '/', true],
    ['twinward.example:443', '/', true],
    ['twinward.example:80', '/', false],
    ['twinward.example.', '/', false],
    ['www.twinward.example', '/', false],
    ['app:3000', '/', true],
    ['app:3001', '/', false],
    ['inner:8080', '/', true],
    ['127.0.0.1:3000', '/', false],
    ['localhost', '/sign-in', false],
    ['127.0.0.1:3000', '/readyz', true],
    ['[::1]:3000', '/healthz', true],
    ['127.0.0.1:3000', '/healthz/../sign-in', false],
  ])('row 135: with an address configured, %s of %s is ours: %s', (name, url, isOurs) => {
    expect(isOwnHost(asked([name], url), REAL)).toBe(isOurs)
  })
  it.each([
    ['localhost:3000', true],
    ['127.0.0.1', true],
    ['[::1]:3000', true],
    ['192.168.1.5:3000', false],
    ['127.0.0.1.nip.io', false],
  ])('row 135: with none configured, %s is ours: %s', (name, isOurs) => {
    expect(isOwnHost(asked([name]), { publicUrl: undefined })).toBe(isOurs)
  })
})

describe('what the product does not do', () => {
  it('row 134: nothing on the server fetches an address that somebody gave', () => {
    const root = join(import.meta.dirname, '../..')
    const files = ['server', 'models', 'shared', 'app'].flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${room}/${file}`,
      ),
    )
    // addresses in the source, or in the settings; what runs in browsers asks our server
    const ofServer = files.filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        !/^server\/adapters\/(mongod\/|big-blue-button\.ts)/.test(file) &&
        (!file.startsWith('app/') || file.includes('.server.')),
    )
    expect(ofServer.length).toBeGreaterThan(200)
    const fetching = ofServer.filter((file) => FETCHES.test(readFileSync(join(root, file), 'utf8')))
    expect(fetching).toEqual([])
  })

  it.each([
    'аdmin',
    'сaratov',
    'ſaratov',
    'a\u200bb',
    'Saratov',
    'a b',
    '-a',
    'a-',
    'xn--80ak',
    '',
  ])('row 138: %j is no slug: addresses are of ASCII letters', (slug) => {
    expect(Slug.safeParse(slug).success).toBe(slug === 'xn--80ak')
  })
})
