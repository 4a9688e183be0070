import { beforeAll, describe, expect, it } from 'vitest'
import { MailItem } from '../../models/mail'
import { User } from '../../models/user'
import { pagesFromSources } from '../setup/access/pages'
import { createWorld, type World } from '../setup/world'

/** Where somebody was going who had to sign in first. */

let world: World
let origin: string
let email: string
const PLACE = '/partnerships/x/protocols?view=mine'
const ENCODED = new URLSearchParams({ redirectTo: PLACE }).toString()

beforeAll(async () => {
  world = await createWorld()
  ;({ origin } = await world.serve(await pagesFromSources()))
  const actor = await world.member('editor')
  email = (await User.findById(actor.userId).lean())?.email ?? ''
})

async function ask(path: string, cookie = '', fields?: Record<string, string>) {
  const answer = await fetch(`${origin}${path}`, {
    headers: { origin, cookie },
    redirect: 'manual',
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  })
  await answer.text()
  return {
    status: answer.status,
    to: answer.headers.get('location'),
    cookies: answer.headers.getSetCookie(),
  }
}
const cookieOf = (cookies: string[]) => cookies.map((each) => each.split(';')[0]).join('; ')

describe('the way back', () => {
  it('is on the page for the code too, so that another one can be asked for', async () => {
    const asked = await ask('/sign-in/code', '', { intent: 'ask', email, redirectTo: PLACE })
    expect(asked).toMatchObject({ status: 303, to: `/sign-in/code?${ENCODED}` })
    const home = await ask('/sign-in/code', '', { intent: 'ask', email, redirectTo: '' })
    expect(home.to).toBe('/sign-in/code')
    const foreign = { intent: 'ask', email, redirectTo: '//evil.example/x' }
    expect((await ask('/sign-in/code', '', foreign)).to).toBe('/sign-in/code')
  })

  it('goes on after a password was set by a link, in the browser that asked for it', async () => {
    const asked = await ask('/password', '', { email, redirectTo: PLACE })
    expect(asked.to).toBe(`/password?sent&${ENCODED}`)
    const find = () => MailItem.findOne({ to: email, template: 'password-link' }).lean()
    await expect.poll(find).not.toBeNull()
    const path = String((await find())?.values.path)
    expect(path).not.toContain('redirectTo')
    const link = await ask(path, cookieOf(asked.cookies))
    const here = cookieOf([...asked.cookies, ...link.cookies])
    const set = await ask('/password/new', here, { password: 'утром туман над рекой' })
    expect(set).toMatchObject({ status: 303, to: `/sign-in?password-set&${ENCODED}` })
    expect(set.cookies.some((each) => /^twinward_place=;.*Max-Age=0/.test(each))).toBe(true)
  })

  it.each([
    ['another host', '//evil.example'],
    ['an address', 'https://evil.example/'],
    ['the way out', '/sign-out'],
    ['more than a cookie holds', `/${'x'.repeat(1_500)}`],
  ])('is home where the cookie says %s', async (_what, place) => {
    const { services } = world
    const { userId } = await world.member('editor')
    const other = (await User.findById(userId).lean())?.email ?? ''
    await services.passwords.askLink({ email: other }, { address: '198.51.100.60' })
    const find = () => MailItem.findOne({ to: other, template: 'password-link' }).lean()
    await expect.poll(find).not.toBeNull()
    const token =
      String((await find())?.values.path)
        .split('/')
        .at(-1) ?? ''
    const forged = encodeURIComponent(place)
    const asked = await ask('/password', '', { email, redirectTo: place })
    expect(asked.cookies.join()).not.toContain('evil')
    const cookie = `twinward_link=${token}; ${
      place.length > 1_000 ? cookieOf(asked.cookies) : `twinward_place=${forged}`
    }`
    const set = await ask('/password/new', cookie, { password: 'утром туман над рекой' })
    expect(set.to).toBe('/sign-in?password-set')
  })
})

describe('the cookie of an invitation', () => {
  it('comes along where the page asks for its data, and ends with the browser', async () => {
    const { to, cookies } = await ask(`/invitations/${'A'.repeat(43)}`)
    expect(to).toBe('/join')
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(/^twinward_invitation=A+; Path=\/; HttpOnly; SameSite=Lax$/)
  })
})
