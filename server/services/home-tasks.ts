import type { Types } from 'mongoose'
import { Outcome } from '../../models/outcome'
import type { Actor } from '../../shared/actor'
import type { LocalizedText } from '../../shared/languages'
import type { WaitingRow } from './home-waiting'

/** Longest text of a line, UTF-16 code units. */
const LINE = 160

/**
 * Open tasks of workshops that the actor has been given: those with a date first, the nearest one first.
 *
 * @param most lines
 */
export async function tasksFor(
  actor: Actor,
  partnership: Types.ObjectId,
  most: number,
): Promise<WaitingRow[]> {
  const open = { partnership, assignee: actor.userId, doneAt: null, kind: 'task' as const }
  const find = (due: object | null) =>
    Outcome.find({ ...open, due })
      .sort({ due: 1 })
      .limit(most)
      .lean()
  // the database puts those without a date before all others
  const [dated, undated] = await Promise.all([find({ $gt: '' }), find(null)])
  return [...dated, ...undated].slice(0, most).map((row) => ({
    kind: 'task',
    outcomeId: String(row._id),
    workshopId: String(row.workshop),
    title: shortened(row.text),
    due: row.due,
    by: String(row.createdBy),
    at: row.at.toISOString(),
  }))
}

function shortened({ en, ru }: LocalizedText): LocalizedText {
  const cut = (text: string) =>
    text.length > LINE ? `${text.slice(0, LINE - 1).trimEnd()}…` : text
  return { ...(en && { en: cut(en) }), ...(ru && { ru: cut(ru) }) }
}
