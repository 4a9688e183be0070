import { type ClientSession, Types } from 'mongoose'
import { SlideDeck } from '../../models/slide-deck'
import type { WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import type { Ports } from '../ports'
import { BEFORE_AND_LIVE, changeItem, demandFacilitator, stageOf } from './workshop-items'

type Stage = ItemBodies['stage']

/** The same timer set again so soon is the same one: its answer was lost. Milliseconds. */
const SAME_TIMER_MS = 10_000

/**
 * Say which row of the agenda the room is at, or that it is at none.
 *
 * @throws AppError `forbidden`; `not_found` if there is no such row; as `changeItem`
 */
export async function setRow(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { row }: RoomActOf<'set_row'>,
): Promise<WorkshopItemRow> {
  demandFacilitator(actor, workshop)
  const found = workshop.agenda.find(({ _id }) => String(_id) === row)
  if (row && !found) throw new AppError('not_found')
  return changeStage(ports, workshop, (stage) =>
    String(stage.row) === String(row) ? null : { ...stage, row: found?._id ?? null },
  )
}

/**
 * Show everybody a page. Presenters and facilitators may: where the line of one of them drops the page
 * stays, and any other goes on from there.
 *
 * @throws AppError `not_found` if the deck is not this workshop's or has no such page; `conflict` while
 *   it is being made; as `changeItem`
 */
export async function showSlide(
  ports: Ports,
  _actor: Actor,
  workshop: WorkshopRow,
  { deck, page }: RoomActOf<'show_slide'>,
  { _id: presenter }: WorkshopParticipantRow,
): Promise<WorkshopItemRow> {
  const id = new Types.ObjectId(deck)
  return changeStage(ports, workshop, async (stage, session) => {
    // in the transaction: what is being taken away is not shown
    const pages = await countPages(workshop, id, session)
    if (page > pages) throw new AppError('not_found')
    const shown = stage.slide
    const isSame = shown?.deck.equals(id) && shown.page === page && shown.pages === pages
    if (isSame && stage.presenter?.equals(presenter)) return null
    return { ...stage, slide: { deck: id, page, pages }, presenter }
  })
}

async function countPages(
  { partnership, _id }: WorkshopRow,
  deck: Types.ObjectId,
  session: ClientSession,
): Promise<number> {
  const [found] = await SlideDeck.aggregate<{ state: string; pages: number }>(
    [
      { $match: { _id: deck, partnership, workshop: _id } },
      { $project: { state: 1, pages: { $size: '$pages' } } },
    ],
    { session },
  )
  if (!found) throw new AppError('not_found')
  if (found.state !== 'ready') throw new AppError('conflict')
  return found.pages
}

/**
 * Show no slides any more.
 *
 * @throws AppError as `changeItem`
 */
export async function hideSlides(
  ports: Ports,
  _actor: Actor,
  workshop: WorkshopRow,
): Promise<WorkshopItemRow> {
  return changeStage(ports, workshop, (stage) =>
    stage.slide || stage.presenter ? { ...stage, slide: null, presenter: null } : null,
  )
}

/**
 * Set the room's timer to so many minutes from now; 0 takes it away.
 *
 * @throws AppError `forbidden`, and as `changeItem`
 */
export async function setTimer(
  ports: Ports,
  actor: Actor,
  workshop: WorkshopRow,
  { minutes }: RoomActOf<'set_timer'>,
): Promise<WorkshopItemRow> {
  demandFacilitator(actor, workshop)
  const endsAt = new Date(ports.clock.now().getTime() + minutes * 60_000)
  return changeStage(ports, workshop, (stage) => {
    const { timer } = stage
    if (minutes === 0) return timer ? { ...stage, timer: null } : null
    const later = timer ? endsAt.getTime() - timer.endsAt.getTime() : Number.POSITIVE_INFINITY
    if (timer?.minutes === minutes && later < SAME_TIMER_MS) return null
    return { ...stage, timer: { endsAt, minutes } }
  })
}

async function changeStage(
  ports: Ports,
  workshop: WorkshopRow,
  change: (stage: Stage, session: ClientSession) => Stage | null | Promise<Stage | null>,
): Promise<WorkshopItemRow> {
  const { partnership, _id } = workshop
  const known = await WorkshopItem.findOne(
    { partnership, workshop: _id, kind: 'stage' },
    { _id: 1 },
  ).lean()
  const id = String((known ?? (await stageOf(ports, workshop)))._id)
  const which = { id, kind: 'stage' as const }
  return changeItem(
    ports,
    workshop,
    which,
    ({ body }, session) => change(body, session),
    BEFORE_AND_LIVE,
  )
}
