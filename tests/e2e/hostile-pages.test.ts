import { randomUUID } from 'node:crypto'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORMS_OF_ADDRESSES, LOADERS, REDIRECTS } from '../fixtures/hostile-pages'
import { type PagesClient, pagesClient, refusedPage, signedIn } from '../fixtures/pages-client'
import { request, sendRaw } from '../fixtures/raw-http'
import { freshDatabase } from '../setup/database'
import { type Product, removeScratch, startProduct } from '../setup/product'
import { ST_PETERSBURG } from '../setup/protocol-page'

/** Hostile input to the pages of the built product: docs/hostile-inputs.md. */
const database = freshDatabase()
const mongo = new MongoClient(database.uri)
let product: Product
let nobody: PagesClient
let editor: PagesClient
const NEW = `${ST_PETERSBURG}/protocols/new`

beforeAll(async () => {
  product = await startProduct({ MONGODB_URI: database.uri })
  nobody = pagesClient(product.origin)
  editor = await signedIn(product.origin, 'physician.us')
})

afterAll(async () => {
  await product?.stop()
  await mongo.close()
  await removeScratch()
})

const protocol = (fields: Record<string, string> = {}) =>
  new URLSearchParams({ titleEn: 'Hostile', titleRu: '', clientKey: randomUUID(), ...fields })

describe('a form', () => {
  it.each([
    ['en', { origin: '' }, /This request came from another address/],
    ['ru', { origin: 'https://evil.example' }, /Запрос пришёл с другого адреса/],
    ['ru', { 'sec-fetch-site': 'cross-site' }, /Запрос пришёл с другого адреса/],
  ])('row 85: from elsewhere is refused by a page in %s', async (lang, headers, words) => {
    const answer = await editor.post(NEW, protocol(), {
      ...headers,
      'accept-language': lang,
    } as never)
    await refusedPage(answer, 403, words)
  })

  it.each(['application/json', 'text/plain', 'application/xml'])(
    'row 86: sent as %s is not read',
    async (type) => {
      const body = '{"email":"a@b.example","password":"x"}'
      const answer = await nobody.post('/sign-in', body, { 'content-type': type })
      await refusedPage(answer, 415, /cannot be read here/)
    },
  )

  it.each([
    'email[$ne]=x&password[$ne]=x',
    'email[]=a@b.example&password[]=x',
    '__proto__[isAdmin]=1&email[$regex]=.*',
    'email=%7B%22%24gt%22%3A%22%22%7D&password=x',
    '$where=sleep(1000)',
  ])('row 88: %s is refused by field', async (body) => {
    const answer = await nobody.post('/sign-in', body)
    await refusedPage(answer, 422, /aria-invalid="true"/)
  })

  it('row 90: that says who one is changes nothing, and the record tells of it', async () => {
    const claims = { role: 'coordinator', _id: 'a'.repeat(24), programmeAdmin: 'true' }
    const answer = await editor.post(NEW, protocol({ ...claims, partnershipId: 'b'.repeat(24) }))
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(
      new RegExp(`^${ST_PETERSBURG}/protocols/(?!a{24})`),
    )
    const db = mongo.db()
    const rows = db.collection('audit_entries')
    await expect.poll(() => rows.countDocuments({ kind: 'claim:ignored' })).toBe(1)
    const row = await rows.findOne({ kind: 'claim:ignored' })
    expect(row?.detail.fields.split(' ').sort()).toEqual([
      '_id',
      'partnershipId',
      'programmeAdmin',
      'role',
    ])
    const user = await db.collection('users').findOne({ _id: row?.by })
    expect(user).toMatchObject({
      email: 'physician.us@demo.twinward.example',
      programmeAdmin: false,
    })
  })

  it('row 95: of 10,000 fields is refused', async () => {
    const answer = await nobody.post('/sign-in', 'a=1&'.repeat(10_000))
    await refusedPage(answer, 400, /cannot be read/)
  })

  it('row 99: leads where its field says only if that is one line', async () => {
    const login = { email: 'viewer@demo.twinward.example', password: 'twinward-demo' }
    const form = new URLSearchParams({ ...login, redirectTo: '/x\r\nSet-Cookie: a=b' })
    const answer = await nobody.post('/sign-in', form)
    expect(answer.headers.get('location')).toBe('/partnerships')
    expect(answer.headers.getSetCookie().filter((each) => each.startsWith('a='))).toEqual([])
  })

  it('row 102: sent twice has one effect', async () => {
    const form = protocol({ titleEn: 'Sent twice' })
    const answers = await Promise.all([editor.post(NEW, form), editor.post(NEW, form)])
    answers.push(await editor.post(NEW, form))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1)
    expect(
      await mongo.db().collection('protocols').countDocuments({ 'title.en': 'Sent twice' }),
    ).toBe(1)
  })
})

describe('an address', () => {
  it.each(['PUT', 'DELETE', 'TRACE'])('row 87: is not changed by %s', async (method) => {
    const { host } = new URL(product.origin)
    const raw = request(`${method} /partnerships`, [`Host: ${host}`, 'Accept: text/html'])
    const { status, body } = await sendRaw(product.origin, raw)
    expect(status).toBe(405)
    expect(body).toMatch(/<h1>/)
  })

  it.each(['0'.repeat(24), 'a'.repeat(23), '[object Object]', 'A'.repeat(24), '{"$oid":"a"}'])(
    'row 91: with the id %s is a page that says so',
    async (id) => {
      for (const kind of ['protocols', 'discussions', 'resources']) {
        const answer = await editor.get(`${ST_PETERSBURG}/${kind}/${encodeURIComponent(id)}`)
        await refusedPage(answer, 404, /There is nothing at this address/)
      }
    },
  )

  it.each(['before=-1', 'before=NaN', 'before=1e9', `before=${'9'.repeat(400)}`])(
    'row 92: of a list at ?%s is refused',
    async (query) => {
      await refusedPage(await editor.get(`/notifications?${query}`), 422, /is not right/)
    },
  )

  it.each([
    '.*.*.*(a+)+$',
    '"',
    'the and of',
    '{"$gt":""}',
    '\\',
    'x'.repeat(10_000),
    '%',
    '$where',
  ])('row 93: of a search for %s breaks nothing', async (q) => {
    const answer = await editor.get(`${ST_PETERSBURG}/search?q=${encodeURIComponent(q)}`)
    expect(answer.status).toBe(200)
  })

  it.each(LOADERS)('row 94: of one loader, %s, is closed to %s', async (path, account) => {
    const answer = await (await signedIn(product.origin, account)).get(path)
    const text = await answer.text()
    expect([403, 404]).toContain(answer.status)
    expect(text).not.toMatch(/@demo|protocolCount|"items"|"members"|"threads"|Bemidji/)
  })

  it.each(['/%E0%A4%A', `${ST_PETERSBURG}/%ff`, '/sign-in%00'])(
    'row 96: as %s is refused by a page',
    async (path) => {
      const raw = request(`GET ${path}`, [
        `Host: ${new URL(product.origin).host}`,
        'Accept: text/html',
        'Accept-Language: ru',
      ])
      const { status, body } = await sendRaw(product.origin, raw)
      expect(status).toBe(400)
      expect(body).toContain('Этот адрес невозможно прочитать')
    },
  )

  it.each(['/%252e%252e/package.json', '/..%2f..%2fpackage.json', '/assets/..%2f..%2fserver.js'])(
    'row 96: as %s leads to nothing',
    async (path) => {
      const raw = request(`GET ${path}`, [`Host: ${new URL(product.origin).host}`])
      const { status, body } = await sendRaw(product.origin, raw)
      expect([400, 404]).toContain(status)
      expect(body).not.toContain('dependencies')
    },
  )

  it.each(['evil.example:99999999', 'evil.example', '"'])(
    'row 100: asked for with X-Forwarded-Host %s is the same page',
    async (name) => {
      const answer = await nobody.get('/sign-in', { 'x-forwarded-host': name })
      expect(answer.status).toBe(200)
      expect(await answer.text()).not.toContain('evil')
    },
  )

  it.each(FORMS_OF_ADDRESSES)('row 137: written as %s has one form', async (path, status, to) => {
    const raw = request(`GET ${path}`, [`Host: ${new URL(product.origin).host}`])
    const answer = await sendRaw(product.origin, raw)
    expect(answer.status).toBe(status)
    expect(/^location: (.*)$/im.exec(answer.head)?.[1] ?? null).toBe(to)
  })
})

describe('a language', () => {
  it.each([
    ['a header of 8 KB', { 'accept-language': `ru,${'x,'.repeat(4_000)}` }],
    ['a path in the cookie', { cookie: 'twinward_lang=../../etc/passwd' }],
    [
      '__proto__',
      { cookie: 'twinward_lang=__proto__', 'accept-language': '__proto__,constructor' },
    ],
    ['nothing known', { 'accept-language': 'zz,*;q=0.1' }],
  ])('row 97: asked for by %s is English', async (_what, headers) => {
    const text = await (await nobody.get('/sign-in?lng=../../etc/passwd', headers as never)).text()
    expect(text).toContain('<html lang="en"')
  })
})

describe('what people write', () => {
  it.each([
    ['98', '{{nest}} $t(errors:not_found) {{count}}'],
    ['104', '</script><script>alert(1)</script>'],
    ['104', '<img src=x onerror=alert(1)>\u2028"\'`'],
  ])('row %s: is text and nothing else: %s', async (_row, titleEn) => {
    const made = await editor.post(NEW, protocol({ titleEn }))
    expect(made.status).toBe(303)
    const page = await (await editor.get(made.headers.get('location') ?? '')).text()
    // what runs has this answer's nonce, and is ours
    const nonces = new Set(
      [...page.matchAll(/<script[^>]*?(?: nonce="([^"]+)")?[^>]*>/g)].map(([tag]) =>
        /nonce=|type="application\/json"/.test(tag),
      ),
    )
    expect(nonces).toEqual(new Set([true]))
    expect(page).not.toMatch(/<script>alert|<img src=x/)
    const shown = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(page)?.[1]?.replace(/<[^>]+>/g, '')
    expect(shown).not.toContain('There is nothing at this address')
    expect(shown).toMatch(/\{\{nest\}\} \$t|&lt;\/script&gt;|&lt;img/)
  })
})

describe('a bug', () => {
  it('row 105: shows its number and nothing else', async () => {
    const admin = await signedIn(product.origin, 'admin')
    await mongo
      .db()
      .collection('partnerships')
      .updateOne({ slug: 'togliatti-providence' }, { $set: { sides: null } })
    const text = await refusedPage(
      await admin.get('/partnerships/togliatti-providence?q=secret'),
      500,
      /Number of this request: [0-9a-f-]{36}/,
    )
    expect(text).not.toMatch(/TypeError|Cannot read|secret(?!")/)
    const [, id = ''] = /Number of this request: ([0-9a-f-]{36})/.exec(text) ?? []
    expect(product.output()).toContain(id)
  })
})

describe('a way on after signing in', () => {
  it.each(REDIRECTS)(
    'row 132, 133: %j stays on our own site and signs nobody out',
    async (redirectTo) => {
      const to =
        (await editor.get(`/sign-in?redirectTo=${encodeURIComponent(redirectTo)}`)).headers.get(
          'location',
        ) ?? ''
      const { origin, pathname } = new URL(to, product.origin)
      expect(origin).toBe(product.origin)
      expect(pathname).not.toMatch(/sign-out|^\/\//i)
      expect(to).not.toMatch(/[\\\s]/)
    },
  )
})

describe('a frame of somebody else', () => {
  it.each(['/sign-in', '/partnerships', '/nothing-here', '/%E0%A4%A', '/files/x'])(
    'row 136: does not get %s',
    async (path) => {
      const { headers } = await editor.get(path)
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-frame-options')).toBe('DENY')
    },
  )
})

describe('too many requests', () => {
  it.each([
    ['en', /Try again in \d+ seconds?/],
    ['ru', /Повторите через \d+ секунд/],
  ])('are told how long to wait, in %s', async (lang, words) => {
    const viewer = await signedIn(product.origin, lang === 'en' ? 'viewer' : 'reviewer')
    const ask = () => viewer.get(`${ST_PETERSBURG}/search?q=dose`, { 'accept-language': lang })
    let answer = await ask()
    for (let n = 0; n < 130 && answer.status === 200; n += 1) answer = await ask()
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    await refusedPage(answer, 429, words)
  })
})
