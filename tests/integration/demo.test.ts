import mongoose from 'mongoose'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DemoSeed } from '../../models/demo-seed'
import { Partnership } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { User } from '../../models/user'
import { readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import { type DemoWorld, seedDemo } from '../../server/demo'
import { PARTNERSHIPS } from '../../server/demo/content'
import { countUnits, deriveUnits } from '../../shared/editor/alignment'
import { protocolSchema } from '../../shared/editor/schema'
import { LANGUAGES, type Language } from '../../shared/languages'
import { cases } from '../setup/runs'
import { createWorld, type World } from '../setup/world'

/** The accounts of the sign-in page, in the order of the tour. */
const OFFERED = [
  'physician.ru',
  'physician.us',
  'reviewer',
  'coordinator.ru',
  'coordinator.us',
  'viewer',
  'observer',
  'admin',
  'stranger',
].map((key) => `${key}@demo.twinward.example`)

/** Collections that came with the second version: what goes on in the partnerships. */
const LIVING = [
  'threads',
  'replies',
  'readings',
  'translation_requests',
  'resources',
  'renditions',
  'file_pieces',
  'storage_use',
  'terms',
  'notifications',
  'visits',
  'attention',
  'search_texts',
] as const

/** Collections whose rows have no fixed id: they are made from other rows. */
const DERIVED: readonly string[] = ['attention', 'search_texts']

/** Collections that the demonstration writes, the live documents' log among them. */
const WRITTEN = [
  'institutions',
  'users',
  'partnerships',
  'memberships',
  'protocols',
  'marks',
  'demo_seed',
  'collab_rooms',
  'collab_log',
  'collab_clients',
  ...LIVING,
] as const

let world: World
beforeAll(async () => {
  world = await createWorld()
})

describe('seedDemo, on an empty database', () => {
  beforeAll(async () => {
    await dropAll()
    whole = await atOnce()
  })

  it('inserts nothing twice', async () => {
    const before = await everything()
    const said: string[] = []
    await seed({ say: (line) => said.push(line) })
    await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: 0 } })
    await seed()
    expect(await everything()).toEqual(before)
    expect(said).toEqual([])
  })

  it('keeps what people changed when more is loaded', async () => {
    const one = await Protocol.findOne({ demo: true }).lean()
    const title = { en: 'Renamed', ru: 'Переименован' }
    await Protocol.updateOne({ _id: one?._id }, { $set: { title, status: 'withdrawn' } })
    await User.updateOne({ email: OFFERED[0] }, { $set: { lang: 'en' } })
    // the search follows what it is made from
    const { search_texts: _, ...changed } = await everything()
    await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: 0 } })
    await seed()
    expect(await everything()).toMatchObject(changed)
    await Protocol.replaceOne({ _id: one?._id }, one ?? {})
    await User.updateOne({ email: OFFERED[0] }, { $set: { lang: 'ru' } })
  })

  it('offers nine accounts in the order of the tour, with their place and role', async () => {
    const offered = await world.services.accounts.listDemoAccounts()
    expect(offered.map((each) => each.email)).toEqual(OFFERED)
    expect(offered[0]).toEqual({
      email: 'physician.ru@demo.twinward.example',
      name: {
        given: 'Дмитрий',
        patronymic: 'Андреевич',
        family: 'Корсаков',
        latin: 'Dmitriy Korsakov',
      },
      languages: ['ru'],
      programmeAdmin: false,
      role: 'editor',
      cadre: 'physician',
      place: { en: 'St Petersburg', ru: 'Санкт-Петербург' },
      tone: 'a',
      partnership: { en: 'St Petersburg / New Haven', ru: 'Санкт-Петербург / Нью-Хейвен' },
    })
    expect(offered.map((each) => each.role)).toEqual([
      'editor',
      'editor',
      'reviewer',
      'coordinator',
      'coordinator',
      'viewer',
      'observer',
      null,
      'editor',
    ])
  })

  it.each(OFFERED)('lets %s sign in', async (email) => {
    const actor = await signedIn(email)
    const slugs = await world.services.partnerships.listMyPartnerships(actor)
    const mine = slugs.filter((each) => each.myRole !== null).map((each) => each.slug)
    if (actor.programmeAdmin) expect(mine).toEqual([])
    else if (email.startsWith('stranger')) expect(mine).toEqual(['saratov-bemidji'])
    else expect(mine).toEqual(['st-petersburg-new-haven'])
  })

  it('lets nobody else sign in', async () => {
    const other = await User.findOne({ email: 'shcheglova@demo.twinward.example' }).lean()
    expect(other?.demo).toBe(false)
    const attempt = { email: other?.email ?? '', password: 'twinward-demo' }
    await expect(
      world.services.signIn.signIn(attempt, { address: '127.0.0.1' }),
    ).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
  })

  it('keeps the counts of every partnership and protocol as its rows are', async () => {
    for (const { slug, members, protocols } of PARTNERSHIPS) {
      const partnership = await Partnership.findOne({ slug }).lean()
      expect(partnership).toMatchObject({
        memberCount: members.length,
        protocolCount: protocols.length,
      })
      const coordinator = members.find((each) => each.role === 'coordinator')
      const actor = await actorOf(`${coordinator?.key}@demo.twinward.example`)
      const id = String(partnership?._id)
      expect(await world.services.partnerships.listMembers(actor, id)).toHaveLength(members.length)
      expect(await world.services.protocols.listProtocols(actor, id)).toHaveLength(protocols.length)
    }
  })

  it('shows an observer what is in force, and nothing else', async () => {
    const observer = await signedIn('observer@demo.twinward.example')
    const [partnershipId = ''] = observer.memberships.map((each) => each.partnershipId)
    const listed = await world.services.protocols.listProtocols(observer, partnershipId)
    expect(listed.map((each) => each.title.en)).toEqual(['First-line ART: start and monitoring'])
  })

  it('gives every protocol a valid text, aligned, whose counts are those derived from it', async () => {
    const rows = await Protocol.find({ demo: true }).lean()
    expect(rows).toHaveLength(8)
    for (const row of rows) {
      const at = { partnership: String(row.partnership), room: String(row._id) }
      const { body, blocks, ledger } = await world.collab.live.read(at)
      for (const lang of LANGUAGES) {
        expect(() => protocolSchema.nodeFromJSON(body[lang]).check()).not.toThrow()
        const uids = blocks[lang].map((block) => block.uid)
        expect(new Set(uids).size).toBe(uids.length)
        for (const { uid, unit } of blocks[lang]) {
          expect(uid).toMatch(/^[A-Za-z0-9_-]{1,40}$/)
          expect(unit).toMatch(/^[A-Za-z0-9_-]{1,40}$/)
        }
      }
      const units = deriveUnits(blocks, ledger)
      expect(row.counts).toEqual(countUnits(units))
      expect(row.counts.units).toBeGreaterThanOrEqual(8)
      expect(units.filter((each) => each.moved || each.state === 'duplicate')).toEqual([])
      expect(firstTexts(blocks)).toEqual({
        en: 'Demonstration text, not for clinical use',
        ru: 'Учебный пример, не для клинического применения',
      })
    }
  })

  it('has every number of a text that agrees in both languages', async () => {
    const rows = await Protocol.find({ demo: true }).lean()
    for (const row of rows) {
      const at = { partnership: String(row.partnership), room: String(row._id) }
      const { blocks, ledger } = await world.collab.live.read(at)
      const agreed = deriveUnits(blocks, ledger).filter((each) =>
        ['in-sync', 'reviewed', 'draft'].includes(each.state),
      )
      for (const { unit, text } of agreed) {
        expect([unit, numbersOf(text.ru)]).toEqual([unit, numbersOf(text.en)])
      }
    }
  })
})

describe('seedDemo, on what it has written', { timeout: 90_000 }, () => {
  beforeAll(async () => {
    await dropAll()
    await seed()
  })

  it('adds what is new to a database of the first version', async () => {
    const whole = await everything()
    for (const name of LIVING) await world.db.collection(name).deleteMany({})
    await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: 1 } })
    await seed({ clock: { now: () => new Date(FIRST_START.getTime() + 86_400_000) } })
    expect(await everything()).toEqual(whole)
  })

  it('is finished when the text was written and its row was not', async () => {
    const whole = await everything()
    await Protocol.deleteMany({})
    await Partnership.deleteMany({})
    await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: 0 } })
    await seed()
    expect(await everything()).toEqual(whole)
  })
})

describe('seedDemo, killed', { timeout: 90_000 }, () => {
  afterEach(() => dropAll())

  // 0: at the first text; 3: within the second partnership; 5: at the last text
  it.each(cases([0, 3, 5]))(
    'is finished by the next start when it ended after %i texts',
    async (texts) => {
      await dropAll()
      let seeded = 0
      const dying: DemoWorld['live'] = {
        async seed(at, update) {
          if (seeded++ === texts) throw new Error('killed')
          await world.collab.live.seed(at, update)
        },
        read: world.collab.live.read,
      }
      await expect(seed({ live: dying })).rejects.toThrow('killed')
      await expectFinished()
    },
  )

  // 0: at the first file; 30: within the last partnerships; the library is the middle of the rest
  it.each(cases([0, 30]))(
    'is finished by the next start when it ended after %i files',
    async (files) => {
      await dropAll()
      let stored = 0
      const dying: DemoWorld['storage'] = {
        ...world.storage,
        async append(key, offset, bytes) {
          const end = await world.storage.append(key, offset, bytes)
          if (stored++ === files) throw new Error('killed')
          return end
        },
      }
      await expect(seed({ storage: dying })).rejects.toThrow('killed')
      await expectFinished()
    },
  )
})

/** The second start is a day later; times still follow the first one. */
async function expectFinished(): Promise<void> {
  await seed({ clock: { now: () => new Date(FIRST_START.getTime() + 86_400_000) } })
  const halves = await everything()
  await dropAll()
  expect(halves).toEqual(await atOnce())
}

let whole: Record<string, unknown[]> | undefined

/** What a load without a break leaves, on an empty database. */
async function atOnce(): Promise<Record<string, unknown[]>> {
  if (!whole) {
    await seed()
    whole = await everything()
  }
  return whole
}

const FIRST_START = new Date('2026-03-02T10:00:00.000Z')

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

/**
 * All that was written, without what differs from one run to another: hashes' salts, log times, and
 * which texts have been open for a quiet minute and so have a snapshot.
 */
async function everything(): Promise<Record<string, unknown[]>> {
  const found = WRITTEN.map(async (name) => {
    const rows = await world.db
      .collection(name)
      .find({ slug: { $not: /^test-/ } }, { projection: { passwordHash: 0, snapSeq: 0 } })
      .sort({ _id: 1 })
      .toArray()
    const fixed = rows.map(({ at, ...row }) => (name === 'collab_log' ? row : { at, ...row }))
    if (!DERIVED.includes(name)) return [name, JSON.parse(JSON.stringify(fixed))] as const
    const rowsOnly = fixed.map(({ _id, ...row }) => JSON.stringify(row))
    return [name, rowsOnly.toSorted()] as const
  })
  return Object.fromEntries(await Promise.all(found))
}

async function dropAll(): Promise<void> {
  const collections = await world.db.collections()
  for (const collection of collections) await collection.deleteMany({})
}

async function signedIn(email: string) {
  const { signIn } = world.services
  const { token } = await signIn.signIn(
    { email, password: 'twinward-demo' },
    { address: '127.0.0.1' },
  )
  const cookie = `${SESSION_COOKIE}=${token}`
  const bearer = await readBearer({ headers: { cookie } }, new Date())
  if (!bearer) throw new Error(`${email} has no session`)
  return bearer.actor
}

async function actorOf(email: string) {
  const user = await User.findOne({ email }).lean()
  if (!user) throw new Error(`${email} is not there`)
  const cookie = await world.cookie({
    userId: String(user._id),
    sessionId: String(new mongoose.Types.ObjectId()),
    programmeAdmin: false,
    memberships: [],
    lang: 'en',
    timeZone: 'UTC',
  })
  const bearer = await readBearer({ headers: { cookie } }, new Date())
  if (!bearer) throw new Error(`${email} has no session`)
  return bearer.actor
}

function firstTexts(blocks: Record<Language, readonly { text: string }[]>) {
  return { en: blocks.en[0]?.text, ru: blocks.ru[0]?.text }
}

/** The digits of a text's numbers; thousands are grouped as each language does, «1 раз» is once. */
function numbersOf(text: string): string[] {
  const plain = text.replace(/(\d)[,\u00a0 ](?=\d{3}\b)/g, '$1').replace(/\d+ раз/g, '')
  return (plain.match(/\d+/g) ?? []).toSorted()
}
