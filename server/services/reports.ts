import { Partnership } from '../../models/partnership'
import type { WorkshopRow } from '../../models/workshop'
import { WorkshopItem } from '../../models/workshop-item'
import { WorkshopReport, type WorkshopReportRow } from '../../models/workshop-report'
import type { Actor } from '../../shared/actor'
import type { EventReportView } from '../../shared/after-views'
import { AppError } from '../../shared/errors'
import { LANGUAGES, type Language, type LocalizedText, localized } from '../../shared/languages'
import type { SaveReport } from '../../shared/schemas/afterwards'
import { paperPdf } from '../papers/paper-pdf'
import { paperWord } from '../papers/paper-word'
import type { Ports } from '../ports'
import { attendanceOf } from './attendance'
import { savingLate } from './late-forms'
import { resultsOf } from './learning-results'
import { listOutcomesOf } from './outcome-rows'
import { demandNoPatientData, recordKept } from './patient-data'
import { peopleById, savedBy } from './people'
import { happenedIn } from './report-happened'
import { joinReports, type Written } from './report-joined'
import { reportPaper } from './report-paper'
import { inTransactionOnce } from './transaction'
import { findFacilitated } from './workshop-access'
import { homeOf } from './workshop-addressees'
import { saysSame } from './workshop-carried-rows'

/** What is counted for a report when it is read; nobody types it. */
export type ReportFacts = Awaited<ReturnType<typeof factsOf>>

const EMPTY: Omit<WorkshopReportRow, '_id' | 'partnership'> = {
  summary: {},
  decisions: {},
  quotes: [],
  costs: {},
  press: {},
  rev: 0,
  editedBy: null,
  editedAt: null,
  demo: false,
}

/**
 * The event report (T15) of a workshop: what people wrote, and what is told from what happened. The
 * decisions of the workshop's list are always among the latter; what is written of them stands beside.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function readReport(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
  partnershipId?: string,
): Promise<{ report: EventReportView; facts: ReportFacts }> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  const row = await WorkshopReport.findById(workshop._id).lean()
  const facts = await factsOf(workshop)
  const { _id, partnership } = workshop
  const saved = await savedBy(actor, partnership, {
    by: row?.editedBy,
    at: row?.editedAt ?? null,
  })
  const report = { ...toView(row ?? { _id, partnership, ...EMPTY }), saved }
  // until lately those of the list were copied into the text, where they may still stand
  const isWritten = (decision: LocalizedText) =>
    LANGUAGES.some((lang) => decision[lang] && report.decisions[lang]?.includes(decision[lang]))
  const decisions = facts.decisions.filter((decision) => !isWritten(decision))
  return { report, facts: { ...facts, decisions } }
}

async function factsOf(workshop: WorkshopRow) {
  const { partnership, _id } = workshop
  const at = { partnership, workshop: _id, kind: 'question' as const, 'body.deletedAt': null }
  const [attendance, learning, asked, answered, outcomes, happened, sides, home, speakers] =
    await Promise.all([
      attendanceOf(workshop),
      resultsOf(workshop),
      WorkshopItem.countDocuments(at),
      WorkshopItem.countDocuments({ ...at, 'body.status': 'answered' }),
      listOutcomesOf(workshop),
      happenedIn(workshop),
      homeOf(workshop),
      Partnership.findById(partnership, { name: 1 }).lean(),
      peopleById(
        partnership,
        workshop.agenda.map(({ speaker }) => speaker),
      ),
    ])
  return {
    title: workshop.title,
    partnership: home?.name ?? {},
    mode: workshop.mode,
    place: workshop.place,
    startsAt: workshop.startsAt.toISOString(),
    endsAt: workshop.endsAt.toISOString(),
    timeZone: workshop.timeZone,
    clocks: sides.clocks,
    objectives: workshop.objectives,
    agenda: workshop.agenda.map(({ minutes, title, speaker, speakerName }) => ({
      minutes,
      title,
      speaker: speaker ? (speakers.get(String(speaker))?.name ?? null) : null,
      speakerName,
    })),
    attendance: {
      people: attendance.people,
      enough: attendance.rows.filter(({ enough }) => enough).length,
      byCadre: attendance.byCadre,
      byInstitution: attendance.byInstitution,
    },
    questions: { asked, answered },
    learning,
    happened,
    decisions: outcomes.flatMap(({ kind, text }) => (kind === 'decision' ? { ...text } : [])),
    tasks: outcomes.filter(({ kind }) => kind === 'task').length,
  }
}

/**
 * Keep what was written into the report. A form that was opened before the report was last saved is
 * joined with it (`joinReports`).
 *
 * @throws AppError `not_found`, `forbidden`, `patient_data`; `conflict` if both have written something
 *   else in one place
 */
export async function saveReport(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  input: SaveReport,
  partnershipId?: string,
): Promise<void> {
  const workshop = await findFacilitated(actor, workshopId, partnershipId)
  await savingLate(input.seen, () => saveOnce(ports, actor, workshop, input))
}

async function saveOnce(
  ports: Ports,
  actor: Actor,
  { partnership, _id }: WorkshopRow,
  { base, seen, quotes, acknowledged, ...texts }: SaveReport,
): Promise<void> {
  const known = await WorkshopReport.findOne({ _id, partnership }).lean()
  const mine = {
    summary: localized(texts.summaryEn, texts.summaryRu),
    decisions: localized(texts.decisionsEn, texts.decisionsRu),
    costs: localized(texts.costsEn, texts.costsRu),
    press: localized(texts.pressEn, texts.pressRu),
    quotes: quotes.filter(({ text }) => text !== ''),
  }
  // of a form that was opened empty nothing is seen, which is not the same as not saying it
  const isJoined = known !== null && known.rev !== base && seen !== undefined
  const content = isJoined ? joinReports(seen, mine, contentOf(known)) : mine
  const rev = isJoined ? known.rev : base
  // what a colleague has taken out meanwhile is not asked about: it is not stored again
  const kept = demandNoPatientData(textsOf(content), { acknowledged }, known ? textsOf(known) : {})
  const edited = { editedBy: actor.userId, editedAt: ports.clock.now(), rev: rev + 1 }
  const isStored = async () => {
    const row = await WorkshopReport.findOne({ _id, partnership }).lean()
    return row !== null && saysSame(contentOf(row), contentOf(content))
  }
  await inTransactionOnce(isStored, async (session) => {
    const done = await WorkshopReport.updateOne(
      { _id, partnership, rev },
      { $set: { ...content, ...edited } },
      { session, upsert: rev === 0, setDefaultsOnInsert: true },
    )
    if (done.matchedCount + done.upsertedCount === 0) throw new AppError('conflict')
    const place = { workshop: String(_id) }
    await recordKept(ports, actor, { partnership, place, kept }, session)
  })
}

/**
 * The report as a file, in one language.
 *
 * @throws AppError `not_found`, `forbidden`, `too_many_requests`
 */
export async function exportReport(
  ports: Ports,
  actor: Actor,
  workshopId: string,
  as: { lang: Language; format: 'pdf' | 'docx' },
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const { report, facts } = await readReport(ports, actor, workshopId)
  await ports.limits.take('paper', actor.userId)
  const paper = reportPaper(report, facts, as.lang, ports.clock.now())
  const date = facts.startsAt.slice(0, 10)
  return as.format === 'pdf'
    ? { name: `report-${date}.pdf`, mediaType: 'application/pdf', bytes: await paperPdf(paper) }
    : { name: `report-${date}.docx`, mediaType: WORD, bytes: await paperWord(paper) }
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

function contentOf({ summary, decisions, costs, press, quotes }: Written): Written {
  const said = quotes.map(({ text, who, consent }) => ({ text, who, consent }))
  return { summary, decisions, costs, press, quotes: said }
}

function textsOf({ summary, decisions, costs, press, quotes }: Written) {
  return {
    summaryEn: summary.en,
    summaryRu: summary.ru,
    decisionsEn: decisions.en,
    decisionsRu: decisions.ru,
    costsEn: costs.en,
    costsRu: costs.ru,
    pressEn: press.en,
    pressRu: press.ru,
    quotes: quotes.map(({ text, who }) => `${text}\n${who}`).join('\n'),
  }
}

function toView(row: WorkshopReportRow): Omit<EventReportView, 'saved'> {
  const { rev, summary, decisions, costs, press, quotes, editedAt } = row
  return {
    rev,
    summary,
    decisions,
    costs,
    press,
    quotes: quotes.map(({ text, who, consent }) => ({ text, who, consent })),
    editedAt: editedAt?.toISOString() ?? null,
  }
}
