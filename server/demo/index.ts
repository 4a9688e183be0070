import { randomBytes } from 'node:crypto'
import mongoose from 'mongoose'
import { DemoSeed } from '../../models/demo-seed'
import { underLock } from '../../models/lock'
import { hashPassword } from '../auth/passwords'
import type { SecretBox } from '../auth/secret-box'
import type { Clock, LiveDocuments, Storage } from '../ports'
import { seedAttention } from './attention-rows'
import { castOf } from './cast'
import { PARTNERSHIPS } from './content'
import type { DemoPartnership } from './content/types'
import { seedLibrary } from './library-rows'
import { seedNotices } from './notice-rows'
import { seedPartnership, seedUsers } from './partnership-rows'
import { seedProtocol } from './protocol-rows'
import { type Entry, readGlossary, seedTerms } from './term-rows'
import { seedThreads } from './thread-rows'
import { seedVisits } from './visit-rows'
import { seedWorkshops } from './workshops'
import { moveWorkshopsToNow } from './workshops-now'

export type DemoWorld = {
  clock: Clock
  live: Pick<LiveDocuments, 'seed' | 'read'>
  storage: Storage
  /** Votes are counted without saying whose they are. */
  secrets: Pick<SecretBox, 'digest'>
  /** Folder of the demonstration's files. */
  filesDir: string
  /** One calm line on the terminal. */
  say: (line: string) => void
}

/** Of every account that the sign-in page offers; it is public. */
const DEMO_PASSWORD = 'twinward-demo'

/** Raised when the data gets more rows: they are added, what people changed meanwhile stays. */
const VERSION = 5

/**
 * Load the demonstration data on the first start. Every row has a fixed id and is only ever inserted,
 * and every time is relative to the first attempt: a start that was killed halfway is finished by the
 * next one, and a finished one costs a single read. Of several processes at once one loads, the others
 * wait for it.
 *
 * @throws Error if another process is not done with it within two minutes
 */
export async function seedDemo(world: DemoWorld): Promise<void> {
  if (await isLoaded()) return moveWorkshopsToNow(world.clock.now())
  await underLock(mongoose.connection, 'demonstration', async () => {
    if (!(await isLoaded())) await load(world)
  })
}

async function isLoaded(): Promise<boolean> {
  const known = await DemoSeed.findById('demo').lean()
  return known !== null && known.version >= VERSION
}

async function load(world: DemoWorld): Promise<void> {
  const { clock, live, say } = world
  const marker = await DemoSeed.findOneAndUpdate(
    { _id: 'demo' },
    { $setOnInsert: { version: 0, startedAt: clock.now() } },
    { upsert: true, returnDocument: 'after' },
  ).lean()
  if (!marker) throw new Error('The demonstration could not be begun.')

  say('Loading the demonstration data …')
  await seedUsers({
    offered: await hashPassword(DEMO_PASSWORD),
    // the others are only seen, nobody signs in as them
    unknown: await hashPassword(randomBytes(32).toString('base64url')),
  })
  for (const partnership of PARTNERSHIPS) {
    // the text first, then what refers to it: nobody must find a protocol without its document
    for (const protocol of partnership.protocols) {
      await seedProtocol(live, partnership.slug, protocol, marker.startedAt)
    }
    await seedPartnership(partnership)
  }
  const glossary = await readGlossary(world.filesDir)
  for (const partnership of PARTNERSHIPS) {
    await seedLife(world, partnership, { startedAt: marker.startedAt, glossary })
  }
  await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: VERSION } })
}

/** What goes on in a partnership: discussions, library, glossary, and what people were told of them. */
async function seedLife(
  world: DemoWorld,
  partnership: DemoPartnership,
  { startedAt, glossary }: { startedAt: Date; glossary: readonly Entry[] },
): Promise<void> {
  const cast = castOf(partnership, startedAt)
  for (const protocol of partnership.protocols) await seedAttention(world.live, cast, protocol)
  await seedThreads(cast, partnership)
  await seedLibrary(world, cast, partnership)
  await seedWorkshops(world, cast, partnership)
  await seedTerms(cast, glossary)
  await seedNotices(cast, partnership)
  await seedVisits(cast)
}
