import type { Types } from 'mongoose'
import { Certificate } from '../../models/certificate'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopPromise } from '../../models/workshop-promise'
import type { Actor } from '../../shared/actor'
import type { AttendedView } from '../../shared/after-views'
import { dateIn } from '../../shared/wall-clock'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { minutesOf } from './workshop-attendance'

/** Whose place in workshops, by their account. */
type Person = Types.ObjectId | string

/**
 * The workshops that one was in, newest first, and one's certificates of them: also those of
 * partnerships that one has left.
 *
 * @throws AppError `forbidden`
 */
export async function listAttended(_ports: Ports, actor: Actor): Promise<AttendedView[]> {
  demandSelf(actor)
  return attendedBy(actor.userId)
}

/** The same, for whoever has been asked already. */
export async function attendedBy(user: Person): Promise<AttendedView[]> {
  const rows = await WorkshopParticipant.find({
    user,
    $or: [{ 'stays.0': { $exists: true } }, { correction: { $ne: null } }],
  }).lean()
  const within = { $in: rows.map(({ workshop }) => workshop) }
  const [workshops, certificates] = await Promise.all([
    Workshop.find({ _id: within }).lean(),
    Certificate.find({
      partnership: { $in: rows.map(({ partnership }) => partnership) },
      workshop: within,
      participant: { $in: rows.map(({ _id }) => _id) },
      revokedAt: null,
    }).lean(),
  ])
  const plans = new Map(workshops.map((row) => [String(row._id), row]))
  const papers = new Map(certificates.map((row) => [String(row.participant), row]))
  const attended = rows.flatMap((row): AttendedView[] => {
    const workshop = plans.get(String(row.workshop))
    const paper = papers.get(String(row._id))
    if (!workshop) return []
    const minutes = minutesOf(row, workshop)
    if (minutes === 0 && !paper) return []
    const { title, startsAt, timeZone } = workshop
    return [
      {
        workshopId: String(workshop._id),
        // as the paper calls it
        title: paper?.title ?? title,
        date: dateIn(startsAt.getTime(), timeZone),
        minutes,
        certified: paper?.hours ?? null,
      },
    ]
  })
  return attended.toSorted((a, b) => (a.date < b.date ? 1 : -1))
}

/** Certificates of a person as rows have them, for their archive. */
export async function* certificatesOf(user: Person): AsyncGenerator<unknown> {
  for await (const row of Certificate.find(await ofPlaces(user)).lean()) {
    const { workshop, code, name, title, hours, date, issuedAt, revokedAt } = row
    yield { workshop, code, name, title, hours, date, issuedAt, revokedAt }
  }
}

/** What a person has promised themselves at workshops, for their archive. */
export async function* promisesOf(user: Person): AsyncGenerator<unknown> {
  for await (const row of WorkshopPromise.find(await ofPlaces(user)).lean()) {
    const { workshop, text, lang, at, dueAt, outcome, answer, answeredAt } = row
    yield { workshop, text, lang, at, dueAt, outcome, answer, answeredAt }
  }
}

/** What belongs to a person by their places in workshops, as a filter that an index answers. */
async function ofPlaces(user: Person) {
  const rows = await WorkshopParticipant.find({ user }, { partnership: 1, workshop: 1 }).lean()
  return {
    partnership: { $in: rows.map(({ partnership }) => partnership) },
    workshop: { $in: rows.map(({ workshop }) => workshop) },
    participant: { $in: rows.map(({ _id }) => _id) },
  }
}
