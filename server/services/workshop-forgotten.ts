import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import { announceNotices, type Recorded } from './notify'
import { inTransaction } from './transaction'
import { homeOf, participantsTo } from './workshop-addressees'
import { participantFor } from './workshop-attendees'
import { politeTime } from './workshop-hours'
import { forgottenAmong, LEFT_AFTER_MS } from './workshop-left-open'
import { aboutFor, noteFor } from './workshop-letters'

/**
 * Tell those who run a workshop that its room is open and empty, hours after its end: once for each time
 * that it was opened, by day. It is never closed by itself: what was planned for two hours may go on
 * tomorrow, and closing ends polls and asks everybody for their evaluation.
 *
 * @param most how many in this turn
 * @returns how many were told
 */
export async function nudgeForgotten(ports: Ports, most: number): Promise<number> {
  if (most <= 0) return 0
  const now = ports.clock.now()
  const since = new Date(now.getTime() - LEFT_AFTER_MS)
  const live = await Workshop.find({ status: 'live', startsAt: { $lte: since } }).lean()
  let told = 0
  for (const workshop of await forgottenAmong(live, now)) {
    for (const user of workshop.facilitators) {
      if (told >= most) return told
      const row = await participantFor({ userId: String(user) }, workshop, now)
      const recorded = await tellOne(workshop, row, now)
      if (!recorded) continue
      announceNotices(ports.bus, recorded)
      told++
    }
  }
  return told
}

/** Null where they were told, or where it was closed meanwhile. */
function tellOne(
  workshop: WorkshopRow,
  row: WorkshopParticipantRow,
  now: Date,
): Promise<Recorded | null> {
  const { _id, partnership, endsAt, breaks = [] } = workshop
  const name = `left ${breaks.length} ${endsAt.toISOString()}`
  if (row.told.includes(name)) return Promise.resolve(null)
  return inTransaction(async (session) => {
    const isStill = { _id, partnership, status: 'live' as const, endsAt }
    if (!(await Workshop.exists(isStill).session(session))) return null
    const { modifiedCount } = await WorkshopParticipant.updateOne(
      { _id: row._id, workshop: _id, told: { $ne: name } },
      { $push: { told: name } },
      { session },
    )
    if (modifiedCount === 0) return null
    const home = await homeOf(workshop, session)
    const reader = (await participantsTo(workshop, home, [row], session)).get(String(row._id))
    if (!reader) return []
    const { email: to, lang } = reader
    const values = aboutFor(workshop, home, reader)
    const mail = { template: 'workshop-forgotten' as const, to, lang, values }
    await queueMails([{ mail, at: politeTime(now, reader) ?? now }], session)
    const event = `workshop ${_id} ${name}`
    const about = { row: workshop, kind: 'workshop_forgotten' as const, event, by: null, at: now }
    return noteFor(about, [reader], session)
  })
}
