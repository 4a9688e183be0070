import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise, type WorkshopPromiseRow } from '../../models/workshop-promise'
import type { Ports } from '../ports'
import { queueMails } from './mail'
import { announceNotices, type Recorded } from './notify'
import { inTransaction } from './transaction'
import { homeOf, participantsTo } from './workshop-addressees'
import { politeTime } from './workshop-hours'
import { aboutFor, noteFor } from './workshop-letters'

/**
 * Ask those whose three months are over what has become of what they meant to change. Each is asked
 * once; who is no member any more is not asked.
 *
 * @param most how many in this turn
 * @returns how many were asked
 */
export async function askDuePromises(ports: Ports, most: number): Promise<number> {
  if (most <= 0) return 0
  const now = ports.clock.now()
  const due = await WorkshopPromise.find({ askedAt: null, dueAt: { $lte: now } })
    .sort({ dueAt: 1 })
    .limit(most)
    .lean()
  let asked = 0
  for (const promise of due) {
    const recorded = await ask(promise, now)
    if (!recorded) continue
    announceNotices(ports.bus, recorded)
    asked++
  }
  return asked
}

/** Null where another process has asked. */
async function ask(
  { _id, partnership, workshop: id, participant }: WorkshopPromiseRow,
  now: Date,
): Promise<Recorded | null> {
  const [workshop, row] = await Promise.all([
    Workshop.findOne({ _id: id, partnership }).lean(),
    WorkshopParticipant.findOne({ _id: participant, workshop: id }).lean(),
  ])
  return inTransaction(async (session) => {
    const { modifiedCount } = await WorkshopPromise.updateOne(
      { _id, partnership, askedAt: null },
      { $set: { askedAt: now } },
      { session },
    )
    if (modifiedCount === 0) return null
    if (!workshop || !row) return []
    const home = await homeOf(workshop, session)
    const reader = (await participantsTo(workshop, home, [row], session)).get(String(row._id))
    if (!reader) return []
    const values = aboutFor(workshop, home, reader)
    const mail = { template: 'workshop-followup' as const, to: reader.email, lang: reader.lang }
    const at = politeTime(now, reader) ?? now
    await queueMails([{ mail: { ...mail, values }, at }], session)
    const event = `workshop ${id} followup`
    return noteFor(
      { row: workshop, kind: 'workshop_followup', event, by: null, at: now },
      [reader],
      session,
    )
  })
}
