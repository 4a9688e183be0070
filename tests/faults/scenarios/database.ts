import { setTimeout as wait } from 'node:timers/promises'
import type { Scenario } from '../scenario'
import { noSmallDisk, smallDiskOf } from '../small-disk'

/** How long mongod is away, milliseconds: longer outages are no different. */
const AWAY = { from: 50, to: 1_200 }
/** An old primary that wakes up must find another one, milliseconds. */
const LONGEST_SLEEP_MS = 5_000

/** kill -9 of the only mongod: what it had promised is in its journal. */
const killed: Scenario = {
  name: 'mongod-kill',
  fault: 'F3',
  mongo: 'single',
  async inject({ world, random, mongo }) {
    for (let i = 0; i < random.int(1, 2); i++) {
      await wait(random.int(50, 500))
      await mongo.kill(0)
      const known = world.promised()
      await wait(random.int(AWAY.from, AWAY.to))
      mongo.restart(0)
      await mongo.primary()
      await world.audit(`after kill ${i + 1} of mongod`, known)
    }
    return true
  },
}

/** Both die at once, as when the power fails. */
const bothKilled: Scenario = {
  name: 'mongod-and-app-kill',
  fault: 'F3',
  mongo: 'single',
  async inject({ world, random, mongo }) {
    await wait(random.int(100, 900))
    await Promise.all([mongo.kill(0), world.node(0).kill()])
    mongo.restart(0)
    await mongo.primary()
    await world.audit('after both were killed')
    await world.node(0).start()
    return true
  },
}

/** Another member is elected in good order. */
const steppedDown: Scenario = {
  name: 'primary-step-down',
  fault: 'F4',
  mongo: 'trio',
  async inject({ world, random, mongo }) {
    await wait(random.int(50, 500))
    await mongo.stepDown()
    await mongo.primary()
    await world.audit('after the step-down')
    return true
  },
}

/** The primary dies; the others elect one, and it comes back as a secondary. */
const primaryKilled: Scenario = {
  name: 'primary-kill',
  fault: 'F4',
  mongo: 'trio',
  async inject({ world, random, mongo }) {
    await wait(random.int(50, 500))
    const old = await mongo.primary()
    await mongo.kill(old)
    await mongo.primary()
    await world.audit('after the primary was killed')
    mongo.restart(old)
    return true
  },
  // the next run needs all three
  afterwards: async ({ mongo }) => mongo.whole(),
}

/** The primary does nothing for a while, and wakes up as one among others. */
const primaryStopped: Scenario = {
  name: 'primary-pause',
  fault: 'F4',
  mongo: 'trio',
  async inject({ world, random, mongo }) {
    await wait(random.int(50, 500))
    const old = await mongo.primary()
    mongo.pause(old)
    await wait(random.int(500, LONGEST_SLEEP_MS))
    mongo.resume(old)
    await mongo.primary()
    await world.audit('after the primary slept')
    return true
  },
  afterwards: async ({ mongo }) => mongo.whole(),
}

/** Requests arrive and answers do not: what was written is not known to be. */
const answersLost: Scenario = {
  name: 'database-answers-lost',
  fault: 'F5',
  onDatabaseWire: true,
  async inject({ world, random, databaseWire }) {
    for (let i = 0; i < random.int(2, 5); i++) {
      await wait(random.int(30, 250))
      databaseWire?.set('lose-answers')
      await wait(random.int(10, 300))
      databaseWire?.set('through')
    }
    await world.audit('after answers were lost')
    return true
  },
}

/** The wire is cut before requests arrive, or holds them up, or swallows them. */
const wireCut: Scenario = {
  name: 'database-wire-cut',
  fault: 'F5',
  onDatabaseWire: true,
  async inject({ world, random, databaseWire }) {
    for (let i = 0; i < random.int(2, 4); i++) {
      await wait(random.int(30, 250))
      databaseWire?.set(random.pick(['refuse', 'held', 'silent', 'mute']))
      await wait(random.int(20, 400))
      // what has been swallowed is asked for on a new connection
      databaseWire?.set('refuse')
      databaseWire?.set('through')
    }
    await world.audit('after the wire was cut')
    return true
  },
}

/** The database is far away and its line is bad. */
const wireSlow: Scenario = {
  name: 'database-wire-slow',
  fault: 'F10',
  onDatabaseWire: true,
  async inject({ random, databaseWire, enough }) {
    databaseWire?.slow({
      latencyMs: random.int(5, 80),
      jitterMs: random.int(0, 60),
      stalls: 0.02,
      stallMs: 800,
    })
    await enough
    databaseWire?.slow()
    return true
  },
}

/** Nothing more can be written; then something is thrown away, and it can. */
const diskFull: Scenario = {
  name: 'disk-full',
  fault: 'F8',
  mongo: 'full',
  unable: noSmallDisk,
  async inject({ world, random, mongo }) {
    await wait(random.int(50, 500))
    const disk = await smallDiskOf(mongo)
    const before = await disk.starts()
    await disk.fill()
    await wait(random.int(1_500, 3_000))
    const known = await world.promised()
    await disk.free()
    await mongo.primary()
    await world.audit('after the disk was full', Promise.resolve(known))
    return (await disk.starts()) > before
  },
}

export const DATABASE_SCENARIOS: readonly Scenario[] = [
  killed,
  bothKilled,
  steppedDown,
  primaryKilled,
  primaryStopped,
  answersLost,
  wireCut,
  wireSlow,
  diskFull,
]
