import type { Types } from 'mongoose'
import { CalendarFeed } from '../../models/calendar-feed'
import { Membership } from '../../models/membership'
import { User } from '../../models/user'
import { Workshop } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import { isToken } from '../../shared/tokens'
import { hashOf, newToken } from '../auth/sessions'
import type { Ports } from '../ports'
import { demandSelf } from './access'
import { type EventOf, toCalendar } from './calendar-events'
import { languageOf } from './languages'
import { deskOf } from './letters'
import { mayHear } from './notify'
import { findWorkshop, isUnannounced } from './workshop-access'
import { homeOf } from './workshop-addressees'

/** A feed goes so far back, milliseconds. */
const BACK_MS = 90 * 86_400_000
/** Entries of one feed; the newest. */
const MOST_EVENTS = 500

/**
 * One workshop as a calendar file, for whoever may take part.
 *
 * @param lang of its words
 * @throws AppError `not_found`, `forbidden`; `workshop_not_open` for a draft, which is no date yet
 */
export async function eventIcs(
  { publicUrl }: Pick<Ports, 'publicUrl'>,
  actor: Actor,
  workshopId: string,
  lang: Language,
): Promise<string> {
  const workshop = await findWorkshop(actor, workshopId)
  if (isUnannounced(workshop)) throw new AppError('workshop_not_open')
  const { clocks } = await homeOf(workshop)
  return toCalendar([{ workshop, clocks }], { lang, publicUrl: publicUrl() })
}

/**
 * Everything that the feed's owner is registered for or runs, of the last 90 days and to come; what was
 * cancelled says so. Partnerships that they have left are left out.
 *
 * @param token of the address, as it came
 * @param address of the asker, for limits
 * @throws AppError `not_found` for any other token, also one that has ended; `too_many_requests`
 */
export async function feedIcs(
  { clock, limits, publicUrl }: Pick<Ports, 'clock' | 'limits' | 'publicUrl'>,
  token: string,
  address: string,
): Promise<string> {
  await limits.take('api', `calendar ${address}`)
  const feed = isToken(token) && (await CalendarFeed.findOne({ tokenHash: hashOf(token) }).lean())
  const owner = feed ? await User.findById(feed.user).lean() : null
  if (!owner || owner.deletedAt) throw new AppError('not_found')
  const from = new Date(clock.now().getTime() - BACK_MS)
  const lang = languageOf(owner)
  const events = await eventsOf(owner._id, from)
  const name = deskOf(lang, owner.timeZone).t('calendar.name')
  return toCalendar(events, { lang, publicUrl: publicUrl() }, `Twinward: ${name}`)
}

async function eventsOf(user: Types.ObjectId, from: Date): Promise<EventOf[]> {
  const [memberships, places] = await Promise.all([
    Membership.find({ user, status: 'active' }).lean(),
    WorkshopParticipant.find({ user, registration: 'registered' }, { workshop: 1 }).lean(),
  ])
  const able = memberships.filter(({ role }) => mayHear(role, { workshop: user }))
  const rows = await Workshop.find({
    partnership: { $in: able.map(({ partnership }) => partnership) },
    status: { $ne: 'draft' },
    startsAt: { $gte: from },
    $or: [{ _id: { $in: places.map(({ workshop }) => workshop) } }, { facilitators: user }],
  })
    .sort({ startsAt: -1, _id: -1 })
    .limit(MOST_EVENTS)
    .lean()
  const homes = new Map<string, EventOf['clocks']>()
  for (const row of rows) {
    const key = String(row.partnership)
    if (!homes.has(key)) homes.set(key, (await homeOf(row)).clocks)
  }
  return rows.map((workshop) => ({
    workshop,
    clocks: homes.get(String(workshop.partnership)) ?? [],
  }))
}

/** Where a workshop's page is for this actor: in the workspace, or the room for a guest. */
export async function pathOf(_ports: unknown, actor: Actor, workshopId: string): Promise<string> {
  const workshop = await findWorkshop(actor, workshopId)
  if (actor.guest) return `/workshops/${workshopId}`
  return `/partnerships/${(await homeOf(workshop)).slug}/workshops/${workshopId}`
}

/** Is there a feed, and since when? Its address is not kept. @throws AppError `forbidden` */
export async function readFeed(
  _ports: unknown,
  actor: Actor,
): Promise<{ createdAt: string } | null> {
  demandSelf(actor)
  const feed = await CalendarFeed.findOne({ user: actor.userId }).lean()
  return feed && { createdAt: feed.createdAt.toISOString() }
}

/**
 * Make the one private address of the actor's calendar; an earlier one ends. It is told here and never
 * again: what is stored is its SHA-256.
 *
 * @returns the whole address
 * @throws AppError `forbidden`, `too_many_requests`
 */
export async function makeFeed(ports: Ports, actor: Actor): Promise<string> {
  demandSelf(actor)
  await ports.limits.take('write', actor.userId)
  const token = newToken()
  await CalendarFeed.updateOne(
    { _id: actor.userId },
    { $set: { user: actor.userId, tokenHash: hashOf(token), createdAt: ports.clock.now() } },
    { upsert: true },
  )
  return `${ports.publicUrl()}/calendar/${token}.ics`
}

/** End the actor's feed at once; without one nothing happens. @throws AppError `forbidden` */
export async function endFeed(_ports: unknown, actor: Actor): Promise<void> {
  demandSelf(actor)
  await CalendarFeed.deleteOne({ user: actor.userId })
}
