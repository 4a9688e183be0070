import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addressOf, entriesOf, fileRoutes, pagesFromSources } from '../setup/access/pages'
import { createWorld } from '../setup/world'

/** Bodies that are no form, to every page that takes one; found from the routes on disk. */

let origin: string
let cookie: string

const routes = fileRoutes()
const PAGES = routes
  .filter((route) => entriesOf(route).includes('action'))
  .map((route) => addressOf(route, routes))
const NOTHING = 'f'.repeat(24)

let pages: Awaited<ReturnType<typeof pagesFromSources>>
beforeAll(async () => {
  pages = await pagesFromSources()
})
// a world each: what one test writes counts for its address alone
beforeEach(async () => {
  const world = await createWorld()
  ;({ origin } = await world.serve(pages))
  cookie = await world.cookie(await world.member('coordinator'))
})

const part = '--x\r\ncontent-disposition: form-data; name="intent"\r\n\r\nenter'
const SENT = [
  ['multipart without a boundary', 'multipart/form-data', `${part}\r\n--x--\r\n`],
  ['multipart of another boundary', 'multipart/form-data; boundary=y', `${part}\r\n--x--\r\n`],
  ['multipart that ends too early', 'multipart/form-data; boundary=x', part],
  ['multipart of nothing', 'multipart/form-data; boundary=x', ''],
  ['multipart with a broken head', 'multipart/form-data; boundary=x', '--x\r\n\0\r\n\r\n'],
  ['a form of broken escapes', 'application/x-www-form-urlencoded', '%=%zz&%00=\0&&='],
  ['text', 'text/plain', 'intent=enter'],
  ['JSON', 'application/json', '{"intent":"enter"}'],
  ['nothing of no type', '', ''],
  ['a type that is none', 'multipart/form-data/;;', part],
] as const

/** By somebody who is in and by nobody, to the page and to its data. */
async function statuses(page: string, type: string, body: string): Promise<string[]> {
  const path = page.replace(/:\w+/g, NOTHING)
  const asked = [path, `${path}.data`].flatMap((to) => [
    [to, { cookie }] as const,
    [to, {}] as const,
  ])
  return Promise.all(
    asked.map(async ([to, who]) => {
      const headers = { origin, ...who, ...(type ? { 'content-type': type } : {}) }
      const bytes = new TextEncoder().encode(body)
      const answer = await fetch(`${origin}${to}`, {
        method: 'POST',
        headers,
        body: bytes,
        redirect: 'manual',
      })
      expect(await answer.text()).not.toMatch(/\bat \S+ \(|node_modules|\.ts:\d/)
      return `${answer.status} ${to}`
    }),
  )
}

describe('a body that is no form', () => {
  it.each(SENT)(
    'row 86, 96: %s is never a failure of ours, at any form',
    async (_what, type, body) => {
      expect(PAGES.length).toBeGreaterThan(25)
      const failed: string[] = []
      for (const page of PAGES) {
        const all = await statuses(page, type, body)
        failed.push(...all.filter((status) => /^(?:5|429)/.test(status)))
      }
      expect(failed).toEqual([])
    },
  )

  it.each([
    '/sign-in',
    '/sign-in/code',
    '/sign-in/second',
    '/sign-in/passkey',
    '/password',
    '/password/new',
    '/account/security',
    '/account/security/totp',
    '/account/tokens',
    '/join',
  ])('row 86, 96: is refused by name at %s', async (path) => {
    const invited = { cookie: `${cookie}; twinward_invitation=${'A'.repeat(43)}` }
    const send = async (type: string, body: string) => {
      const headers = { origin, ...invited, 'content-type': type }
      const to = `${origin}${path}`
      const bytes = new TextEncoder().encode(body)
      return (await fetch(to, { method: 'POST', headers, body: bytes, redirect: 'manual' })).status
    }
    for (const [, type, body] of SENT.slice(0, 3)) expect(await send(type, body)).toBe(400)
    expect(await send('text/plain', 'intent=enter')).toBe(415)
    expect(await send('application/json', '{}')).toBe(415)
  })
})
