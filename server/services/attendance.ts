import { Certificate } from '../../models/certificate'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type {
  AttendanceCounts,
  AttendanceRowView,
  AttendanceView,
  CountView,
  UnseenView,
} from '../../shared/after-views'
import { PEOPLE_MOST } from '../../shared/schemas/afterwards'
import type { Ports } from '../ports'
import { listUnlisted } from './attendance-members'
import {
  attendersOf,
  certificateHours,
  enoughMinutes,
  isRunBy,
  plannedMinutes,
  unseenOf,
  wholeMinutes,
} from './attenders'
import { findFacilitated } from './workshop-access'
import { minutesOf } from './workshop-attendance'
import { toAttendees } from './workshop-attendees'
import { openMinutes, usualMinutes } from './workshop-spans'

/**
 * Who was there and for how long, for those who run the workshop.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readAttendance(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<AttendanceView> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const hasBegun = workshop.status === 'live' || workshop.status === 'closed'
  const [counts, unseen, unlisted] = await Promise.all([
    attendanceOf(workshop),
    hasBegun ? listUnseen(workshop) : [],
    hasBegun ? listUnlisted(workshop) : [],
  ])
  return { ...counts, hasBegun, unseen, unlisted, whole: wholeMinutes(workshop) }
}

/** The same, for those who have found the workshop already and ask about nobody else. */
export async function attendanceOf(workshop: WorkshopRow): Promise<AttendanceCounts> {
  const attenders = await attendersOf(workshop)
  const users = attenders.flatMap(({ participant }) => participant.user ?? [])
  const [attendees, certificates, gone] = await Promise.all([
    toAttendees(
      workshop,
      attenders.map(({ participant }) => participant),
    ),
    Certificate.find({ partnership: workshop.partnership, workshop: workshop._id }).lean(),
    User.distinct('_id', { _id: { $in: users }, deletedAt: { $exists: true } }),
  ])
  const nameless = new Set(gone.map(String))
  const issued = new Map(certificates.map((row) => [String(row.participant), row]))
  const enough = enoughMinutes(workshop)
  const rows = attenders.flatMap(({ participant, minutes }): AttendanceRowView[] => {
    const attendee = attendees.get(String(participant._id))
    const certificate = issued.get(String(participant._id))
    if (!attendee) return []
    const { correction, stays, cadre, user } = participant
    const runs = isRunBy(workshop, participant)
    const isEnough = !runs && minutes >= enough
    const isOther = certificate && certificate.hours !== certificateHours(minutes, workshop)
    const first = stays.map(({ from }) => from).toSorted((a, b) => Number(a) - Number(b))[0]
    const last = stays
      .map(({ to, seenAt }) => to ?? seenAt)
      .toSorted((a, b) => Number(b) - Number(a))[0]
    return [
      {
        attendee,
        cadre,
        institution: institutionOf(participant),
        guest: user === null,
        runs,
        minutes,
        measured: minutesOf({ stays, correction: null }, workshop),
        correction: correction && { note: correction.note, at: correction.at.toISOString() },
        from: first?.toISOString() ?? null,
        to: last?.toISOString() ?? null,
        enough: isEnough,
        // under no name nobody is certified
        due: isEnough && !certificate && !nameless.has(String(user)),
        certificate: certificate
          ? {
              code: certificate.code,
              revoked: certificate.revokedAt !== null,
              outdated: isEnough && certificate.revokedAt === null && isOther === true,
            }
          : null,
      },
    ]
  })
  // whoever only looked in is on the list, to be corrected, and is counted nowhere; nor who ran it
  const attended = rows.filter(({ minutes, runs }) => minutes > 0 && !runs)
  return {
    planned: plannedMinutes(workshop),
    enough,
    overrun: overrunOf(workshop),
    rows: rows.toSorted((a, b) => b.minutes - a.minutes),
    people: attended.length,
    byCadre: countBy(attended, ({ cadre }) => ({ key: cadre ?? 'other', label: null })),
    byInstitution: countBy(attended, ({ institution }) => ({
      key: institution?.en ?? institution?.ru ?? '',
      label: institution,
    })),
    isOver: workshop.status === 'closed',
  }
}

/** Whoever has a place and was not seen in the room, in the order of their registration. */
async function listUnseen(workshop: WorkshopRow): Promise<UnseenView[]> {
  const rows = await WorkshopParticipant.find(unseenOf(workshop))
    .sort({ registeredAt: 1, _id: 1 })
    .limit(PEOPLE_MOST)
    .lean()
  const attendees = await toAttendees(workshop, rows)
  return rows.flatMap((row) => {
    const attendee = attendees.get(String(row._id))
    if (!attendee) return []
    return {
      attendee,
      cadre: row.cadre,
      institution: institutionOf(row),
      guest: row.user === null,
    }
  })
}

/** Null where the room was closed about as planned: nothing is to be asked. */
function overrunOf(workshop: WorkshopRow): AttendanceView['overrun'] {
  const open = openMinutes(workshop)
  const usual = usualMinutes(workshop)
  if (open === null || open <= usual) return null
  return { open, credited: workshop.lasted ?? usual, said: (workshop.lasted ?? null) !== null }
}

/** How many, and their minutes together, largest group first. */
export function countBy<T extends { minutes: number }>(
  rows: readonly T[],
  groupOf: (row: T) => Pick<CountView, 'key' | 'label'>,
): CountView[] {
  const groups = new Map<string, CountView>()
  for (const row of rows) {
    const { key, label } = groupOf(row)
    const known = groups.get(key) ?? { key, label, count: 0, minutes: 0 }
    groups.set(key, { ...known, count: known.count + 1, minutes: known.minutes + row.minutes })
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
}

function institutionOf({ institution, guest }: WorkshopParticipantRow) {
  return institution ?? (guest?.institution ? { [guest.lang]: guest.institution } : null)
}
