import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem, type WorkshopItemRow } from '../../models/workshop-item'
import { WorkshopTally } from '../../models/workshop-tally'
import type { HappenedView, WrittenView } from '../../shared/after-views'
import type { Language } from '../../shared/languages'
import { SCALE } from '../../shared/workshops'
import { resultsOf } from './workshop-item-views'

/** Of each kind; more than one workshop has. */
const MOST = 100

/**
 * What happened in a workshop's room, as its report tells: results that were shown to everybody,
 * questions with their answers, cases with what was recommended. A report leaves the partnership:
 * nobody is named in it, and of a case it has no more than the advice needs.
 */
export async function happenedIn(
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
): Promise<HappenedView> {
  const [polls, questions, cases] = await Promise.all([
    itemsOf(workshop, 'poll', { 'body.shown': true, 'body.status': { $ne: 'draft' } }),
    itemsOf(workshop, 'question', { 'body.status': 'answered', 'body.deletedAt': null }),
    itemsOf(workshop, 'case', { 'body.recommendations': { $ne: null }, 'body.deletedAt': null }),
  ])
  return {
    polls: await toPolls(polls),
    questions: questions.map(({ _id, body }) => ({
      id: String(_id),
      asked: writtenIn(body),
      answer: body.answer && body.answer.text !== '' ? writtenIn(body.answer) : null,
    })),
    cases: cases.flatMap(({ _id, body }) => {
      const { recommendations, lang, translation } = body
      if (!recommendations) return []
      const of = (field: 'problem' | 'question') => ({
        lang,
        text: body[field],
        translation: translation && { lang: translation.lang, text: translation[field] },
      })
      return {
        id: String(_id),
        problem: of('problem'),
        question: of('question'),
        recommended: writtenIn(recommendations),
      }
    }),
  }
}

async function itemsOf<K extends 'poll' | 'question' | 'case'>(
  { partnership, _id }: Pick<WorkshopRow, '_id' | 'partnership'>,
  kind: K,
  which: object,
): Promise<WorkshopItemRow<K>[]> {
  const rows = await WorkshopItem.find({ partnership, workshop: _id, kind, ...which })
    .sort({ born: 1 })
    .limit(MOST)
    .lean()
  return rows as unknown as WorkshopItemRow<K>[]
}

async function toPolls(rows: readonly WorkshopItemRow<'poll'>[]): Promise<HappenedView['polls']> {
  const tallies = await WorkshopTally.find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean()
  return rows.map(({ _id, body: { form, purpose, status, prompt, options, right } }) => {
    const { answers, counts, texts } = resultsOf(tallies.find((tally) => tally._id.equals(_id)))
    // what is right is told once a quiz is over
    const told = purpose === 'quiz' && status === 'closed' ? right : []
    const marks = form === 'scale' ? SCALE.map((id) => ({ id, text: null })) : options
    return {
      id: String(_id),
      prompt,
      answers,
      options: marks.map(({ id, text }) => ({
        mark: id,
        text,
        count: counts[id] ?? 0,
        right: told.includes(id),
      })),
      texts,
    }
  })
}

type Said = {
  lang: Language
  text: string
  translation: { lang: Language; text: string } | null
}

function writtenIn({ lang, text, translation }: Said): WrittenView {
  return {
    lang,
    text,
    translation: translation && { lang: translation.lang, text: translation.text },
  }
}
