import { randomBytes } from 'node:crypto'
import { DemoSeed } from '../../models/demo-seed'
import { hashPassword } from '../auth/passwords'
import type { Clock, LiveDocuments } from '../ports'
import { PARTNERSHIPS } from './content'
import { seedPartnership, seedUsers } from './partnership-rows'
import { seedProtocol } from './protocol-rows'

export type DemoWorld = {
  clock: Clock
  live: Pick<LiveDocuments, 'seed'>
  /** One calm line on the terminal. */
  say: (line: string) => void
}

/** Of every account that the sign-in page offers; it is public. */
const DEMO_PASSWORD = 'twinward-demo'

/** Raised when the data gets more rows: they are added, what people changed meanwhile stays. */
const VERSION = 1

/**
 * Load the demonstration data on the first start. Every row has a fixed id and is only ever inserted,
 * and every time is relative to the first attempt: a start that was killed halfway is finished by the
 * next one, and a finished one costs a single read.
 */
export async function seedDemo({ clock, live, say }: DemoWorld): Promise<void> {
  const known = await DemoSeed.findById('demo').lean()
  if (known && known.version >= VERSION) return

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
  await DemoSeed.updateOne({ _id: 'demo' }, { $set: { version: VERSION } })
}
