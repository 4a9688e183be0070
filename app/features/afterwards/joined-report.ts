import type { EventReportView } from '../../../shared/after-views'
import { reportFields, reportParts } from '../../../shared/report-fields'
import { joinSeen } from '../../../shared/seen-words'

type Fields = Readonly<Record<string, string>>

/**
 * The form of a report that came too late, joined with the report as it is by now: what its reader
 * changed is as they typed it, all else is as it is stored.
 *
 * @param typed the fields of the form, with what it was opened with
 * @returns `both`: names of texts and quotations (`quotes.0`) in which each wrote something else
 */
export function joinReportForm(
  { base: _base, seen = '', acknowledged: _asked, ...typed }: Fields,
  report: EventReportView,
): { values: Record<string, string>; both: readonly string[] } {
  const now = reportFields(report)
  const { isMine, both } = joinSeen(seen, reportParts(typed), reportParts(now))
  const names = [...new Set([...Object.keys(now), ...Object.keys(typed)])]
  const partOf = (name: string) => /^quotes\.\d+/.exec(name)?.[0] ?? name
  const values = names.map((name) => [name, (isMine(partOf(name)) ? typed : now)[name] ?? ''])
  return { values: Object.fromEntries(values), both }
}
