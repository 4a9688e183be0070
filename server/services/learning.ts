import type { ClientSession } from 'mongoose'
import { AnswerSheet } from '../../models/answer-sheet'
import type { WorkshopRow } from '../../models/workshop'
import { type TestItemRow, WorkshopTest, type WorkshopTestRow } from '../../models/workshop-test'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import type { TestView } from '../../shared/learning-views'
import type { OpenTest, SaveTest } from '../../shared/schemas/learning'
import { TEST_PHASES, type TestPhase } from '../../shared/workshops'
import type { Ports } from '../ports'
import { demandNoPatientData, recordKept, stoodAnywhere } from './patient-data'
import { inTransactionOnce } from './transaction'
import { findFacilitated } from './workshop-access'
import { saysSame } from './workshop-carried-rows'

/**
 * The test of a workshop with its right answers, for those who run it.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readTest(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<TestView> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const [row, pre, post] = await Promise.all([
    testOf(workshop),
    AnswerSheet.countDocuments(sheetsOf(workshop, 'pre')),
    AnswerSheet.countDocuments(sheetsOf(workshop, 'post')),
  ])
  return {
    items: row?.items ?? [],
    open: { pre: row?.preOpen ?? false, post: row?.postOpen ?? false },
    answers: { pre, post },
    locked: pre + post > 0,
    rev: row?.rev ?? 0,
  }
}

/**
 * Put all items of the test anew. They stay as they are once somebody has answered: other questions
 * would not fit those answers.
 *
 * @throws AppError `not_found`, `forbidden`, `patient_data`, `test_answered`; `conflict` if somebody
 *   saved something else meanwhile
 */
export async function saveTest(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { base, items, acknowledged }: SaveTest,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const { partnership, _id } = workshop
  const known = (await testOf(workshop))?.items ?? []
  const stood = known.flatMap(({ prompt, options }) => [prompt, ...options.map(({ text }) => text)])
  const texts = textsOf(items)
  const kept = demandNoPatientData(texts, { acknowledged }, stoodAnywhere(texts, stood))
  const fields = { items: items.map(toItemRow), rev: base + 1 }
  // a test without items takes no answers
  const closed = items.length === 0 ? { preOpen: false, postOpen: false } : {}
  const isStored = async () => {
    const row = await testOf(workshop)
    return row !== null && saysSame(row.items, fields.items)
  }
  await inTransactionOnce(isStored, async (session) => {
    if (await isAnswered(workshop, session)) throw new AppError('test_answered')
    const done = await WorkshopTest.updateOne(
      { _id, partnership, rev: base },
      { $set: { ...fields, ...closed } },
      { session, upsert: base === 0, setDefaultsOnInsert: true },
    )
    if (done.matchedCount + done.upsertedCount === 0) throw new AppError('conflict')
    const place = { workshop: workshopId }
    await recordKept(ports, actor, { partnership, place, kept }, session)
  })
  if (items.length === 0) await tellOpenTests(ports, workshop)
}

/**
 * Begin or end taking answers to the test before or after the workshop.
 *
 * @throws AppError `not_found` also where there is no test yet, `forbidden`, `workshop_over` when cancelled
 */
export async function openTest(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { phase, open }: OpenTest,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const { _id, partnership, status } = workshop
  if (open && status === 'cancelled') throw new AppError('workshop_over')
  const { matchedCount } = await WorkshopTest.updateOne(
    { _id, partnership, 'items.0': { $exists: true } },
    { $set: phase === 'pre' ? { preOpen: open } : { postOpen: open } },
  )
  if (matchedCount === 0) throw new AppError('not_found')
  await tellOpenTests(ports, workshop)
}

/** Rooms that are open offer what takes answers, and nothing else. */
async function tellOpenTests({ bus }: Ports, workshop: WorkshopRow): Promise<void> {
  const open = await listOpenTests(workshop)
  bus.publish('workshop:tests', { workshopId: String(workshop._id), open })
}

/** The tests of a workshop that take answers now. */
export async function listOpenTests(workshop: WorkshopRow): Promise<TestPhase[]> {
  const test = await testOf(workshop)
  return TEST_PHASES.filter((phase) => isTaking(workshop, test, phase))
}

/** Does the test take answers in this phase? */
export function isTaking(
  { status }: Pick<WorkshopRow, 'status'>,
  test: WorkshopTestRow | null,
  phase: TestPhase,
): boolean {
  if (!test || test.items.length === 0 || status === 'draft' || status === 'cancelled') return false
  return phase === 'pre' ? test.preOpen : test.postOpen
}

/** The test's row; null where nobody has written one. */
export function testOf(
  { _id, partnership }: Pick<WorkshopRow, '_id' | 'partnership'>,
  session?: ClientSession,
): Promise<WorkshopTestRow | null> {
  return WorkshopTest.findOne({ _id, partnership })
    .session(session ?? null)
    .lean()
    .exec()
}

/** Has anybody handed in a test, before or after the workshop? */
export async function isAnswered(
  { partnership, _id }: Pick<WorkshopRow, '_id' | 'partnership'>,
  session: ClientSession,
): Promise<boolean> {
  const tests = { partnership, workshop: _id, kind: { $in: ['pre' as const, 'post' as const] } }
  return (await AnswerSheet.exists(tests).session(session)) !== null
}

function sheetsOf({ partnership, _id }: WorkshopRow, kind: TestPhase) {
  return { partnership, workshop: _id, kind }
}

type ItemInput = SaveTest['items'][number]

function toItemRow({ promptEn, promptRu, options, right }: ItemInput, at: number): TestItemRow {
  return {
    id: `i${at + 1}`,
    prompt: localized(promptEn, promptRu),
    options: options.flatMap(({ en, ru }, place) =>
      en || ru ? [{ id: `o${place + 1}`, text: localized(en, ru) }] : [],
    ),
    right: `o${right + 1}`,
  }
}

/** The texts of items by the names of their fields. */
function textsOf(items: readonly ItemInput[]): Record<string, string> {
  return Object.fromEntries(
    items.flatMap(({ place, promptEn, promptRu, options }) => [
      [`items.${place}.promptEn`, promptEn],
      [`items.${place}.promptRu`, promptRu],
      ...options.flatMap(({ en, ru }, at) => [
        [`items.${place}.option${at}En`, en],
        [`items.${place}.option${at}Ru`, ru],
      ]),
    ]),
  )
}
