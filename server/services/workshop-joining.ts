import { type ClientSession, Types } from 'mongoose'
import { Workshop, type WorkshopRow } from '../../models/workshop'
import { AppError } from '../../shared/errors'
import { SERIES } from '../../shared/workshop-series'
import { areAtOnce, inSeriesWith } from './workshop-later'

/** Where a workshop stands among others. */
export type InSeries = Pick<WorkshopRow, 'series' | 'seriesCount' | 'seriesPlace'>

/**
 * One more place in the series of a workshop, or in the one that it makes with what joins it: in the
 * transaction that plans it. Numbers of the others stay theirs, so that the new one has the last,
 * whenever it is.
 *
 * @param time of what joins it
 * @throws AppError `invalid_input` with `startsAt`: `collides`, where another one of the series is at the
 *   same time; with `joins`: `full`; `not_found`
 */
export async function joinSeries(
  { _id, partnership }: Pick<WorkshopRow, '_id' | 'partnership'>,
  time: Pick<WorkshopRow, 'startsAt' | 'endsAt'>,
  session: ClientSession,
): Promise<InSeries> {
  const row = await Workshop.findOne({ _id, partnership }).session(session).lean()
  if (!row) throw new AppError('not_found')
  const others = await inSeriesWith(row, session)
  const seriesCount = others.length + 1
  if (seriesCount > SERIES.most) throw new AppError('invalid_input', { joins: 'full' })
  const taken = others.filter(({ status }) => status !== 'cancelled')
  if (taken.some((other) => areAtOnce(other, time))) {
    throw new AppError('invalid_input', { startsAt: 'collides' })
  }
  const series = row.series ?? new Types.ObjectId()
  const ids = others.map((other) => other._id)
  // who joins it at the same time waits for this, and finds one more
  await Workshop.updateMany(
    { _id: { $in: ids }, partnership },
    { $set: { series, seriesCount } },
    { session },
  )
  return { series, seriesCount, seriesPlace: seriesCount }
}
