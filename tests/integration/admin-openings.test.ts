import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { AdminOpening } from '../../models/admin-opening'
import { AuditEntry } from '../../models/audit-entry'
import { Notification } from '../../models/notification'
import { readBearer } from '../../server/auth/sessions'
import { watchOpenings } from '../../server/jobs/openings'
import type { Actor } from '../../shared/actor'
import { until } from '../fixtures/collab'
import { ask } from '../setup/access/door'
import { type House, openHouse, type Who } from '../setup/access/house'
import { openLine } from '../setup/access/live'
import { closeAfterTest } from '../setup/closing'
import { connect, opened } from '../setup/sockets'

const REASON = 'A coordinator asked for help with a protocol.'
/** An end that is announced; one that comes by the clock. */
const ANNOUNCED_MS = 2_000
const BY_ITSELF_MS = 5_000

let house: House
beforeAll(async () => {
  house = await openHouse()
})

/** Another programme admin, who has opened nothing yet. */
async function newAdmin(): Promise<Who> {
  const { world } = house
  const actor = await world.admin()
  return { standing: 'programmeAdmin', actor, cookie: await world.cookie(actor) }
}

const post = (who: Who, fields: Record<string, string>) =>
  ask(house, who, `${house.base}/open`, fields)
const open = (who: Who, reason = REASON, clientKey = randomUUID()) =>
  post(who, { intent: 'open', reason, clientKey })
const read = (who: Who) => ask(house, who, `/api/v1/protocols/${house.things.draft}`)
const opens = (who: Who) => AdminOpening.find({ user: who.actor?.userId }).lean()

/** At work in what was opened: a live document and a page. */
async function workAs({ cookie }: Who) {
  const line = await openLine(house.origin, cookie, house.things.draft)
  const page = connect(house.origin, cookie)
  expect(await opened(page)).toBe('connected')
  const { partnershipId } = house.world
  const joined = await page.emitWithAck('partnership:join', { partnershipId })
  expect([line.status, joined.ok]).toEqual([101, true])
  return {
    page,
    closed: () => line.closed()?.code,
    ended: (ms: number) =>
      until('ended', () => line.closed() !== undefined && page.disconnected, ms),
  }
}

describe('opening as programme admin', () => {
  it('opens the content, for this session alone', async () => {
    const admin = await newAdmin()
    const elsewhere: Who = { ...admin, cookie: await house.world.cookie(admin.actor as Actor) }
    expect((await read(admin)).answer).toBe('forbidden')
    expect((await open(admin)).answer).toBe('done')
    expect((await read(admin)).answer).toBe('done')
    expect((await read(elsewhere)).answer).toBe('forbidden')
    const other = await house.elsewhere.protocol()
    expect((await ask(house, admin, `/api/v1/protocols/${other}`)).answer).toBe('forbidden')
  })

  it('is in the record, with its reason', async () => {
    const admin = await newAdmin()
    await open(admin)
    const { partnershipId } = house.world
    const rows = await AuditEntry.find({ by: admin.actor?.userId }).lean()
    expect(rows).toMatchObject([
      { kind: 'partnership:opened', detail: { reason: REASON, minutes: '60' } },
    ])
    expect(String(rows[0]?.partnership)).toBe(partnershipId)
  })

  it('is told to the coordinators, and shown to the members on their home page', async () => {
    const admin = await newAdmin()
    const reason = `A question about dosing ${randomUUID()}.`
    await open(admin, reason)
    const { coordinator, viewer, observer } = house.people
    const told = await Notification.find({ kind: 'opened', by: admin.actor?.userId }).lean()
    const userIds = told.map(({ user }) => String(user))
    expect(userIds).toContain(coordinator.actor?.userId)
    expect(userIds).not.toContain(viewer.actor?.userId)
    const { text } = await ask(house, coordinator, '/notifications.data')
    expect(text).toContain('opened')
    const home = (who: Who) => ask(house, who, `${house.base}.data`)
    expect((await home(viewer)).text).toContain(reason)
    // who does not see people does not see who of the programme was here
    expect((await home(observer)).text).not.toContain(reason)
  })

  it.each([
    ['too short', 'Because.', 'too_small|too_short|'],
    ['nothing but spaces', ' '.repeat(40), ''],
    ['too long', 'x'.repeat(501), ''],
  ])('wants a reason: one that is %s comes back to be mended', async (_what, reason) => {
    const admin = await newAdmin()
    const { answer, text } = await ask(house, admin, `${house.base}/open.data`, {
      intent: 'open',
      reason,
      clientKey: randomUUID(),
    })
    expect(answer).toBe('odd: 422')
    expect(text).toContain('invalid_input')
    expect(text).toContain(reason.trim().slice(0, 20))
    expect(await opens(admin)).toEqual([])
  })

  it('is one opening, however often the form is sent', async () => {
    const admin = await newAdmin()
    const clientKey = randomUUID()
    await Promise.all([open(admin, REASON, clientKey), open(admin, REASON, clientKey)])
    await open(admin)
    expect(await opens(admin)).toHaveLength(1)
    expect(await AuditEntry.countDocuments({ by: admin.actor?.userId })).toBe(1)
  })

  it('lasts an hour', async () => {
    const admin = await newAdmin()
    await open(admin)
    const [row] = await opens(admin)
    expect((row?.until.getTime() ?? 0) - (row?.at.getTime() ?? 0)).toBe(60 * 60_000)
    const at = new Date((row?.until.getTime() ?? 0) - 1)
    const openedAt = async (now: Date) =>
      (await readBearer({ headers: { cookie: admin.cookie } }, now))?.actor.opened
    expect(await openedAt(at)).toEqual([house.world.partnershipId])
    expect(await openedAt(new Date(at.getTime() + 1))).toBeUndefined()
  })
})

describe('its end', () => {
  it('comes early when asked for, and with it the live document and the page', async () => {
    const admin = await newAdmin()
    await open(admin)
    // the opening itself is a change of access, which reconnects what was open
    const work = await workAs(admin)
    expect((await post(admin, { intent: 'end' })).answer).toBe('done')
    await work.ended(ANNOUNCED_MS)
    expect(work.closed()).toBe(4410)
    expect((await read(admin)).answer).toBe('forbidden')
    const again = connect(house.origin, admin.cookie)
    await opened(again)
    const { partnershipId } = house.world
    expect(await again.emitWithAck('partnership:join', { partnershipId })).toEqual({
      ok: false,
      code: 'forbidden',
    })
  })

  it('comes by itself when the hour is over, and is told to every door', async () => {
    const { services, log } = house.world
    const watch = watchOpenings({ services, log })
    closeAfterTest(() => watch.close())
    const admin = await newAdmin()
    await open(admin)
    const work = await workAs(admin)
    const soon = new Date(Date.now() + 300)
    await AdminOpening.updateOne({ user: admin.actor?.userId }, { $set: { until: soon } })
    await work.ended(BY_ITSELF_MS)
    expect(work.closed()).toBe(4410)
    expect((await read(admin)).answer).toBe('forbidden')
  })
})
