import { Types } from 'mongoose'
import { Protocol, type ProtocolRow } from '../../models/protocol'
import { SearchText } from '../../models/search-text'
import type { Ports } from '../ports'
import { inOrder } from './in-order'
import { indexProtocol } from './protocol-texts'
import { addressOf } from './protocols'

/** Protocols of one step, so that reading their documents never takes the whole memory. */
const STEP = 20

type Known = Pick<ProtocolRow, '_id' | 'partnership' | 'counts' | 'workshop'>

/**
 * Make protocols findable, and note what they need, that were last written in before a version that
 * does so: the next few of them, telling nobody. Doing it again does nothing, also at the same time.
 *
 * @param after `next` of the step before; null to begin
 * @returns how many have been noted, and where to go on; null at the end
 */
export async function noteBacklog(
  ports: Ports,
  after: string | null = null,
): Promise<{ noted: number; next: string | null }> {
  const from = after ? { _id: { $gt: new Types.ObjectId(after) } } : {}
  const rows = await Protocol.find(from, { partnership: 1, counts: 1, workshop: 1 })
    .sort({ _id: 1 })
    .limit(STEP)
    .lean<Known[]>()
  let noted = 0
  for (const row of await unnoted(rows)) {
    try {
      // what is typed meanwhile is noted after this, or was before and is read here
      await inOrder(String(row._id), () => note(ports, row._id))
      noted += 1
    } catch (error) {
      ports.log.warn({ err: error, room: String(row._id) }, 'a protocol could not be made findable')
    }
  }
  const last = rows.length === STEP ? rows.at(-1) : undefined
  return { noted, next: last ? String(last._id) : null }
}

async function note({ live }: Ports, _id: Types.ObjectId): Promise<void> {
  const row = await Protocol.findById(_id).lean()
  if (row) await indexProtocol(row, await live.read(addressOf(row)))
}

/** Those that nothing is found by, or nothing but a title that they were given since. */
async function unnoted(rows: readonly Known[]): Promise<Known[]> {
  const parts = await SearchText.find(
    {
      partnership: { $in: rows.map(({ partnership }) => partnership) },
      kind: 'protocol',
      of: { $in: rows.map(({ _id }) => _id) },
    },
    { _id: 0, of: 1, part: 1 },
  ).lean()
  const titled = new Set(parts.map(({ of }) => String(of)))
  const written = new Set(
    parts.flatMap(({ of, part }) => (part.startsWith('unit ') ? [String(of)] : [])),
  )
  return rows.filter(
    ({ _id, counts, workshop }) =>
      // a workshop's document that nobody wrote in is not found by its title either
      (!workshop && !titled.has(String(_id))) || (counts.units > 0 && !written.has(String(_id))),
  )
}
