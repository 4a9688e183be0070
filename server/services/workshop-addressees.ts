import type { ClientSession, Types } from 'mongoose'
import { Institution } from '../../models/institution'
import { Membership } from '../../models/membership'
import { Partnership } from '../../models/partnership'
import { User } from '../../models/user'
import type { WorkshopRow } from '../../models/workshop'
import type { GuestRow, WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Language, LocalizedText } from '../../shared/languages'
import { languageOf } from './languages'
import { mayHear } from './notify'
import type { Hours } from './workshop-hours'

/** Whom letters about a workshop go to, and how they read time. */
export type Addressee = Hours & {
  /** Null for a guest. */
  user: Types.ObjectId | null
  email: string
  lang: Language
}

/** Both sides' clocks. */
export type Clock = { place: LocalizedText; timeZone: string }

/** What all letters about one workshop need to know of its partnership. */
export type Home = {
  slug: string
  clocks: Clock[]
  /** Of each side, by id. */
  countries: ReadonlyMap<string, string>
}

type Which = Pick<WorkshopRow, '_id' | 'partnership'>

/** The partnership's address, its clocks and countries. */
export async function homeOf(
  { partnership }: Which,
  session: ClientSession | null = null,
): Promise<Home> {
  const row = await Partnership.findById(partnership, { slug: 1, sides: 1 }).session(session).lean()
  const sides = row?.sides ?? []
  const institutions = await Institution.find(
    { _id: { $in: sides.map(({ institution }) => institution) } },
    { timeZone: 1, country: 1 },
  )
    .session(session)
    .lean()
  const leadOf = (id: Types.ObjectId) => institutions.find(({ _id }) => _id.equals(id))
  return {
    slug: row?.slug ?? '',
    clocks: sides.flatMap(({ place, institution }) => {
      const lead = leadOf(institution)
      return lead ? [{ place: { ...place }, timeZone: lead.timeZone }] : []
    }),
    countries: new Map(
      sides.map(({ _id, institution }) => [String(_id), leadOf(institution)?.country ?? '']),
    ),
  }
}

/**
 * Members as letters reach them: those who are members now, whose account is there and who may take part.
 *
 * @param users whom; all who may take part without it
 */
export async function membersTo(
  { partnership, _id }: Which,
  home: Home,
  { users, cadres }: { users?: readonly Types.ObjectId[]; cadres?: readonly string[] },
  session: ClientSession | null = null,
): Promise<Addressee[]> {
  const memberships = await Membership.find({
    partnership,
    status: 'active',
    ...(users ? { user: { $in: users } } : {}),
    ...(cadres && cadres.length > 0 ? { cadre: { $in: cadres } } : {}),
  })
    .session(session)
    .lean()
  const able = memberships.filter(({ role }) => mayHear(role, { workshop: _id }))
  const people = await User.find({ _id: { $in: able.map(({ user }) => user) } })
    .session(session)
    .lean()
  const byId = new Map(people.map((person) => [String(person._id), person]))
  return able.flatMap(({ user, side }) => {
    const person = byId.get(String(user))
    if (!person || person.deletedAt) return []
    const { email, timeZone } = person
    const country = home.countries.get(String(side)) ?? ''
    return [{ user: person._id, email, timeZone, country, lang: languageOf(person) }]
  })
}

/** Participants as letters reach them; those whom none reaches any more are left out. */
export async function participantsTo(
  workshop: Which,
  home: Home,
  rows: readonly Pick<WorkshopParticipantRow, '_id' | 'user' | 'guest'>[],
  session: ClientSession | null = null,
): Promise<Map<string, Addressee>> {
  const users = rows.flatMap(({ user }) => user ?? [])
  const members = await membersTo(workshop, home, { users }, session)
  const byUser = new Map(members.map((each) => [String(each.user), each]))
  return new Map(
    rows.flatMap((row) => {
      const to = row.guest ? guestTo(row.guest, home) : byUser.get(String(row.user))
      return to ? [[String(row._id), to] as const] : []
    }),
  )
}

/**
 * Is somebody of a workshop, as far as its door goes? Who was turned away is not, nor a guest whom nobody
 * has let in: they are neither counted nor written to.
 */
export function isOfIt({ door, guest }: Pick<WorkshopParticipantRow, 'door' | 'guest'>): boolean {
  return door !== 'refused' && !(guest && door === 'waiting')
}

/** Members whom the agenda names as speakers, and those who run it: each once. */
export function staffOf({
  facilitators,
  agenda,
}: Pick<WorkshopRow, 'facilitators' | 'agenda'>): Types.ObjectId[] {
  const all = [...facilitators, ...agenda.flatMap(({ speaker }) => speaker ?? [])]
  return [...new Map(all.map((user) => [String(user), user])).values()]
}

/**
 * Of a guest whose zone is not known it is taken to be that of the side whose language they read; null
 * for one without an address.
 */
function guestTo({ email, lang, timeZone }: GuestRow, home: Home): Addressee | null {
  if (!email) return null
  const zone = timeZone ?? likelyZone(lang, home)
  // they keep the holidays of the side whose clock they live by, if any
  const country = zonesOf(home).find((each) => each.timeZone === zone)?.country ?? ''
  return { user: null, email, lang, timeZone: zone, country }
}

/** The time zone of whoever reads that language, as far as nothing else is known of them. */
export function likelyZone(lang: Language, home: Pick<Home, 'clocks' | 'countries'>): string {
  const zones = zonesOf(home)
  const likely = zones.find(({ country }) => (country === 'RU') === (lang === 'ru')) ?? zones[0]
  return likely?.timeZone ?? 'UTC'
}

function zonesOf({ clocks, countries }: Pick<Home, 'clocks' | 'countries'>) {
  return [...countries.values()].map((country, at) => ({
    country,
    timeZone: clocks[at]?.timeZone ?? 'UTC',
  }))
}
