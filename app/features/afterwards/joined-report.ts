import type { EventReportView } from '../../../shared/after-views'
import { reportFields, reportPartOf, reportParts } from '../../../shared/report-fields'
import { joinSeen } from '../../../shared/seen-words'

type Fields = Readonly<Record<string, string>>

/**
 * The form of a report that came too late, joined with the report as it is by now: what its reader
 * changed is as they typed it, all else is as it is stored.
 *
 * @param typed the fields of the form, with what it was opened with
 * @returns `both`: names of texts in which each wrote something else; `quotes` for all quotations
 */
export function joinReportForm(
  { base: _base, seen = '', acknowledged: _asked, ...typed }: Fields,
  report: EventReportView,
): { values: Record<string, string>; both: readonly string[] } {
  const now = reportFields(report)
  const { isMine, both } = joinSeen(seen, reportParts(typed), reportParts(now))
  const names = [...new Set([...Object.keys(now), ...Object.keys(typed)])]
  const values = names.map((name) => [name, (isMine(reportPartOf(name)) ? typed : now)[name] ?? ''])
  return { values: Object.fromEntries(values), both }
}
