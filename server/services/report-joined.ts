import type { WorkshopReportRow } from '../../models/workshop-report'
import { AppError } from '../../shared/errors'
import { localized } from '../../shared/languages'
import { QUOTES, reportFields, reportParts } from '../../shared/report-fields'
import { joinSeen } from '../../shared/seen-words'

/** What people write into a report. */
export type Written = Pick<
  WorkshopReportRow,
  'summary' | 'decisions' | 'costs' | 'press' | 'quotes'
>

/**
 * A report as somebody sends it whose form was opened before it was last saved, joined with the stored
 * one: what they left as it was stays as it is by now.
 *
 * @param seen what the form was opened with
 * @throws AppError `conflict` where both have written something else in one place, with the `parts`
 */
export function joinReports(seen: string, mine: Written, theirs: Written): Written {
  const parts = (written: Written) => reportParts(reportFields(written))
  const { isMine, both } = joinSeen(seen, parts(mine), parts(theirs))
  if (both.length > 0) throw new AppError('conflict', { parts: both.join(' ') })
  const of = (part: string) => (isMine(part) ? mine : theirs)
  const text = (name: 'summary' | 'decisions' | 'costs' | 'press') =>
    localized(of(`${name}En`)[name].en, of(`${name}Ru`)[name].ru)
  return {
    summary: text('summary'),
    decisions: text('decisions'),
    costs: text('costs'),
    press: text('press'),
    quotes: of(QUOTES).quotes,
  }
}
