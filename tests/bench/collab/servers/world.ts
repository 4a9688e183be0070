import { randomBytes, randomUUID } from 'node:crypto'
import mongoose, { Types } from 'mongoose'
import pino from 'pino'
import { Institution } from '../../../../models/institution'
import { Membership } from '../../../../models/membership'
import { migrate } from '../../../../models/migrations'
import { Partnership } from '../../../../models/partnership'
import { Protocol } from '../../../../models/protocol'
import { User } from '../../../../models/user'
import { createMemoryBus } from '../../../../server/adapters/memory-bus'
import { connectMongo } from '../../../../server/adapters/mongo'
import { createMongoStorage } from '../../../../server/adapters/mongo-storage'
import { createSecretBox } from '../../../../server/auth/secret-box'
import { beginSession, readBearer, SESSION_COOKIE } from '../../../../server/auth/sessions'
import { createCollab } from '../../../../server/collab'
import { createServices } from '../../../../server/services'
import type { Needs } from './target'

/** A person may have twenty sockets; the bench gives each of its people ten. */
export const SOCKETS_PER_PERSON = 10
const SEEDS_AT_ONCE = 16

export type BenchWorld = { rooms: string[]; cookies: string[]; threadId: string }

/** What a busy programme has, written by the product's own code into an empty database. */
export async function createBenchWorld(
  uri: string,
  { rooms, sockets, seed }: Needs,
): Promise<BenchWorld> {
  const connection = await connectMongo(uri)
  try {
    await migrate(connection)
    const { db } = connection
    if (!db) throw new Error('not connected')
    const partnership = await addPartnership()
    const people = Math.ceil(sockets / SOCKETS_PER_PERSON)
    const cookies = await addPeople(people, partnership)
    const ids = await addProtocols(rooms, partnership._id)
    const bus = createMemoryBus((error) => Promise.reject(error))
    const clock = { now: () => new Date() }
    const log = pino({ level: 'silent' })
    const collab = createCollab({ db, bus, clock, log, onSettled: () => {} })
    const queue = [...ids]
    const partnershipId = String(partnership._id)
    const sow = async () => {
      for (let room = queue.shift(); room; room = queue.shift()) {
        await collab.live.seed({ partnership: partnershipId, room }, seed)
      }
    }
    await Promise.all(Array.from({ length: SEEDS_AT_ONCE }, sow))
    const services = createServices({
      clock,
      bus,
      live: collab.live,
      // whoever sets the table is not counted among the guests
      limits: { take: async () => {}, forget: async () => {} },
      storage: createMongoStorage(connection),
      mailer: {
        keeps: true,
        send: () => Promise.reject(new Error('no letters here')),
        forget: async () => {},
      },
      slides: { open: () => Promise.reject(new Error('no slides here')) },
      channels: {},
      secrets: createSecretBox('nothing is sealed here'),
      publicUrl: () => 'http://localhost',
      log,
    })
    const bearer = await readBearer({ headers: { cookie: cookies[0] } }, clock.now())
    if (!bearer) throw new Error('nobody is signed in')
    const thread = await services.discussions.createThread(bearer.actor, partnershipId, {
      titleEn: 'Who calls the patient',
      titleRu: '',
      lang: 'en',
      text: 'Who calls after a missed visit?',
      tags: [],
      clientKey: randomUUID(),
    })
    await collab.close()
    return { rooms: ids, cookies, threadId: thread.id }
  } finally {
    await mongoose.disconnect()
  }
}

type Sides = { _id: Types.ObjectId; sides: { _id: Types.ObjectId }[] }

async function addPeople(people: number, { _id, sides }: Sides): Promise<string[]> {
  const users = await User.insertMany(
    Array.from({ length: people }, (_, n) => ({
      email: `person-${n}@bench.twinward.example`,
      passwordHash: '-',
      name: { given: 'Ann', family: `Number ${n}` },
      languages: ['en'],
      timeZone: 'America/New_York',
    })),
  )
  await Membership.insertMany(
    users.map((user, n) => ({
      partnership: _id,
      user: user._id,
      side: sides[n % sides.length]?._id,
      role: 'editor',
      cadre: 'physician',
      status: 'active',
    })),
  )
  return Promise.all(
    users.map(async (user) => `${SESSION_COOKIE}=${await beginSession(user, new Date())}`),
  )
}

async function addProtocols(count: number, partnership: Types.ObjectId): Promise<string[]> {
  const now = new Date()
  const rows = Array.from({ length: count }, (_, n) => ({
    _id: new Types.ObjectId(),
    partnership,
    title: { en: `Protocol ${n}`, ru: `Протокол ${n}` },
    status: 'draft' as const,
    createdBy: new Types.ObjectId(),
    clientKey: randomUUID(),
    createdAt: now,
    editedAt: now,
  }))
  await Protocol.insertMany(rows)
  return rows.map(({ _id }) => String(_id))
}

async function addPartnership() {
  const [home, abroad] = await Institution.create([
    { name: { en: 'One hospital' }, city: { en: 'One' }, country: 'RU', timeZone: 'Europe/Moscow' },
    {
      name: { en: 'Another hospital' },
      city: { en: 'Another' },
      country: 'US',
      timeZone: 'America/New_York',
    },
  ])
  if (!home || !abroad) throw new Error('no institutions')
  return Partnership.create({
    slug: `bench-${randomBytes(5).toString('hex')}`,
    name: { en: 'Bench', ru: 'Замер' },
    focus: { en: 'Measuring', ru: 'Измерение' },
    sides: [
      { _id: new Types.ObjectId(), institution: home._id, place: home.city, tone: 'a' },
      { _id: new Types.ObjectId(), institution: abroad._id, place: abroad.city, tone: 'b' },
    ],
    phases: [{ phase: 'implement', status: 'active' }],
  })
}
