import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { AuditEntry } from '../../models/audit-entry'
import { Upload } from '../../models/upload'
import { User } from '../../models/user'
import { watchAccess } from '../../server/adapters/access-watch'
import { hashPassword } from '../../server/auth/passwords'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import type { Actor } from '../../shared/actor'
import { until } from '../fixtures/collab'
import { closeAfterTest } from '../setup/closing'
import { connect, opened } from '../setup/sockets'
import { pathOf, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

const PASSWORD = 'ветер с залива 7'
const NEXT = 'утром туман над рекой'
/** Longest until what runs in an ended session has ended, milliseconds. */
const ENDED_MS = 2_000
const LENGTH = 8_000_000

async function signedIn(world: World, email: string, agent?: string) {
  const from = { address: '198.51.100.10', agent }
  const { token } = await world.services.signIn.signIn({ email, password: PASSWORD }, from)
  const cookie = `${SESSION_COOKIE}=${token}`
  const bearer = await readBearer({ headers: { cookie } }, new Date())
  if (!bearer) throw new Error('no session')
  return { cookie, actor: bearer.actor }
}

async function account() {
  const world = await createWorld()
  const passwordHash = await hashPassword(PASSWORD)
  const { userId } = await world.member('editor', 'a', { passwordHash })
  const email = (await User.findById(userId).lean())?.email ?? ''
  return { world, email, userId }
}

async function item({ services, member, partnershipId }: World): Promise<string> {
  const described = { titleEn: 'Missed doses', titleRu: '', aboutEn: '', aboutRu: '' }
  const { id } = await services.resources.createResource(
    await member('coordinator'),
    partnershipId,
    {
      ...described,
      kind: 'leaflet',
      clientKey: randomUUID(),
    },
  )
  return id
}

/** A session at work: a live document, a page, and a file on its way that never ends by itself. */
async function atWork(world: World, origin: string, cookie: string) {
  const protocol = await world.protocol()
  const url = `${origin.replace('http', 'ws')}/collab/${protocol}?ack=1`
  const document = new WebSocket(url, { headers: { cookie, origin } })
  closeAfterTest(() => document.terminate())
  let closed: number | undefined
  document.on('close', (code) => {
    closed = code
  })
  await new Promise((resolve, reject) => document.on('open', resolve).on('error', reject))
  const page = connect(origin, cookie)
  expect(await opened(page)).toBe('connected')

  const metadata = {
    filename: 'leaflet.pdf',
    resourceId: await item(world),
    lang: 'en',
    status: 'draft',
  }
  const path = pathOf(await tusOf(origin, cookie).create(LENGTH, metadata))
  const upload = send(origin, cookie, path)
  await until('bytes come', async () => (await offsetOf(path)) > 0, 8_000)
  return { closed: () => closed, page, upload, path }
}

/** A body that goes on, a little at a time, until the line is cut. */
function send(origin: string, cookie: string, path: string) {
  const headers = {
    cookie,
    origin,
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
    'upload-offset': '0',
    'content-length': String(LENGTH),
  }
  const sending = request(`${origin}${path}`, { method: 'PATCH', headers })
  const state = { ended: false }
  const end = () => {
    state.ended = true
    clearInterval(timer)
  }
  sending.on('error', end).on('close', end)
  const head = Buffer.alloc(1_100_000, 32)
  head.write('%PDF-1.7\n')
  sending.write(head)
  const timer = setInterval(() => sending.write(Buffer.alloc(1_000, 32)), 50)
  closeAfterTest(() => {
    end()
    sending.destroy()
  })
  return state
}

async function offsetOf(path: string): Promise<number> {
  return (await Upload.findById(path.split('/').at(-1)).lean())?.offset ?? 0
}

describe('one’s sessions', () => {
  it('are listed with what is known of their devices, the present one first', async () => {
    const { world, email } = await account()
    const firefox = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'
    const here = await signedIn(world, email, firefox)
    await signedIn(world, email)
    const list = await world.services.sessions.listSessions(here.actor)
    expect(list[0]).toMatchObject({
      id: here.actor.sessionId,
      current: true,
      shared: false,
      device: { browser: 'Firefox', system: 'Windows' },
    })
    expect(list.slice(1).map(({ current }) => current)).toEqual([false, false])
    expect(JSON.stringify(list)).not.toContain('tokenHash')
  })

  it('end one by one, and nobody ends somebody else’s', async () => {
    const { world, email } = await account()
    const [here, there] = [await signedIn(world, email), await signedIn(world, email)]
    const stranger = await world.stranger()
    const { sessionId } = there.actor
    const end = (actor: Actor) => world.services.sessions.endSession(actor, sessionId)
    await expect(end(stranger)).rejects.toMatchObject({ code: 'not_found' })
    expect(await readBearer({ headers: { cookie: there.cookie } }, new Date())).not.toBeNull()
    await end(here.actor)
    expect(await readBearer({ headers: { cookie: there.cookie } }, new Date())).toBeNull()
    await expect(end(here.actor)).rejects.toMatchObject({ code: 'not_found' })
    const row = await AuditEntry.findOne({ kind: 'session:ended', by: here.actor.userId }).lean()
    expect(row?.subject).toEqual({ session: sessionId })
  })

  it('end all but this one', async () => {
    const { world, email } = await account()
    const [here, there] = [await signedIn(world, email), await signedIn(world, email)]
    expect(await world.services.sessions.endOtherSessions(here.actor)).toBe(2)
    expect(await readBearer({ headers: { cookie: there.cookie } }, new Date())).toBeNull()
    expect(await readBearer({ headers: { cookie: here.cookie } }, new Date())).not.toBeNull()
  })
})

describe('what runs in a session', () => {
  it('row 148: ends within two seconds of a change of the password, on another process', async () => {
    const { world, email } = await account()
    // another process of the installation: what it hears, the database tells it
    const other = await createWorld()
    const watch = watchAccess(other, 200)
    closeAfterTest(() => watch.close())
    const { origin } = await other.serve()
    const [here, there] = [await signedIn(world, email), await signedIn(world, email)]
    const work = await atWork(world, origin, there.cookie)
    const stays = connect(origin, await world.cookie(await world.member('viewer')))
    expect(await opened(stays)).toBe('connected')

    const input = { currentPassword: PASSWORD, password: NEXT }
    await world.services.passwords.changePassword(here.actor, input, {})
    const isOver = () => work.closed() !== undefined && work.page.disconnected && work.upload.ended
    await until('all of it ended', isOver, ENDED_MS)
    expect(work.closed()).toBe(4401)
    expect((await tusOf(origin, there.cookie).head(work.path)).status).toBe(401)
    expect(stays.connected).toBe(true)
    // what had come is kept for them to go on with
    expect(await offsetOf(work.path)).toBeGreaterThan(1_000_000)
  })

  it('row 148: ends within two seconds when it is ended from another device, and this one goes on', async () => {
    const { world, email } = await account()
    const { origin } = await world.serve()
    const [here, there] = [await signedIn(world, email), await signedIn(world, email)]
    const [mine, theirs] = [
      await atWork(world, origin, here.cookie),
      await atWork(world, origin, there.cookie),
    ]
    await world.services.sessions.endSession(here.actor, there.actor.sessionId)
    const isOver = () =>
      theirs.closed() !== undefined && theirs.page.disconnected && theirs.upload.ended
    await until('all of it ended', isOver, ENDED_MS)
    const before = await offsetOf(mine.path)
    await until('mine goes on', async () => (await offsetOf(mine.path)) > before, 8_000)
    expect([mine.closed(), mine.upload.ended, mine.page.connected]).toEqual([
      undefined,
      false,
      true,
    ])
  })

  it('cuts an upload within two seconds of its sender’s removal, and of a lesser role', async () => {
    const { world, email } = await account()
    const { origin } = await world.serve()
    for (const lose of [world.remove, (actor: Actor) => world.setRole(actor, 'viewer')]) {
      const { cookie, actor } = await signedIn(world, email)
      const work = await atWork(world, origin, cookie)
      await lose(actor)
      await until('the upload ended', () => work.upload.ended, ENDED_MS)
      const { status } = await tusOf(origin, cookie).head(work.path)
      expect([403, 404]).toContain(status)
      const { Membership } = await import('../../models/membership')
      await Membership.updateOne(
        { user: actor.userId },
        { $set: { status: 'active', role: 'editor' } },
      )
    }
  })
})
