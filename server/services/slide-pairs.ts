import type { ClientSession, Types } from 'mongoose'
import { SlideDeck, type SlideDeckRow } from '../../models/slide-deck'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { otherLanguage } from '../../shared/languages'
import type { Ports } from '../ports'
import { inTransaction } from './transaction'
import { findFacilitated } from './workshop-access'

type Paired = Pick<SlideDeckRow, '_id' | 'partnership' | 'workshop'>

/**
 * Say that two decks are the same slides in both languages, or that a deck has no such other one. Those
 * that either was paired with before stand alone again.
 *
 * @param otherId null: it stands alone
 * @throws AppError `not_found`, `forbidden`; `invalid_input` for two of one language
 */
export async function pairDecks(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { deckId, otherId }: { deckId: string; otherId: string | null },
  partnershipId?: string,
): Promise<void> {
  const { partnership, _id: workshop } = await findFacilitated(actor, workshopId, partnershipId)
  const ids = [deckId, ...(otherId ? [otherId] : [])]
  await inTransaction(async (session) => {
    const which = { _id: { $in: ids }, partnership, workshop }
    const rows = await SlideDeck.find(which, { lang: 1 }).session(session).lean()
    if (rows.length < ids.length) throw new AppError('not_found')
    const [one, other] = rows
    if (!one) throw new AppError('not_found')
    if (other?.lang === one.lang) throw new AppError('invalid_input', { otherId: 'language' })
    for (const { _id } of rows) await unpair(session, { _id, partnership, workshop })
    if (other) await join(session, { ...one, partnership, workshop }, other._id)
  })
  ports.bus.publish('workshop:slides', { workshopId, deckId, page: null })
}

/**
 * A new deck is the other half of the one that was made of the same library item in the other language,
 * in the caller's transaction; of one that has its other half already it is not.
 */
export async function pairByResource(session: ClientSession, row: SlideDeckRow): Promise<void> {
  const { partnership, workshop, resource } = row
  const other = await SlideDeck.findOne(
    {
      partnership,
      workshop,
      resource,
      lang: otherLanguage(row.lang),
      state: { $ne: 'failed' },
      pair: null,
    },
    { _id: 1 },
  )
    .sort({ at: -1, _id: -1 })
    .session(session)
    .lean()
  if (other) await join(session, row, other._id)
}

/** In the caller's transaction. */
export async function unpair(session: ClientSession, deck: Paired): Promise<void> {
  const { _id, partnership, workshop } = deck
  const both = { partnership, workshop, $or: [{ _id }, { pair: _id }] }
  await SlideDeck.updateMany(both, { $set: { pair: null } }, { session })
}

async function join(session: ClientSession, deck: Paired, other: Types.ObjectId): Promise<void> {
  const { _id, partnership, workshop } = deck
  const at = { partnership, workshop }
  await SlideDeck.updateOne({ _id, ...at }, { $set: { pair: other } }, { session })
  await SlideDeck.updateOne({ _id: other, ...at }, { $set: { pair: _id } }, { session })
}
