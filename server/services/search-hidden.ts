import type { Types } from 'mongoose'
import { Protocol } from '../../models/protocol'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import type { Actor } from '../../shared/actor'
import type { SearchKind } from '../../shared/schemas/notifications'
import { isUnannounced, mayFacilitate } from './workshop-access'
import { insideAmong } from './workshop-door'

/** What is findable in a partnership, but not by this actor, kind by kind. */
export type Hidden = Partial<Record<SearchKind, Types.ObjectId[]>>

const KNOWN = {
  partnership: 1,
  status: 1,
  announcedAt: 1,
  facilitators: 1,
  waitingRoom: 1,
  'agenda.speaker': 1,
} as const
type Known = Pick<WorkshopRow, '_id' | 'agenda' | Exclude<keyof typeof KNOWN, 'agenda.speaker'>>

/**
 * What the actor may not find of what all members' searches go through: workshops that nobody was told
 * of, with all that is written in them, are their facilitators' alone; notes are there for those who
 * are let into the room. Asked at each search, so that nothing is stored that could be out of date.
 */
export async function hiddenFrom(actor: Actor, partnership: Types.ObjectId): Promise<Hidden> {
  const rows = await Workshop.find({ partnership }, KNOWN).lean<Known[]>()
  if (rows.length === 0) return {}
  const isUnheard = (row: (typeof rows)[number]) => isUnannounced(row) && !mayFacilitate(actor, row)
  const unheard = rows.filter(isUnheard).map(({ _id }) => _id)
  const inside = await insideAmong(actor, partnership)
  const outside = rows.filter((row) => !inside(row)).map(({ _id }) => _id)
  if (unheard.length + outside.length === 0) return {}
  const documents = await Protocol.find(
    {
      partnership,
      // the programme is everybody's
      $or: [{ workshop: { $in: unheard } }, { workshop: { $in: outside }, part: { $ne: 'brief' } }],
    },
    { _id: 1 },
  ).lean()
  return { workshop: unheard, protocol: documents.map(({ _id }) => _id) }
}
