import { Certificate } from '../../models/certificate'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { ProviderView } from '../../shared/after-views'
import { dateIn } from '../../shared/wall-clock'
import type { Ports } from '../ports'
import { demand } from './access'
import { hoursOf, isRunBy } from './attenders'
import { ownName, toNameView } from './names'
import { minutesOf } from './workshop-attendance'
import { guestName } from './workshop-attendees'

/** More than a programme trains in years; beyond it the newest are shown. */
const MOST = 5_000

/**
 * Everybody who was trained in a partnership's workshops, not who ran them: it grows from attendance,
 * nobody types it.
 * Guests of the same address are one person, also with the member whom they have become; those written
 * down by hand are one by their name.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listProviders(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<ProviderView[]> {
  demand(actor, 'workshop:join', { partnershipId })
  const workshops = await Workshop.find({ partnership: partnershipId, status: 'closed' }).lean()
  const byId = new Map(workshops.map((row) => [String(row._id), row]))
  const rows = await WorkshopParticipant.find({
    partnership: partnershipId,
    workshop: { $in: workshops.map(({ _id }) => _id) },
    $or: [{ 'stays.0': { $exists: true } }, { correction: { $ne: null } }],
  })
    .sort({ _id: -1 })
    .limit(MOST)
    .lean()
  const [users, members, certificates] = await Promise.all([
    User.find({ _id: { $in: rows.flatMap(({ user }) => user ?? []) } }, { name: 1 }).lean(),
    joinedSince(partnershipId, rows),
    Certificate.find(
      {
        partnership: partnershipId,
        participant: { $in: rows.map(({ _id }) => _id) },
        revokedAt: null,
      },
      { participant: 1, hours: 1 },
    ).lean(),
  ])
  const names = new Map(
    [...users, ...members].map(({ _id, name }) => [String(_id), toNameView(name)]),
  )
  const accounts = new Map(members.map(({ _id, email }) => [email, _id]))
  const certified = new Map(certificates.map((row) => [String(row.participant), row.hours]))
  const people = new Map<string, ProviderView>()
  for (const row of rows) {
    const workshop = byId.get(String(row.workshop))
    const minutes = workshop ? minutesOf(row, workshop) : 0
    if (!workshop || minutes === 0 || isRunBy(workshop, row)) continue
    const hours = certified.get(String(row._id)) ?? hoursOf(minutes, workshop)
    const user = row.user ?? accounts.get(row.guest?.email ?? '') ?? null
    const same = sameAs({ ...row, user })
    const known = people.get(same)
    const done = {
      id: String(workshop._id),
      title: workshop.title,
      date: dateIn(workshop.startsAt.getTime(), workshop.timeZone),
      hours,
    }
    const name = user ? names.get(String(user)) : undefined
    people.set(same, {
      // members read this too: nothing of what somebody is known by goes with it
      key: known?.key ?? String(row._id),
      name: name ?? guestName(row.guest?.name ?? ''),
      lang: user ? null : (row.guest?.lang ?? null),
      cadre: known?.cadre ?? row.cadre,
      institution: known?.institution ?? institutionOf(row),
      workshops: [...(known?.workshops ?? []), done].toSorted((a, b) => (a.date < b.date ? 1 : -1)),
      hours: (known?.hours ?? 0) + hours,
    })
  }
  const collator = new Intl.Collator('ru')
  return [...people.values()].toSorted(
    (a, b) => b.hours - a.hours || collator.compare(ownName(a.name), ownName(b.name)),
  )
}

/** Members whose address a guest had proven to be theirs. */
async function joinedSince(partnershipId: string, rows: readonly WorkshopParticipantRow[]) {
  const addresses = rows.flatMap(({ user, guest }) => (user ? [] : (guest?.email ?? [])))
  if (addresses.length === 0) return []
  const known = await User.find({ email: { $in: addresses } }, { name: 1, email: 1 }).lean()
  const ids = known.map(({ _id }) => _id)
  const within = { partnership: partnershipId, user: { $in: ids } }
  const joined = new Set((await Membership.distinct('user', within)).map(String))
  return known.filter(({ _id }) => joined.has(String(_id)))
}

/** By what two rows are one person. */
function sameAs({ user, guest, _id }: WorkshopParticipantRow): string {
  if (user) return `user ${user}`
  if (guest?.email) return `guest ${guest.email}`
  return guest ? `name ${guest.name} ${guest.institution}` : String(_id)
}

function institutionOf({ institution, guest }: WorkshopParticipantRow) {
  return institution ?? (guest?.institution ? { [guest.lang]: guest.institution } : null)
}
