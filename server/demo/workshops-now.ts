import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WORKSHOPS } from './content'
import { workshopId } from './workshop-rows'
import { later } from './workshop-times'

/** What is going on in the demonstration has been going on for so long, minutes. */
const GOING_ON = 25

/**
 * A demonstration is looked at again and again: at each start the workshop that is going on goes on
 * now, and the one of next week is next week. What people have moved themselves stays.
 */
export async function moveWorkshopsToNow(now: Date): Promise<void> {
  for (const { key, starts } of WORKSHOPS) {
    const row = await Workshop.findOne({ _id: workshopId(key), demo: true, rev: 1 }).lean()
    if (!row || row.endsAt > now) continue
    const length = row.endsAt.getTime() - row.startsAt.getTime()
    if (row.status === 'live' && starts.startsWith('now')) {
      const startsAt = later(now, -GOING_ON)
      const moved = { startsAt, endsAt: new Date(startsAt.getTime() + length), startedAt: startsAt }
      await Workshop.updateOne({ _id: row._id, status: 'live', rev: 1 }, { $set: moved })
      // not of those who have come in themselves
      const isPlanted = { stays: { $not: { $elemMatch: { key: { $not: /^demo/ } } } } }
      const planted = { workshop: row._id, demo: true, ...isPlanted }
      const stays = await WorkshopParticipant.find(planted).lean()
      for (const { _id } of stays) {
        const stay = { key: 'demo', from: startsAt, to: later(now, -3), seenAt: later(now, -3) }
        await WorkshopParticipant.updateOne({ _id }, { $set: { stays: [stay] } })
      }
    }
    if (row.status === 'announced' && starts.startsWith('+')) {
      const weeks = Math.ceil((now.getTime() - row.startsAt.getTime()) / (7 * 86_400_000))
      const startsAt = later(row.startsAt, weeks * 7 * 1_440)
      const moved = { startsAt, endsAt: new Date(startsAt.getTime() + length) }
      await Workshop.updateOne({ _id: row._id, status: 'announced', rev: 1 }, { $set: moved })
    }
  }
}
