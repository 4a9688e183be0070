import { createHash } from 'node:crypto'
import { AnswerSheet } from '../../models/answer-sheet'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopPromise } from '../../models/workshop-promise'
import type { Actor } from '../../shared/actor'
import type { LearningPage, VoiceView } from '../../shared/learning-views'
import type { BlankVoice } from '../../shared/schemas/learning'
import { EVALUATION_TEXTS, PROMISE_OUTCOMES } from '../../shared/workshops'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { FEWEST, inSteps, resultsOf } from './learning-results'
import { dropStaleArchives } from './purge-rows'
import { inTransaction } from './transaction'
import { findFacilitated } from './workshop-access'

/**
 * What the tests, the evaluation and the promises of a workshop say, for those who run it; nothing of
 * it before enough have answered.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readResults(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<LearningPage> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const [results, voices, promises] = await Promise.all([
    resultsOf(workshop),
    voicesOf(workshop),
    promisesOf(workshop),
  ])
  return { results, voices, promises, fewest: FEWEST }
}

/** What was written into the evaluation; null before enough have handed one in, and more with every five. */
export async function voicesOf({
  partnership,
  _id,
}: Pick<WorkshopRow, '_id' | 'partnership'>): Promise<LearningPage['voices']> {
  const rows = await AnswerSheet.find(
    { partnership, workshop: _id, kind: 'evaluation' },
    { lang: 1, mostUseful: 1, leastUseful: 1, willChange: 1, batch: 1 },
  ).lean()
  const sheets = inSteps(rows)
  if (sheets.length === 0) return null
  const [mostUseful, leastUseful, willChange] = EVALUATION_TEXTS.map((name) =>
    shuffled(
      sheets.flatMap(({ lang, [name]: text }) => (text === '' ? [] : [{ lang, text }])),
      name,
    ),
  )
  return {
    mostUseful: mostUseful ?? [],
    leastUseful: leastUseful ?? [],
    willChange: willChange ?? [],
  }
}

/**
 * Take a text out of the evaluations for good: somebody may have named a patient. The sheet stays, and
 * counts; the record tells by whom, never the text.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function blankVoice(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { name, text }: BlankVoice,
  partnershipId?: string,
): Promise<void> {
  const { partnership, _id } = await findFacilitated(actor, workshopId, partnershipId)
  const alike = { partnership, workshop: _id, kind: 'evaluation' as const, [name]: text }
  await inTransaction(async (session) => {
    const change = { $set: { [name]: '' } }
    const { modifiedCount } = await AnswerSheet.updateMany(alike, change, { session })
    if (modifiedCount === 0) return
    const fact = {
      kind: 'evaluation:blanked' as const,
      partnershipId: String(partnership),
      by: actor.userId,
      subject: { workshop: String(_id) },
      detail: { field: name },
    }
    await recordAudit(ports, fact, session)
  })
  // archives that are ready would give the words away for days
  await dropStaleArchives(ports, partnership)
}

/** In an order that tells neither who wrote first nor which texts are of one writer; always the same one. */
function shuffled(voices: VoiceView[], name: string): VoiceView[] {
  const placed = voices.map((voice) => ({
    voice,
    place: createHash('sha256').update(`${name} ${voice.text}`).digest('hex'),
  }))
  return placed.toSorted((a, b) => (a.place < b.place ? -1 : 1)).map(({ voice }) => voice)
}

async function promisesOf({ partnership, _id }: WorkshopRow): Promise<LearningPage['promises']> {
  const rows = await WorkshopPromise.find(
    { partnership, workshop: _id },
    { outcome: 1, answeredAt: 1 },
  ).lean()
  const inOrder = rows
    .filter(({ outcome }) => outcome !== null)
    .toSorted((a, b) => Number(a.answeredAt) - Number(b.answeredAt))
  // five at a time: the answer of one who comes alone could be read from the difference
  const answered = inOrder
    .slice(0, inOrder.length - (inOrder.length % FEWEST))
    .flatMap(({ outcome }) => outcome ?? [])
  const counts = PROMISE_OUTCOMES.map(
    (outcome) => [outcome, answered.filter((each) => each === outcome).length] as const,
  )
  return {
    made: rows.length < FEWEST ? null : rows.length,
    answered:
      answered.length < FEWEST
        ? null
        : { done: 0, partly: 0, not_yet: 0, ...Object.fromEntries(counts) },
  }
}
