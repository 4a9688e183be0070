import { Certificate } from '../../models/certificate'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import type { ProviderView } from '../../shared/after-views'
import { dateIn } from '../../shared/wall-clock'
import type { Ports } from '../ports'
import { demand } from './access'
import { ownName, toNameView } from './names'
import { minutesOf } from './workshop-attendance'
import { guestName } from './workshop-attendees'

/** More than a programme trains in years; beyond it the newest are shown. */
const MOST = 5_000

/**
 * Everybody who was trained in a partnership's workshops: it grows from attendance, nobody types it.
 * Guests of the same address are one person; those written down by hand are one by their name.
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
  const [users, certificates] = await Promise.all([
    User.find({ _id: { $in: rows.flatMap(({ user }) => user ?? []) } }, { name: 1 }).lean(),
    Certificate.find(
      {
        partnership: partnershipId,
        participant: { $in: rows.map(({ _id }) => _id) },
        revokedAt: null,
      },
      { participant: 1, hours: 1 },
    ).lean(),
  ])
  const names = new Map(users.map(({ _id, name }) => [String(_id), toNameView(name)]))
  const hoursOf = new Map(certificates.map((row) => [String(row.participant), row.hours]))
  const people = new Map<string, ProviderView>()
  for (const row of rows) {
    const workshop = byId.get(String(row.workshop))
    const minutes = workshop ? minutesOf(row, workshop) : 0
    if (!workshop || minutes === 0) continue
    const hours = hoursOf.get(String(row._id)) ?? Math.round(minutes / 30) / 2
    const key = keyOf(row)
    const known = people.get(key)
    const done = {
      id: String(workshop._id),
      title: workshop.title,
      date: dateIn(workshop.startsAt.getTime(), workshop.timeZone),
      hours,
    }
    const name = row.user ? names.get(String(row.user)) : undefined
    people.set(key, {
      key,
      name: name ?? guestName(row.guest?.name ?? ''),
      lang: row.guest?.lang ?? null,
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

function keyOf({ user, guest, _id }: WorkshopParticipantRow): string {
  if (user) return `user ${user}`
  if (guest?.email) return `guest ${guest.email}`
  return guest ? `name ${guest.name} ${guest.institution}` : String(_id)
}

function institutionOf({ institution, guest }: WorkshopParticipantRow) {
  return institution ?? (guest?.institution ? { [guest.lang]: guest.institution } : null)
}
