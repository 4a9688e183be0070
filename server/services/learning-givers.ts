import type { ClientSession } from 'mongoose'
import { AnswerRoll } from '../../models/answer-roll'
import { AnswerSheet, type AnswerSheetRow } from '../../models/answer-sheet'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant, type WorkshopParticipantRow } from '../../models/workshop-participant'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { Barred } from '../../shared/learning-views'
import type { Ports } from '../ports'
import { FEWEST } from './learning-results'
import { isTaken } from './transaction'
import { mayFacilitate, participantOf } from './workshop-access'
import { PLACE, type Place, whyOutside } from './workshop-door'

type Kind = AnswerSheetRow['kind']
const KINDS = ['pre', 'post', 'evaluation'] as const satisfies readonly Kind[]
/** Somebody who may hand in sheets, as far as that depends on their place. */
export type Giver = Place & Pick<WorkshopParticipantRow, '_id' | 'stays' | 'correction'>
type Of = Pick<AnswerSheetRow, 'partnership' | 'workshop' | 'kind'>

/**
 * Sheets of a workshop are for those who may come into its room. Before it has begun nobody can have
 * been let in: until then it is enough not to have been turned away.
 *
 * @throws AppError `forbidden` for those who were turned away, `in_waiting_room`
 */
export async function demandAmongThem(actor: Actor, workshop: WorkshopRow): Promise<void> {
  const me = await readGiver(actor, workshop)
  const why = whyOutside(actor, doorOf(workshop, me), me)
  if (why) throw new AppError(why)
}

/** The same as a question, of somebody whose place has been read. */
export function isAmongThem(actor: Actor, workshop: WorkshopRow, me: Giver | null): boolean {
  return whyOutside(actor, doorOf(workshop, me), me) === null
}

/** As it stands to somebody: whom a facilitator has written down nobody has to let in any more. */
function doorOf(workshop: WorkshopRow, me: Giver | null): WorkshopRow {
  const hasBegun = workshop.status === 'live' || workshop.status === 'closed'
  const isWaitedAt = hasBegun && !(me?.correction && wasThere(me))
  return isWaitedAt ? workshop : { ...workshop, waitingRoom: false }
}

/**
 * What keeps somebody from handing in: whoever runs the workshop reads the results and would know the
 * others' answers by their own; what comes after it is asked of those who were there.
 */
export async function barredFrom(actor: Actor, workshop: WorkshopRow, kind: Kind): Promise<Barred> {
  // before a workshop nobody's place matters
  const me = kind === 'pre' ? null : await readGiver(actor, workshop)
  return barredBy(actor, workshop, kind, me)
}

/** The same of somebody whose place has been read. */
export function barredBy(
  actor: Actor,
  workshop: WorkshopRow,
  kind: Kind,
  me: Giver | null,
): Barred {
  if (mayFacilitate(actor, workshop)) return 'own_workshop'
  if (kind === 'pre') return null
  return me && wasThere(me) ? null : 'not_attended'
}

/** What of somebody's place in a workshop says which sheets are theirs to hand in; null without one. */
export async function readGiver(actor: Actor, workshop: WorkshopRow): Promise<Giver | null> {
  const mine = participantOf(actor, workshop._id)
  return WorkshopParticipant.findOne(mine, { ...PLACE, stays: 1, correction: 1 }).lean<Giver>()
}

/** By joining, or as a facilitator has written it down. */
function wasThere({
  stays,
  correction,
}: Pick<WorkshopParticipantRow, 'stays' | 'correction'>): boolean {
  return correction ? correction.minutes > 0 : stays.length > 0
}

/**
 * Somebody, as the roll keeps them: another one for each kind of sheet, and nobody to whoever reads the
 * database alone.
 */
export function giverOf(
  { secrets }: { secrets: Pick<Ports['secrets'], 'digest'> },
  actor: Pick<Actor, 'userId'>,
  { workshop, kind }: Pick<Of, 'workshop' | 'kind'>,
): string {
  return secrets.digest(actor.userId, `workshop sheet: ${workshop} ${kind}`)
}

/** The roll of a workshop is there from its first sheet on. */
export async function beginRoll({ partnership, workshop }: Omit<Of, 'kind'>): Promise<void> {
  try {
    await AnswerRoll.updateOne(
      { _id: workshop },
      { $setOnInsert: { partnership } },
      { upsert: true, setDefaultsOnInsert: true },
    )
  } catch (error) {
    // a twin was quicker
    if (!isTaken(error)) throw error
  }
}

/**
 * Write somebody down as one who has handed in.
 *
 * @throws AppError `answered_already`
 */
export async function enrol(
  { partnership, workshop }: Omit<Of, 'kind'>,
  giver: string,
  session: ClientSession,
): Promise<void> {
  const { matchedCount } = await AnswerRoll.updateOne(
    { _id: workshop, partnership, givers: { $ne: giver } },
    // sorted, or the order of coming would join them to the sheets
    { $push: { givers: { $each: [giver], $sort: 1 } } },
    { session },
  )
  if (matchedCount === 0) throw new AppError('answered_already')
}

/**
 * Somebody came as a guest and is a member now: what was handed in by the one is handed in by the other,
 * so that each counts once. In the transaction in which they become one.
 */
export async function enrolAsOne(
  ports: { secrets: Pick<Ports['secrets'], 'digest'> },
  { partnership, workshop }: Omit<Of, 'kind'>,
  { guest, user }: { guest: string; user: string },
  session: ClientSession,
): Promise<void> {
  const of = { _id: workshop, partnership }
  const roll = await AnswerRoll.findOne(of, { givers: 1 }).session(session).lean()
  if (!roll) return
  const digest = (userId: string, kind: Kind) => giverOf(ports, { userId }, { workshop, kind })
  const anew = new Map(KINDS.map((kind) => [digest(guest, kind), digest(user, kind)]))
  const givers = new Set(roll.givers.map((giver) => anew.get(giver) ?? giver))
  // sorted, as by `enrol`
  await AnswerRoll.updateOne(of, { $set: { givers: [...givers].sort() } }, { session })
}

/**
 * Sheets come into the results five at a time: one that came alone could be read from the difference.
 * Transactions of one workshop do not cross here, as each has changed its roll.
 */
export async function countBatch(of: Of, session: ClientSession): Promise<void> {
  const { partnership, workshop, kind } = of
  const waiting = { partnership, workshop, kind, batch: null }
  if ((await AnswerSheet.countDocuments(waiting).session(session)) < FEWEST) return
  const roll = await AnswerRoll.findOneAndUpdate(
    { _id: workshop, partnership },
    { $inc: { batches: 1 } },
    { session, returnDocument: 'after' },
  ).lean()
  await AnswerSheet.updateMany(waiting, { $set: { batch: roll?.batches ?? 1 } }, { session })
}
