import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import type { SideView } from '../../../shared/views'
import { momentOf } from '../../../shared/workshop-times'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { useHydrated } from '../library/hydrated'
import { AgendaRowFields, type RowValues } from './agenda-row-fields'
import { FormPart } from './plan-parts'
import { numbered } from './read-plan'
import type { When } from './when-fields'

/** Rows that a page without scripts has to spare. */
const SPARE = 3

type Row = { key: number; values: RowValues }

/** The rows of the agenda: added, removed and moved by buttons. */
export function AgendaFields({
  values,
  choices,
  sides,
  mySideId,
  when,
  isWrong,
  onMinutes,
}: {
  values: Readonly<Record<string, string>>
  choices: PlanChoices
  sides: readonly SideView[]
  mySideId: string | null
  when: When
  isWrong: boolean
  /** Told how long all rows last together. */
  onMinutes: (minutes: number) => void
}) {
  const { t } = useTranslation('workshops')
  const isScripted = useHydrated()
  const { rows, change, add, remove, move, focusAt } = useRows(values, onMinutes)
  const moment = momentOf(`${when.date}T${when.time}`, when.zone)
  let begun = 0
  return (
    <FormPart title={t('form.agenda')}>
      <div>
        <p className="text-[13px] text-ink-2">{t('form.agendaHint')}</p>
        {isWrong && (
          <p role="alert" tabIndex={-1} className="text-[13px] font-medium text-danger">
            {t('form.agendaWrong')}
          </p>
        )}
      </div>
      <ol className="grid gap-4">
        {rows.map(({ key, values: row }, at) => {
          const startsAt = moment && new Date(moment.at + begun * 60_000).toISOString()
          begun += Number(row.minutes) || 0
          return (
            <AgendaRowFields
              key={key}
              at={at}
              row={row}
              choices={choices}
              sides={sides}
              mySideId={mySideId}
              startsAt={startsAt}
              isLast={at === rows.length - 1}
              isOnly={rows.length === 1}
              isScripted={isScripted}
              hasFocus={focusAt === key}
              onChange={(field, value) => change(key, field, value)}
              onMove={(by) => move(at, by)}
              onRemove={() => remove(at)}
            />
          )
        })}
      </ol>
      {!isScripted && (
        <ol className="grid gap-4" start={rows.length + 1}>
          {Array.from({ length: SPARE }, (_, spare) => (
            <AgendaRowFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed number of places
              key={spare}
              at={rows.length + spare}
              row={{ minutes: '15' }}
              choices={choices}
              sides={sides}
              mySideId={mySideId}
              startsAt={null}
              isLast
              isOnly
              isScripted={false}
              hasFocus={false}
            />
          ))}
        </ol>
      )}
      <p role="status" className="sr-only">
        {t('form.rowsNow', { count: rows.length })}
      </p>
      {isScripted && rows.length < WORKSHOP_LIMITS.agendaRows && (
        <p>
          <Button type="button" look="quiet" onClick={add}>
            {t('form.addRow')}
          </Button>
        </p>
      )}
    </FormPart>
  )
}

function useRows(values: Readonly<Record<string, string>>, onMinutes: (minutes: number) => void) {
  const [rows, setRows] = useState<Row[]>(() => {
    const known = numbered(values, 'agenda', WORKSHOP_LIMITS.agendaRows)
    return (known.length > 0 ? known : [{ minutes: '60' }]).map((row, key) => ({
      key,
      values: row,
    }))
  })
  const [focusAt, setFocusAt] = useState<number | null>(null)
  const next = useRef(rows.length)
  const told = useRef(onMinutes)
  useEffect(() => {
    told.current = onMinutes
  })
  useEffect(() => {
    told.current(rows.reduce((sum, { values }) => sum + (Number(values.minutes) || 0), 0))
  }, [rows])
  return {
    rows,
    focusAt,
    change(key: number, field: string, value: string) {
      setRows((all) =>
        all.map((row) =>
          row.key === key ? { key, values: { ...row.values, [field]: value } } : row,
        ),
      )
    },
    add() {
      const key = next.current++
      setRows((all) => [...all, { key, values: { minutes: '15' } }])
      setFocusAt(key)
    },
    remove(at: number) {
      setRows((all) => all.filter((_, each) => each !== at))
      setFocusAt((rows[at + 1] ?? rows[at - 1])?.key ?? null)
    },
    move(at: number, by: -1 | 1) {
      setRows((all) => {
        const moved = [...all]
        const [row] = moved.splice(at, 1)
        if (row) moved.splice(at + by, 0, row)
        return moved
      })
    },
  }
}
