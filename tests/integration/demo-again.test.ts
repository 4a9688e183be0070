import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import pino from 'pino'
import { beforeAll, describe, expect, it } from 'vitest'
import { Attention } from '../../models/attention'
import { DemoSeed } from '../../models/demo-seed'
import { Notification } from '../../models/notification'
import { Protocol } from '../../models/protocol'
import { Rendition } from '../../models/rendition'
import { Resource } from '../../models/resource'
import { SearchText } from '../../models/search-text'
import { StorageUse } from '../../models/storage-use'
import { Thread } from '../../models/thread'
import { Workshop } from '../../models/workshop'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import { type DemoWorld, seedDemo } from '../../server/demo'
import { keepDemoNow } from '../../server/demo/keep-now'
import { LANGUAGES } from '../../shared/languages'
import { createWorld, type World } from '../setup/world'

const FIRST_START = new Date('2026-03-02T10:00:00.000Z')

let world: World
beforeAll(async () => {
  world = await createWorld()
  await seed()
}, 60_000)

function seed(fields: Partial<DemoWorld> = {}): Promise<void> {
  return seedDemo({
    clock: { now: () => FIRST_START },
    live: world.collab.live,
    storage: world.storage,
    secrets: world.ports.secrets,
    filesDir: 'server/demo/files',
    say: () => {},
    ...fields,
  })
}

/** As a start after the data got more rows. */
async function seedAgain(): Promise<void> {
  await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: 0 } })
  await seed()
}

async function actorOf(key: string) {
  const email = `${key}@demo.twinward.example`
  const attempt = { email, password: 'twinward-demo' }
  const { token } = await world.services.signIn.signIn(attempt, { address: '127.0.0.1' })
  const bearer = await readBearer({ headers: { cookie: `${SESSION_COOKIE}=${token}` } }, new Date())
  if (!bearer) throw new Error(`${key} has no session`)
  const [{ partnershipId } = { partnershipId: '' }] = bearer.actor.memberships
  return { actor: bearer.actor, partnershipId }
}

describe('every thread of the demonstration', () => {
  it('is found by its own title, in either language', async () => {
    const { actor, partnershipId } = await actorOf('physician.ru')
    const missing: string[] = []
    for (const { _id, title } of await Thread.find({ partnership: partnershipId }).lean()) {
      for (const lang of LANGUAGES) {
        const q = title[lang]
        if (!q) continue
        const hits = await world.services.search.search(actor, partnershipId, { q, kind: 'thread' })
        if (!hits.some(({ id }) => id === String(_id))) missing.push(q)
      }
    }
    expect(missing).toEqual([])
  })

  it('has its title among what is found, in every partnership', async () => {
    for (const { _id, partnership, title } of await Thread.find({ demo: true }).lean()) {
      const parts = await SearchText.find({ partnership, of: _id, part: /^title / }).lean()
      expect(parts.map(({ text }) => text).toSorted()).toEqual(
        LANGUAGES.flatMap((lang) => title[lang] ?? []).toSorted(),
      )
    }
  })
})

describe('seedDemo, after people have changed things', { timeout: 60_000 }, () => {
  it('starts where one has put a file of their own in the place of ours, and leaves it', async () => {
    const { actor, partnershipId } = await actorOf('coordinator.ru')
    const ours = await Rendition.findOne({
      partnership: partnershipId,
      demo: true,
      current: true,
    }).lean()
    if (!ours) throw new Error('no rendition')
    const id = String(ours.resource)
    const change = world.services.resources.changeResource
    await change(actor, id, { intent: 'remove', renditionId: String(ours._id) }, partnershipId)
    const url = 'https://example.org/ours.pdf'
    const added = { intent: 'link', lang: ours.lang, url, status: 'original' } as const
    await change(actor, id, { ...added, clientKey: randomUUID() }, partnershipId)
    const before = await libraryOf(partnershipId)
    await seedAgain()
    expect(await libraryOf(partnershipId)).toEqual(before)
    const current = await Rendition.find({ resource: id, lang: ours.lang, current: true }).lean()
    expect(current.map((row) => row.url)).toEqual([url])
  })

  it('starts where somebody was told of the same already', async () => {
    const row = await Notification.findOne({ demo: true, kind: 'drift' }).lean()
    if (!row) throw new Error('no notice')
    await Notification.deleteOne({ _id: row._id })
    await Notification.create({ ...row, _id: new Types.ObjectId(), demo: false })
    await seedAgain()
    const { user, event } = row
    expect(await Notification.find({ user, event }).lean()).toMatchObject([{ demo: false }])
  })

  it('refuses what is wrong with a row instead of leaving it out', async () => {
    await world.db.command({ collMod: 'terms', validator: { en: { $ne: 'adherence' } } })
    await world.db.collection('terms').deleteMany({})
    await expect(seedAgain()).rejects.toThrow('validation')
    await world.db.command({ collMod: 'terms', validator: {} })
    await seedAgain()
  })

  it('lets one of two processes that start at once do it, and the other wait', async () => {
    await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: 0 } })
    const said: string[] = []
    const say = (line: string) => said.push(line)
    await Promise.all([seed({ say }), seed({ say }), seed({ say })])
    expect(said).toHaveLength(1)
    expect(await world.db.collection('locks').countDocuments()).toBe(0)
  })

  it('notes all that a protocol needs or nothing, when it is killed', async () => {
    const rowsOf = () =>
      Attention.find({ protocol }, { _id: 0, __v: 0 }).sort({ unit: 1, needs: 1 }).lean()
    const drift = await Attention.findOne({ kind: 'drift', unit: 'adh-18' }).lean()
    const protocol = drift?.protocol
    const whole = await rowsOf()
    expect(whole.length).toBeGreaterThan(2)
    await Attention.deleteMany({ protocol })
    // the last of them cannot be written
    const last = whole.findLast(({ unit }) => unit !== null)?.unit
    await world.db.command({ collMod: 'attention', validator: { unit: { $ne: last } } })
    await expect(seedAgain()).rejects.toThrow('validation')
    expect(await rowsOf()).toEqual([])
    await world.db.command({ collMod: 'attention', validator: {} })
    await Protocol.updateOne({ _id: protocol }, { $set: { editedAt: new Date() } })
    await seedAgain()
    const who = (rows: typeof whole) => rows.map(({ unit, by }) => [unit, String(by)])
    expect(who(await rowsOf())).toEqual(who(whole))
  })
})

describe('a demonstration that runs for days', () => {
  it('has one workshop that goes on now, and one that lies ahead', async () => {
    const weeksLater = new Date(FIRST_START.getTime() + 20 * 86_400_000)
    const clock = { now: () => weeksLater }
    const overdue = { demo: true, status: { $in: ['live', 'announced'] } } as const
    expect(await Workshop.countDocuments({ ...overdue, endsAt: { $lte: weeksLater } })).toBe(2)
    const keeping = keepDemoNow({ clock, log: pino({ level: 'silent' }) }, 20)
    await expect
      .poll(() => Workshop.countDocuments({ ...overdue, endsAt: { $gt: weeksLater } }))
      .toBe(2)
    await keeping.close()
    const [live] = await Workshop.find({ demo: true, status: 'live' }).lean()
    expect(live?.startsAt.getTime()).toBeLessThan(weeksLater.getTime())
  })
})

async function libraryOf(partnership: string) {
  return {
    items: await Resource.find({ partnership }).sort({ _id: 1 }).lean(),
    renditions: await Rendition.find({ partnership }).sort({ _id: 1 }).lean(),
    use: await StorageUse.findById(partnership).lean(),
  }
}
