import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { AnswerSheet, type AnswerSheetRow } from '../../models/answer-sheet'
import { Certificate } from '../../models/certificate'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopTest, type WorkshopTestRow } from '../../models/workshop-test'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { HandedInView, LearningState, OwnTestView } from '../../shared/learning-views'
import type { AnswerTest, Evaluate } from '../../shared/schemas/learning'
import type { TestPhase } from '../../shared/workshops'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { isAnswered, isTaking, testOf } from './learning'
import { hashOfCode } from './learning-codes'
import { demandNoPatientData } from './patient-data'
import { inTransaction, isTaken } from './transaction'
import { findWorkshop, participantOf } from './workshop-access'

/** Evaluations and promises are taken so long after the end, milliseconds. */
const AFTER_MS = 30 * 24 * 60 * 60_000

/**
 * The test before or after a workshop as it is answered: never with what is right.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readOwnTest(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  phase: TestPhase,
): Promise<OwnTestView> {
  const workshop = await findWorkshop(actor, workshopId)
  const row = await testOf(workshop)
  const open = isTaking(workshop, row, phase)
  const asked = (open && row?.items) || []
  return {
    workshop: workshop.title,
    phase,
    open,
    items: asked.map(({ id, prompt, options }) => ({ id, prompt, options })),
    rev: row?.rev ?? 0,
  }
}

/**
 * Hand in a test. There is one sheet for each code: sent again, or by a code that has been used, it
 * stays as it was. After the workshop the writer is told what was right. The row leads to nobody.
 *
 * @throws AppError `not_found`, `forbidden`, `answers_closed`, `too_many_requests`; `conflict` where
 *   the questions have changed under the reader's eyes; `invalid_input` with nothing answered
 */
export async function answerTest(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { phase, sign, base, answers }: AnswerTest,
): Promise<HandedInView> {
  const workshop = await findWorkshop(actor, workshopId)
  await ports.limits.take('post', actor.userId)
  const test = await testOf(workshop)
  if (!test || !isTaking(workshop, test, phase)) throw new AppError('answers_closed')
  if (test.rev !== base) throw new AppError('conflict')
  const given = test.items.flatMap(({ id, options }) => {
    const chosen = options.find((option) => option.id === answers[id])
    return chosen ? [[id, chosen.id] as const] : []
  })
  if (given.length === 0) throw new AppError('invalid_input', { answers: 'none' })
  const own = { ...sheetOf(ports, workshop, phase, sign), lang: actor.lang }
  const again = !(await handIn({ ...own, answers: Object.fromEntries(given) }, test))
  const stored = again ? await AnswerSheet.findById(own._id).lean() : null
  return {
    again,
    score: phase === 'post' ? scoreOf(test, stored?.answers ?? Object.fromEntries(given)) : null,
  }
}

/**
 * Hand in an evaluation. Where it looked like patient data and was sent all the same, the record tells
 * the kinds but not the writer, who is nobody.
 *
 * @throws AppError `not_found`, `forbidden`, `answers_closed`, `patient_data`, `too_many_requests`
 */
export async function evaluate(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { sign, lang, cadre, scales, acknowledged, ...texts }: Evaluate,
): Promise<{ again: boolean }> {
  const workshop = await findWorkshop(actor, workshopId)
  await ports.limits.take('post', actor.userId)
  if (!isOpenAfter(workshop, ports.clock.now())) throw new AppError('answers_closed')
  const kept = demandNoPatientData(texts, { acknowledged })
  const sheet = {
    ...sheetOf(ports, workshop, 'evaluation', sign),
    ...texts,
    lang,
    cadre: cadre ?? null,
    scales,
  }
  const isNew = await handIn(sheet, null, async (session) => {
    if (kept.length === 0) return
    const fact = {
      kind: 'patient-data:kept' as const,
      partnershipId: String(workshop.partnership),
      by: null,
      subject: { workshop: workshopId },
      detail: { kinds: kept.join(' ') },
    }
    await recordAudit(ports, fact, session)
  })
  return { again: !isNew }
}

/**
 * What is open to somebody who attends, for the links that lead there.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readLearningState(
  ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<LearningState> {
  const workshop = await findWorkshop(actor, workshopId)
  const { partnership, _id } = workshop
  const [test, me] = await Promise.all([
    testOf(workshop),
    WorkshopParticipant.findOne(participantOf(actor, _id), { _id: 1 }).lean(),
  ])
  const mine = me && { partnership, workshop: _id, participant: me._id, revokedAt: null }
  const isOpen = isOpenAfter(workshop, ports.clock.now())
  return {
    preOpen: isTaking(workshop, test, 'pre'),
    postOpen: isTaking(workshop, test, 'post'),
    evaluationOpen: isOpen,
    promiseOpen: isOpen,
    certificate: mine !== null && (await Certificate.exists(mine)) !== null,
  }
}

/** From the beginning until 30 days after the end. */
export function isOpenAfter({ status, closedAt, endsAt }: WorkshopRow, now: Date): boolean {
  if (status === 'live') return true
  return status === 'closed' && now.getTime() <= (closedAt ?? endsAt).getTime() + AFTER_MS
}

/**
 * What a sheet has of its own. Its id follows from the code: one drawn by the clock would tell to the
 * second when it was written.
 */
function sheetOf(
  { clock }: Pick<Ports, 'clock'>,
  { partnership, _id: workshop }: WorkshopRow,
  kind: AnswerSheetRow['kind'],
  sign: string,
) {
  const code = hashOfCode(workshop, sign)
  const id = createHash('sha256').update(`${kind} ${code}`).digest('hex').slice(0, 24)
  const day = clock.now().toISOString().slice(0, 10)
  return { _id: new Types.ObjectId(id), partnership, workshop, kind, code, day }
}

/**
 * @param test what is answered; its first sheet and a change of its items do not cross
 * @param also what goes with it in the same transaction
 * @returns false where this code has handed one in before
 */
async function handIn(
  sheet: Pick<AnswerSheetRow, '_id' | 'partnership' | 'workshop'> & Partial<AnswerSheetRow>,
  test: WorkshopTestRow | null,
  also?: (session: ClientSession) => Promise<void>,
): Promise<boolean> {
  const { _id, partnership, workshop } = sheet
  if (await AnswerSheet.exists({ _id, partnership, workshop })) return false
  try {
    await inTransaction(async (session) => {
      if (test && !(await isAnswered({ partnership, _id: workshop }, session))) {
        const { matchedCount } = await WorkshopTest.updateOne(
          { _id: test._id, partnership, rev: test.rev },
          { $inc: { begun: 1 } },
          { session },
        )
        if (matchedCount === 0) throw new AppError('conflict')
      }
      await AnswerSheet.create([sheet], { session })
      await also?.(session)
    })
    return true
  } catch (error) {
    // the same sheet from another tab, or sent twice, was quicker
    if (isTaken(error)) return false
    throw error
  }
}

function scoreOf({ items }: WorkshopTestRow, answers: Readonly<Record<string, string>>) {
  const each = items.map((item) => ({ ...item, chosen: answers[item.id] ?? null }))
  return { right: each.filter(({ chosen, right }) => chosen === right).length, items: each }
}
