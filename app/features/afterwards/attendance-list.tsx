import { useTranslation } from 'react-i18next'
import type { AttendanceView } from '../../../shared/after-views'
import { utcOffset } from '../../../shared/wall-clock'
import { neighboursOf } from '../../lib/focus-after'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import type { useDone } from '../workshops/use-done'
import { AttendanceRow, openerOf } from './attendance-row'

/** Everybody who was there, with the most minutes first. */
export function AttendanceList({
  attendance: { rows, enough, isOver },
  workshopId,
  refusal,
  doings,
  focusAfter,
}: {
  attendance: AttendanceView
  workshopId: string
  refusal: Refusal | null
  doings: ReturnType<typeof useDone>
  focusAfter: (...ids: string[]) => void
}) {
  const { t } = useTranslation('workshop-after')
  const { timeZone } = useReader()
  const openers = rows.map(({ attendee }) => openerOf(attendee.id))
  const first = rows.find(({ from }) => from !== null)?.from
  return (
    <section aria-labelledby="people">
      <h3 id="people" className="font-semibold">
        {t('attendance.people', { count: rows.length })}
      </h3>
      {first && (
        <p className="text-[13px] text-ink-2">
          {t('attendance.zone', { zone: utcOffset(Date.parse(first), timeZone) })}
        </p>
      )}
      <ul className="mt-2 divide-y divide-line rounded-card border border-line bg-surface">
        {rows.map((row) => {
          const { id } = row.attendee
          const mine = openerOf(id)
          return (
            <AttendanceRow
              key={id}
              row={row}
              workshopId={workshopId}
              enough={enough}
              isOver={isOver}
              refusal={refusal?.values.participant === id ? refusal : null}
              doings={doings}
              onSent={() => focusAfter(mine, ...neighboursOf(openers, mine))}
            />
          )
        })}
      </ul>
    </section>
  )
}
