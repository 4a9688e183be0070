import { createHash } from 'node:crypto'
import { AnswerSheet, type AnswerSheetRow } from '../../models/answer-sheet'
import { Certificate, type CertificateRow } from '../../models/certificate'
import { Outcome, type OutcomeRow } from '../../models/outcome'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopParticipant } from '../../models/workshop-participant'
import { WorkshopReport } from '../../models/workshop-report'
import { WorkshopTest, type WorkshopTestRow } from '../../models/workshop-test'
import { EVALUATION_SCALES } from '../../shared/workshops'
import { isRunBy } from '../services/attenders'
import { certificateCode } from '../services/certificate-issuing'
import { fullName } from '../services/names'
import type { Cast } from './cast'
import type { DemoPartnership } from './content/types'
import type { DemoWorkshop } from './content/workshop-types'
import { demoId, demoUuid } from './ids'
import { insertMissing } from './insert'
import { later, minutesOf } from './workshop-times'

/** Whoever was there for so much of it gets a certificate. */
const ENOUGH = 0.7

/** What a workshop of the past left behind: tests, evaluation, report, outcomes, certificates. */
export async function seedResults(
  cast: Cast,
  partnership: DemoPartnership,
  workshop: DemoWorkshop,
  row: WorkshopRow,
): Promise<void> {
  await insertMissing(Outcome, outcomesOf(cast, workshop, row))
  if (workshop.test) await insertMissing(WorkshopTest, [testOf(workshop.test, row)])
  await insertMissing(AnswerSheet, [...testSheets(workshop, row), ...evaluations(workshop, row)])
  if (workshop.report) {
    const { summary, decisions, costs } = workshop.report
    await insertMissing(WorkshopReport, [
      {
        _id: row._id,
        partnership: row.partnership,
        summary,
        decisions,
        quotes: [],
        costs,
        press: {},
        rev: 1,
        editedBy: row.createdBy,
        editedAt: later(row.endsAt, 2 * 1_440),
        demo: true,
      },
    ])
  }
  if (row.status === 'closed') {
    await insertMissing(Certificate, await certificatesOf(partnership, workshop, row))
  }
}

function outcomesOf(
  cast: Cast,
  { key, outcomes = [] }: DemoWorkshop,
  row: WorkshopRow,
): OutcomeRow[] {
  return outcomes.map(({ kind, text, assignee, due, done }, index) => ({
    _id: demoId(`outcome ${key} ${index}`),
    partnership: row.partnership,
    workshop: row._id,
    kind,
    text,
    source: null,
    assignee: assignee ? cast.id(assignee) : null,
    due: dayOf(row, due),
    reminded: dayOf(row, due),
    doneAt: done ? later(row.endsAt, 10 * 1_440) : null,
    doneBy: done && assignee ? cast.id(assignee) : null,
    createdBy: row.createdBy,
    clientKey: demoUuid(`outcome ${key} ${index}`),
    at: later(row.endsAt, 15 + index),
    rev: 1,
    demo: true,
  }))
}

/** An ISO date. @param days after the end */
function dayOf({ endsAt }: WorkshopRow, days: number | undefined): string | null {
  return days === undefined
    ? null
    : later(endsAt, days * 1_440)
        .toISOString()
        .slice(0, 10)
}

type Test = NonNullable<DemoWorkshop['test']>

const optionId = (index: number) => `o${index + 1}`
const itemId = (index: number) => `i${index + 1}`

function testOf({ items }: Test, row: WorkshopRow): WorkshopTestRow {
  return {
    _id: row._id,
    partnership: row.partnership,
    items: items.map(({ prompt, options, right }, index) => ({
      id: itemId(index),
      prompt,
      options: options.map((text, place) => ({ id: optionId(place), text })),
      right: optionId(right),
    })),
    preOpen: false,
    postOpen: false,
    rev: 1,
    demo: true,
  }
}

/** Sheets of everybody who answered, so that of each item exactly as many were right as are told. */
function testSheets({ key, test }: DemoWorkshop, row: WorkshopRow): AnswerSheetRow[] {
  if (!test) return []
  return (['pre', 'post'] as const).flatMap((kind) =>
    Array.from({ length: test.answered }, (_, person) => {
      const answers = test.items.map(({ right, before, after }, index) => {
        const most = kind === 'pre' ? before : after
        // each item is known by others
        const isRight = (person + index * 7) % test.answered < most
        const wrong = (right + 1 + (person % 2)) % 3
        return [itemId(index), optionId(isRight ? right : wrong)] as const
      })
      return { ...sheet(key, row, kind, person), answers: Object.fromEntries(answers) }
    }),
  )
}

function evaluations(
  { key, evaluation, voices = [] }: DemoWorkshop,
  row: WorkshopRow,
): AnswerSheetRow[] {
  if (!evaluation) return []
  const most = Math.max(...EVALUATION_SCALES.map((scale) => total(evaluation[scale])))
  return Array.from({ length: most }, (_, person) => {
    const scales = EVALUATION_SCALES.flatMap((scale) => {
      const [five, four] = evaluation[scale]
      if (person >= total(evaluation[scale])) return []
      return [[scale, person < five ? 5 : person < five + four ? 4 : 3] as const]
    })
    const voice = voices[person]
    return {
      ...sheet(key, row, 'evaluation', person),
      scales: Object.fromEntries(scales),
      ...(voice
        ? {
            lang: voice.lang,
            mostUseful: voice.useful,
            leastUseful: voice.less,
            willChange: voice.change,
          }
        : {}),
    }
  })
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function sheet(
  key: string,
  row: WorkshopRow,
  kind: AnswerSheetRow['kind'],
  person: number,
): AnswerSheetRow {
  return {
    _id: demoId(`sheet ${key} ${kind} ${person}`),
    partnership: row.partnership,
    workshop: row._id,
    kind,
    code: createHash('sha256').update(`demonstration ${key} ${person}`).digest('hex'),
    cadre: person % 2 === 0 ? 'nurse' : 'physician',
    lang: 'ru',
    answers: {},
    scales: {},
    mostUseful: '',
    leastUseful: '',
    willChange: '',
    day: row.endsAt.toISOString().slice(0, 10),
    batch: 1,
    demo: true,
  }
}

async function certificatesOf(
  { members }: DemoPartnership,
  workshop: DemoWorkshop,
  row: WorkshopRow,
): Promise<CertificateRow[]> {
  const enough = minutesOf(workshop) * ENOUGH
  const participants = await WorkshopParticipant.find({ workshop: row._id, demo: true }).lean()
  return participants.flatMap(({ _id, user, guest, stays }): CertificateRow[] => {
    const minutes = stays.reduce(
      (sum, { from, to }) => sum + (Number(to) - Number(from)) / 60_000,
      0,
    )
    // whoever teaches is not trained by it
    if (minutes < enough || isRunBy(row, { user })) return []
    const member = members.find(({ key }) => user?.equals(demoId(`user ${key}`)))
    const name = member ? fullName(member.name) : { [guest?.lang ?? 'ru']: guest?.name ?? '' }
    return [
      {
        _id: demoId(`certificate ${_id}`),
        partnership: row.partnership,
        workshop: row._id,
        participant: _id,
        code: codeOf(String(_id)),
        name,
        title: row.title,
        hours: Math.round(minutes / 30) / 2,
        date: row.startsAt.toISOString().slice(0, 10),
        issuedAt: later(row.endsAt, 60),
        issuedBy: row.createdBy,
        revokedAt: null,
        demo: true,
      },
    ]
  })
}

/** Code of the certificate of a participant of the demonstration, the same at every seeding. */
export function codeOf(participant: string): string {
  const bytes = createHash('sha256').update(`demonstration certificate ${participant}`).digest()
  return certificateCode((below, place) => bytes.readUInt8(place) % below)
}
