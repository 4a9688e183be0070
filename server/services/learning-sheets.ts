import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { AnswerSheet, type AnswerSheetRow } from '../../models/answer-sheet'
import { Certificate } from '../../models/certificate'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopTest, type WorkshopTestRow } from '../../models/workshop-test'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import type { HandedInView, LearningState, OwnTestView } from '../../shared/learning-views'
import type { AnswerTest, Evaluate } from '../../shared/schemas/learning'
import type { TestPhase } from '../../shared/workshops'
import type { Ports } from '../ports'
import { recordAudit } from './audit'
import { inOrder } from './in-order'
import { isAnswered, isTaking, testOf } from './learning'
import { hashOfCode } from './learning-codes'
import {
  barredBy,
  barredFrom,
  beginRoll,
  countBatch,
  demandAmongThem,
  enrol,
  giverOf,
  isAmongThem,
  readGiver,
} from './learning-givers'
import { demandNoPatientData } from './patient-data'
import { inTransaction } from './transaction'
import { findWorkshop } from './workshop-access'
import { saysSame } from './workshop-carried-rows'

/** Evaluations and promises are taken so long after the end, milliseconds. */
const AFTER_MS = 30 * 24 * 60 * 60_000

/**
 * The test before or after a workshop as it is answered: never with what is right.
 *
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`
 */
export async function readOwnTest(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  phase: TestPhase,
): Promise<OwnTestView> {
  const workshop = await findWorkshop(actor, workshopId)
  await demandAmongThem(actor, workshop)
  const [row, barred] = await Promise.all([testOf(workshop), barredFrom(actor, workshop, phase)])
  const open = isTaking(workshop, row, phase)
  const asked = (open && row?.items) || []
  return {
    workshop: workshop.title,
    phase,
    open,
    barred,
    items: asked.map(({ id, prompt, options }) => ({ id, prompt, options })),
    rev: row?.rev ?? 0,
  }
}

/**
 * Hand in a test. There is one sheet for each code and each person: by a code that has been used it stays
 * as it was, and whoever sends the very same again is told that it is in. After the workshop the writer is
 * told what was right. The row leads to nobody.
 *
 * @throws AppError `not_found`, `forbidden`, `in_waiting_room`, `answers_closed`, `too_many_requests`;
 *   `own_workshop`, `not_attended` as `barredFrom`; `answered_already` under another code; `conflict`
 *   where the questions have changed under the reader's eyes; `invalid_input` with nothing answered
 */
export async function answerTest(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { phase, sign, base, answers }: AnswerTest,
): Promise<HandedInView> {
  const workshop = await findWorkshop(actor, workshopId)
  await ports.limits.take('post', actor.userId)
  await demandMayAnswer(actor, workshop, phase)
  const test = await testOf(workshop)
  if (!test || !isTaking(workshop, test, phase)) throw new AppError('answers_closed')
  if (test.rev !== base) throw new AppError('conflict')
  const given = test.items.flatMap(({ id, options }) => {
    const chosen = options.find((option) => option.id === answers[id])
    return chosen ? [[id, chosen.id] as const] : []
  })
  if (given.length === 0) throw new AppError('invalid_input', { answers: 'none' })
  const own = sheetOf(ports, workshop, phase, sign)
  const sent = { answers: Object.fromEntries(given) }
  const stored = await handIn(ports, actor, { ...own, lang: actor.lang, ...sent }, { test })
  return {
    again: isOther(stored, sent),
    score: phase === 'post' ? scoreOf(test, stored?.answers ?? sent.answers) : null,
  }
}

/**
 * Hand in an evaluation. Where it looked like patient data and was sent all the same, the record tells
 * the kinds but not the writer, who is nobody.
 *
 * @throws AppError as `answerTest`; `patient_data`
 */
export async function evaluate(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  { sign, lang, cadre, scales, acknowledged, ...texts }: Evaluate,
): Promise<{ again: boolean }> {
  const workshop = await findWorkshop(actor, workshopId)
  await ports.limits.take('post', actor.userId)
  await demandMayAnswer(actor, workshop, 'evaluation')
  if (!isOpenAfter(workshop, ports.clock.now())) throw new AppError('answers_closed')
  const kept = demandNoPatientData(texts, { acknowledged })
  const sent = { ...texts, lang, cadre: cadre ?? null, scales }
  const sheet = { ...sheetOf(ports, workshop, 'evaluation', sign), ...sent }
  const also = async (session: ClientSession) => {
    if (kept.length === 0) return
    const fact = {
      kind: 'patient-data:kept' as const,
      partnershipId: String(workshop.partnership),
      by: null,
      subject: { workshop: workshopId },
      detail: { kinds: kept.join(' ') },
    }
    await recordAudit(ports, fact, session)
  }
  return { again: isOther(await handIn(ports, actor, sheet, { also }), sent) }
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
  const [test, me] = await Promise.all([testOf(workshop), readGiver(actor, workshop)])
  const before = barredBy(actor, workshop, 'pre', me)
  const after = barredBy(actor, workshop, 'evaluation', me)
  const among = isAmongThem(actor, workshop, me)
  const mine = me && { partnership, workshop: _id, participant: me._id, revokedAt: null }
  const isOpen = isOpenAfter(workshop, ports.clock.now())
  return {
    preOpen: before === null && among && isTaking(workshop, test, 'pre'),
    postOpen: after === null && among && isTaking(workshop, test, 'post'),
    evaluationOpen: after === null && among && isOpen,
    promiseOpen: among && isOpen,
    barred: isOpen ? after : null,
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

/** @throws AppError as `demandAmongThem`; `own_workshop`, `not_attended` */
async function demandMayAnswer(
  actor: Actor,
  workshop: WorkshopRow,
  kind: AnswerSheetRow['kind'],
): Promise<void> {
  await demandAmongThem(actor, workshop)
  const barred = await barredFrom(actor, workshop, kind)
  if (barred) throw new AppError(barred)
}

type Sheet = ReturnType<typeof sheetOf> & Partial<AnswerSheetRow>

/**
 * @param test what is answered; its first sheet and a change of its items do not cross
 * @param also what goes with it in the same transaction
 * @returns the sheet that this code has handed in before; null where this one is kept
 * @throws AppError `answered_already`, `conflict`
 */
async function handIn(
  ports: Ports,
  actor: Actor,
  sheet: Sheet,
  { test, also }: { test?: WorkshopTestRow; also?: (session: ClientSession) => Promise<void> },
): Promise<AnswerSheetRow | null> {
  const { _id, partnership, workshop } = sheet
  const which = { _id, partnership, workshop }
  const known = await AnswerSheet.findOne(which).lean()
  if (known) return known
  const giver = giverOf(ports, actor, sheet)
  await beginRoll(sheet)
  const write = async (session: ClientSession) => {
    // sent twice at once: the other one was quicker
    const twin = await AnswerSheet.findOne(which).session(session).lean()
    if (twin) return twin
    await enrol(sheet, giver, session)
    if (test && !(await isAnswered({ partnership, _id: workshop }, session))) {
      const { matchedCount } = await WorkshopTest.updateOne(
        { _id: test._id, partnership, rev: test.rev },
        { $inc: { begun: 1 } },
        { session },
      )
      if (matchedCount === 0) throw new AppError('conflict')
    }
    await AnswerSheet.create([sheet], { session })
    await countBatch(sheet, session)
    await also?.(session)
    return null
  }
  // everybody hands in at the end, and each changes the one roll
  return inOrder(`sheets ${workshop}`, () => inTransaction(write))
}

/**
 * Is something else stored than what was sent? Only the answer to it may have been lost. Whoever has the
 * code has the sheet: nobody learns more by it than is theirs.
 */
function isOther(stored: AnswerSheetRow | null, sent: Partial<AnswerSheetRow>): boolean {
  if (!stored) return false
  const fields = Object.keys(sent) as (keyof AnswerSheetRow)[]
  return fields.some((field) => !saysSame(stored[field] ?? {}, sent[field] ?? {}))
}

function scoreOf({ items }: WorkshopTestRow, answers: Readonly<Record<string, string>>) {
  const each = items.map((item) => ({ ...item, chosen: answers[item.id] ?? null }))
  return { right: each.filter(({ chosen, right }) => chosen === right).length, items: each }
}
