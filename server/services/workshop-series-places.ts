import type { ClientSession } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import type { SeriesPlace } from '../../shared/registration-views'
import type { Ports } from '../ports'
import { inOrderOfAll } from './in-order'
import { queueMails } from './mail'
import { announceNotices, type Recorded } from './notify'
import { inTransaction } from './transaction'
import { findWorkshop } from './workshop-access'
import { homeOf, participantsTo } from './workshop-addressees'
import { participantFor } from './workshop-attendees'
import { giveBack, waitingPlaceOf } from './workshop-given-places'
import { inSeriesWith, isLater } from './workshop-later'
import { aboutFor, toAlso } from './workshop-letters'
import { hasPlace, holdPlaces, OPEN, takePlace } from './workshop-places'
import { demandOpen } from './workshop-registration'
import { announceWorkshop } from './workshop-summaries'

/**
 * This workshop and the later ones of its series, as far as they can be registered for, with one's own
 * place in each; none where it stands alone, or is not open itself.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listSeriesPlaces(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<SeriesPlace[]> {
  const workshop = await findWorkshop(actor, workshopId)
  if (!isOpenSeries(actor, workshop)) return []
  const rows = await openFrom(workshop)
  if (rows.length < 2) return []
  const mine = await placesOf(actor, rows)
  return Promise.all(
    rows.map(async (row) => {
      const place = mine.find((each) => each.workshop.equals(row._id))
      return {
        workshopId: String(row._id),
        number: row.seriesPlace,
        startsAt: row.startsAt.toISOString(),
        registration: place?.registration ?? 'none',
        waitingPlace: place ? await waitingPlaceOf(place) : null,
        isFull: !hasPlace(row),
      }
    }),
  )
}

/**
 * Take a place in this workshop and in each of the later ones of its series, or the next one of its
 * waiting list where it is full: in one transaction, confirmed by one letter. What one has already stays
 * as it is, so that doing it again does nothing.
 *
 * @returns how it stands then (`listSeriesPlaces`)
 * @throws AppError as `register`
 */
export async function registerForLater(
  ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<SeriesPlace[]> {
  const { workshop, rows } = await findSeries(ports, actor, workshopId)
  const now = ports.clock.now()
  const mine = new Map<string, WorkshopParticipantRow>()
  for (const row of rows) mine.set(String(row._id), await participantFor(actor, row, now))
  if (mine.get(workshopId)?.door === 'refused') throw new AppError('forbidden')
  await changeAll(ports, rows, async (session) => {
    const placed: Placed[] = []
    for (const row of rows) {
      const own = mine.get(String(row._id))
      const held = await holdIfOpen(row, workshop, session)
      // who was turned away there has no place there
      const isFree = held && own && own.door !== 'refused'
      const taken = isFree ? await takePlace(held, own._id, now, session) : null
      if (held && taken) placed.push({ workshop: held, mine: taken })
    }
    await confirm(placed, now, session)
    return []
  })
  return listSeriesPlaces(ports, actor, workshopId)
}

/**
 * Give back one's places in this workshop and in the later ones of its series, or leave their waiting
 * lists; whoever waits longest gets each of them and is told.
 *
 * @returns how it stands then (`listSeriesPlaces`)
 * @throws AppError as `register`
 */
export async function cancelLater(
  ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<SeriesPlace[]> {
  const { workshop, rows } = await findSeries(ports, actor, workshopId)
  const mine = await placesOf(actor, rows)
  await changeAll(ports, rows, async (session) => {
    const told: Recorded[] = []
    for (const row of rows) {
      const own = mine.find((each) => each.workshop.equals(row._id))
      const held = own && (await holdIfOpen(row, workshop, session))
      if (held) told.push(await giveBack(ports, held, own, session))
    }
    return told.flat()
  })
  return listSeriesPlaces(ports, actor, workshopId)
}

type Placed = { workshop: WorkshopRow; mine: WorkshopParticipantRow }

/** A guest is one of a single workshop. */
function isOpenSeries(actor: Actor, { series, status }: WorkshopRow): boolean {
  return !actor.guest && series !== null && OPEN.includes(status)
}

async function findSeries(ports: Ports, actor: Actor, workshopId: string) {
  const workshop = await findWorkshop(actor, workshopId)
  if (actor.guest) throw new AppError('forbidden')
  demandOpen(workshop)
  await ports.limits.take('write', actor.userId)
  return { workshop, rows: await openFrom(workshop) }
}

/** This one and the later ones, earliest first. */
async function openFrom(workshop: WorkshopRow): Promise<WorkshopRow[]> {
  const all = await inSeriesWith(workshop, null)
  const later = all.filter((row) => OPEN.includes(row.status) && isLater(row, workshop))
  return [workshop, ...later]
}

function placesOf(
  { userId: user }: Actor,
  rows: readonly WorkshopRow[],
): Promise<WorkshopParticipantRow[]> {
  return WorkshopParticipant.find({ workshop: { $in: rows.map(({ _id }) => _id) }, user }).lean()
}

/** Null for a later one that was closed or cancelled meanwhile; the one that was asked for must be open. */
async function holdIfOpen(
  row: WorkshopRow,
  asked: WorkshopRow,
  session: ClientSession,
): Promise<WorkshopRow | null> {
  try {
    return await holdPlaces(row, session)
  } catch (error) {
    if (row._id.equals(asked._id) || !isAppError(error) || error.code !== 'workshop_over')
      throw error
    return null
  }
}

/** All changes of places or none; the new counts are announced. */
async function changeAll(
  ports: Ports,
  rows: readonly WorkshopRow[],
  change: (session: ClientSession) => Promise<Recorded>,
): Promise<void> {
  const ids = rows.map(({ _id }) => _id)
  const recorded = await inOrderOfAll(
    ids.map((id) => `workshop ${id}`),
    () => inTransaction(change),
  )
  announceNotices(ports.bus, recorded)
  const before = new Map(rows.map(({ _id, registered }) => [String(_id), registered]))
  for (const row of await Workshop.find({ _id: { $in: ids } }).lean()) {
    if (row.registered !== before.get(String(row._id))) announceWorkshop(ports, row)
  }
}

/** One letter about all of them: mainly about the first one with a place, if there is any. */
async function confirm(
  placed: readonly Placed[],
  now: Date,
  session: ClientSession,
): Promise<void> {
  const main = placed.find(({ mine }) => mine.registration === 'registered') ?? placed[0]
  if (!main) return
  const home = await homeOf(main.workshop, session)
  const readers = await participantsTo(main.workshop, home, [main.mine], session)
  const reader = readers.get(String(main.mine._id))
  if (!reader) return
  const waits = ({ mine }: Placed) => waitingPlaceOf(mine, session)
  const also = []
  for (const each of placed) {
    if (each !== main) also.push({ ...toAlso({ row: each.workshop }), waiting: await waits(each) })
  }
  const values = { ...aboutFor(main.workshop, home, reader), waiting: await waits(main), also }
  const { email: to, lang } = reader
  const mail = { template: 'workshop-registered' as const, to, lang, values }
  await queueMails([{ mail, at: now }], session)
}
