import type { WorkshopRow } from '../../models/workshop'
import { type ItemBodies, WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import type { WorkshopParticipantRow } from '../../models/workshop-participant'
import type { VoteRow } from '../../models/workshop-tally'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { RoomActOf } from '../../shared/schemas/workshop-room'
import { SCALE } from '../../shared/workshops'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { demandNoPatientData } from './patient-data'
import { inTransaction } from './transaction'
import { demandStatus } from './workshop-items'
import { followVotes } from './workshop-poll-results'
import { countVote, replaceVote, voteOf } from './workshop-tallies'
import { voterOf } from './workshop-voters'

/**
 * Answer a poll, or answer it otherwise while it is open; of a quiz the first answer stays. What is
 * answered is acknowledged once it is on disk. Said again it is the same vote, also after the poll or the
 * workshop has closed: only the acknowledgement had been lost.
 *
 * @returns null: the item itself is as it was
 * @throws AppError `not_found`, `poll_closed` (before opening too), `patient_data`, `workshop_over`,
 *   `workshop_not_open`; `invalid_input` with `choices` or `text`; `conflict` for another answer to a quiz
 */
export async function vote(
  ports: Ports,
  _actor: Actor,
  workshop: WorkshopRow,
  act: RoomActOf<'vote'>,
  me: Pick<WorkshopParticipantRow, '_id'>,
): Promise<null> {
  const { partnership, _id, status } = workshop
  // after the end all that is left to say is that it was counted
  const isLate = status === 'closed'
  if (!isLate) demandStatus(workshop)
  const which = { _id: act.item, partnership, workshop: _id, kind: 'poll' as const }
  const row = (await WorkshopItem.findOne(
    which,
  ).lean()) as unknown as WorkshopItemRow<'poll'> | null
  if (isLate && !row) demandStatus(workshop)
  // what is still being prepared is nobody else's
  if (!row) throw new AppError('not_found')
  if (row.body.status === 'draft') throw new AppError('poll_closed')
  const answer = answerIn(row.body, act)
  const now = ports.clock.now()
  const mine = { ...answer, voter: voterOf(ports, row._id, me._id), at: now }
  if (isLate && !isSame(await voteOf(row, mine.voter), mine)) demandStatus(workshop)
  const isNew = await cast(ports, row, mine, act)
  // said again, the word of it may have got lost
  ports.bus.publish('workshop:voted', { workshopId: String(_id), itemId: act.item })
  if (isNew) followVotes(ports, row)
  return null
}

/** @returns is anything counted that was not before? */
async function cast(
  ports: Ports,
  row: WorkshopItemRow<'poll'>,
  mine: VoteRow,
  act: RoomActOf<'vote'>,
): Promise<boolean> {
  // mostly it is their first one: the count itself asks, and what is only chosen needs no other look
  if (mine.text === '' && (await countVote(row, mine))) return true
  const before = await voteOf(row, mine.voter)
  if (isSame(before, mine)) return false
  const kept = demandNoPatientData({ text: mine.text }, act, { text: before?.text })
  const count = async (session?: Parameters<typeof countVote>[2]) =>
    (await countVote(row, mine, session)) ||
    (row.body.purpose === 'poll' && (await replaceVote(row, mine, session)))
  const isCounted =
    kept.length === 0
      ? await count()
      : await inTransaction(async (session) => {
          if (!(await count(session))) return false
          const { partnership, workshop, _id } = row
          const place = { workshop: String(workshop), item: String(_id) }
          const detail = { kinds: kept.join(' ') }
          const fact = { kind: 'patient-data:kept' as const, subject: place, detail }
          // by nobody: the record says that it happened, and an answer stays nameless
          await recordAudit(
            ports,
            { ...fact, partnershipId: String(partnership), by: null },
            session,
          )
          return true
        })
  if (isCounted) return true
  // a twin was quicker, or it is closed
  const known = await voteOf(row, mine.voter)
  if (isSame(known, mine)) return false
  throw new AppError(known && row.body.purpose === 'quiz' ? 'conflict' : 'poll_closed')
}

function isSame(known: VoteRow | null, { choices, text, lang }: VoteRow): boolean {
  return (
    known?.choices.join(' ') === choices.join(' ') && known.text === text && known.lang === lang
  )
}

/** An answer as the form of the poll has it; choices in the order of the options. */
function answerIn(
  { form, options }: ItemBodies['poll'],
  { choices, text, lang }: RoomActOf<'vote'>,
): Pick<VoteRow, 'choices' | 'text' | 'lang'> {
  if (form === 'text') {
    if (text === '') throw new AppError('invalid_input', { text: 'required' })
    if (choices.length > 0) throw new AppError('invalid_input', { choices: 'unknown' })
    return { choices: [], text, lang }
  }
  const known: readonly string[] = form === 'scale' ? SCALE : options.map(({ id }) => id)
  const chosen = known.filter((id) => choices.includes(id))
  // one that is unknown, or one twice
  if (chosen.length < choices.length) throw new AppError('invalid_input', { choices: 'unknown' })
  const most = form === 'multiple' ? known.length : 1
  if (chosen.length < 1 || chosen.length > most)
    throw new AppError('invalid_input', { choices: 'required' })
  return { choices: chosen, text: '', lang: null }
}
