import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerBuild } from '@remix-run/node'
import mongoose, { Types } from 'mongoose'
import pino from 'pino'
import { Institution } from '../../models/institution'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { User } from '../../models/user'
import { createFolderMailer } from '../../server/adapters/mail-folder'
import { createMemoryBus } from '../../server/adapters/memory-bus'
import { isMongoReady } from '../../server/adapters/mongo'
import { createMongoStorage } from '../../server/adapters/mongo-storage'
import { createMongoLimits } from '../../server/adapters/rate-limits'
import { createSlideMaker } from '../../server/adapters/slide-maker'
import { createSecretBox } from '../../server/auth/secret-box'
import { beginSession, readBearer, SESSION_COOKIE } from '../../server/auth/sessions'
import { createCollab, createCollabDoor } from '../../server/collab'
import { createApp } from '../../server/http/app'
import { isOwnOrigin } from '../../server/http/origin'
import { routeUpgrades } from '../../server/http/upgrade'
import type { Bus } from '../../server/ports'
import { createRealtime } from '../../server/realtime'
import { createServices } from '../../server/services'
import { changeAccess } from '../../server/services/access-changes'
import type { Actor } from '../../shared/actor'
import type { BusEvents } from '../../shared/events'
import type { Role } from '../../shared/policy'
import { closeAfterFile } from './closing'
import { connectToEmptyDatabase } from './empty-database'

export type World = Awaited<ReturnType<typeof createWorld>>

/**
 * The one fixture: the real product over a real MongoDB, an empty database for each test file, a new
 * partnership of two sides per call. Everything opened here closes when the file's tests have ended.
 *
 * @param options.bus of several worlds that are processes of one installation
 */
export async function createWorld(options: { bus?: Bus } = {}) {
  await connectToEmptyDatabase()
  const { db } = mongoose.connection
  if (!db) throw new Error('not connected')

  const log = pino({ level: 'silent' })
  const clock = { now: () => new Date() }
  const heard: [keyof BusEvents, BusEvents[keyof BusEvents]][] = []
  const bus = listening(options.bus ?? createMemoryBus((error) => Promise.reject(error)), heard)
  const collab = createCollab({
    db,
    bus,
    clock,
    log,
    onSettled: (...seen) => services.protocols.noteSettled(...seen),
  })
  const limits = createMongoLimits(mongoose.connection)
  const storage = createMongoStorage(mongoose.connection)
  const outbox = await mkdtemp(join(tmpdir(), 'twinward-outbox-'))
  closeAfterFile(() => rm(outbox, { recursive: true, force: true }))
  const slides = createSlideMaker(log)
  closeAfterFile(() => slides.close())
  const ports = {
    clock,
    bus,
    live: collab.live,
    limits,
    storage,
    mailer: createFolderMailer(outbox, 'test.twinward.example'),
    slides,
    channels: {},
    secrets: createSecretBox('the secret of the tests'),
    publicUrl: () => 'http://test.twinward.example',
    log,
  }
  const services = createServices(ports)
  closeAfterFile(() => collab.close())

  const partnership = await addPartnership()
  const [sideA, sideB] = partnership.sides
  if (!sideA || !sideB) throw new Error('a partnership has two sides')

  /** A new person; of the partnership when a role is given. */
  async function person(role?: Role, side: 'a' | 'b' = 'a', fields: object = {}): Promise<Actor> {
    const user = await User.create({
      email: `${randomBytes(6).toString('hex')}@test.twinward.example`,
      passwordHash: '-',
      name:
        side === 'a' ? { given: 'Анна', family: 'Проверкина' } : { given: 'Ann', family: 'Tester' },
      languages: [side === 'a' ? 'ru' : 'en'],
      timeZone: side === 'a' ? 'Europe/Moscow' : 'America/New_York',
      ...fields,
    })
    if (role) {
      const sideId = side === 'a' ? sideA?._id : sideB?._id
      await Membership.create({
        partnership: partnership._id,
        user: user._id,
        side: sideId,
        role,
        cadre: 'physician',
        status: 'active',
      })
    }
    const bearer = await readBearer({ headers: { cookie: await cookieOf(user) } }, clock.now())
    if (!bearer) throw new Error('no session')
    return bearer.actor
  }

  /** Cookie header of a new session. */
  async function cookieOf(user: { _id: Types.ObjectId; accessVersion: number }): Promise<string> {
    return `${SESSION_COOKIE}=${await beginSession(user, clock.now())}`
  }

  async function changeMembership(
    { userId }: Actor,
    fields: { role: Role } | { status: 'removed' },
  ): Promise<void> {
    const at = { partnership: partnership._id, user: userId }
    const partnershipId = String(partnership._id)
    await changeAccess({ bus }, { userId, partnershipId }, (session) =>
      Membership.updateOne(at, { $set: fields }, { session }),
    )
  }

  return {
    ports,
    services,
    collab,
    bus,
    heard,
    clock,
    log,
    db,
    storage,
    /** Folder of the letters that have left. */
    outbox,
    partnershipId: String(partnership._id),
    slug: partnership.slug,
    member: (role: Role, side: 'a' | 'b' = 'a', fields?: object) => person(role, side, fields),
    stranger: () => person(),
    admin: () => person(undefined, 'b', { programmeAdmin: true }),
    /** Cookie header of a new session of that actor. */
    async cookie(actor: Actor): Promise<string> {
      const user = await User.findById(actor.userId).lean()
      if (!user) throw new Error('no such user')
      return cookieOf(user)
    },
    /** A new, empty protocol, made by a coordinator. */
    async protocol(fields: object = {}): Promise<string> {
      const coordinator = await person('coordinator')
      const title = { titleEn: 'Missed doses', titleRu: 'Пропуск приёма' }
      const input = { ...title, clientKey: randomUUID() }
      const { id } = await services.protocols.createProtocol(
        coordinator,
        String(partnership._id),
        input,
      )
      if (Object.keys(fields).length > 0) await Protocol.updateOne({ _id: id }, { $set: fields })
      return id
    },
    /** Remove a member, as the partnership will once it can. */
    remove: (actor: Actor) => changeMembership(actor, { status: 'removed' }),
    setRole: (actor: Actor, role: Role) => changeMembership(actor, { role }),
    /**
     * Every door on a port of its own.
     *
     * @param pages Remix's router, where pages are asked for too; their faces are tested on the build
     */
    async serve(pages?: ServerBuild): Promise<{ origin: string; server: Server }> {
      const server = createServer()
      const app = createApp({
        services,
        clock,
        log,
        demo: false,
        publicUrl: undefined,
        trustProxy: 0,
        development: false,
        clientDir: undefined,
        publicDir: 'public',
        build: pages ?? (() => Promise.reject(new Error('there are no pages here'))),
        isReady: isMongoReady,
      })
      server.on('request', app)
      const realtime = createRealtime(server, {
        services,
        bus,
        clock,
        log,
        isOwnOrigin: (request) => isOwnOrigin(request, undefined),
      })
      const door = createCollabDoor(collab, {
        readActor: async (request) => (await readBearer(request, clock.now()))?.actor ?? null,
        admit: services.protocols.admitToProtocol,
      })
      routeUpgrades(server, {
        collab: door,
        realtime: realtime.handleUpgrade,
        publicUrl: undefined,
        development: false,
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      closeAfterFile(async () => {
        await realtime.close()
        server.closeAllConnections()
        server.close()
      })
      return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
    },
  }
}

async function addPartnership() {
  const [home, abroad] = await Institution.create([
    {
      name: { en: 'City AIDS Centre', ru: 'Городской центр СПИД' },
      city: { en: 'St Petersburg', ru: 'Санкт-Петербург' },
      country: 'RU',
      timeZone: 'Europe/Moscow',
    },
    {
      name: { en: 'New Haven HIV programme' },
      city: { en: 'New Haven', ru: 'Нью-Хейвен' },
      country: 'US',
      timeZone: 'America/New_York',
    },
  ])
  if (!home || !abroad) throw new Error('no institutions')
  return Partnership.create({
    slug: `test-${randomBytes(5).toString('hex')}`,
    name: { en: 'St Petersburg / New Haven', ru: 'Санкт-Петербург / Нью-Хейвен' },
    focus: { en: 'Adherence', ru: 'Приверженность' },
    sides: [
      { _id: new Types.ObjectId(), institution: home._id, place: home.city, tone: 'a' },
      { _id: new Types.ObjectId(), institution: abroad._id, place: abroad.city, tone: 'b' },
    ],
    phases: [{ phase: 'implement', status: 'active' }],
  })
}

/** The bus, with everything announced on it written down. */
function listening(bus: Bus, heard: [keyof BusEvents, BusEvents[keyof BusEvents]][]): Bus {
  return {
    ...bus,
    publish(event, fact) {
      heard.push([event, fact])
      bus.publish(event, fact)
    },
  }
}
