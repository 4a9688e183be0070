import type { Types } from 'mongoose'
import { AnswerSheet } from '../../models/answer-sheet'
import { Workshop } from '../../models/workshop'
import { WorkshopTally } from '../../models/workshop-tally'
import { resultsOf } from './learning-results'
import { voicesOf } from './learning-voices'
import { resultsOf as countsOf } from './workshop-item-views'

/** How polls and questions of a partnership's rooms stand: who voted, and when, is nobody's. */
export async function* countedVotes(partnership: Types.ObjectId): AsyncGenerator<unknown> {
  const rows = WorkshopTally.find({ partnership }).sort({ _id: 1 }).lean()
  for await (const row of rows) {
    const { _id, workshop, kind, open } = row
    yield { id: String(_id), workshop: String(workshop), kind, open, ...countsOf(row) }
  }
}

/**
 * What tests and evaluations of each workshop say, as its facilitators see it: counted, and nothing
 * before enough have answered. Sheets themselves stay here: a code, a day and a profession together
 * would tell who wrote one.
 */
export async function* countedAnswers(partnership: Types.ObjectId): AsyncGenerator<unknown> {
  const answered = await AnswerSheet.distinct('workshop', { partnership })
  const rows = await Workshop.find({ _id: { $in: answered }, partnership })
    .sort({ _id: 1 })
    .lean()
  for (const row of rows) {
    const [results, voices] = await Promise.all([resultsOf(row), voicesOf(row)])
    yield { workshop: String(row._id), ...results, voices }
  }
}
