import { useTranslation } from 'react-i18next'
import type { AuditView } from '../../../shared/audit'
import { useFormat } from '../../lib/format'
import { type Names, RecordWords } from './record-words'

/** Rows of the record, newest first: when, what, and the place in the chain. */
export function RecordList({ rows, names }: { rows: readonly AuditView[]; names: Names }) {
  const { t } = useTranslation('record')
  const format = useFormat()
  return (
    <ol
      aria-label={t('page.list')}
      className="divide-y divide-line rounded-card border border-line bg-surface"
    >
      {rows.map((row) => (
        <li
          key={row.id}
          className="grid gap-x-6 gap-y-0.5 px-4 py-3 sheet:grid-cols-[11rem_minmax(0,1fr)_auto] sheet:px-5"
        >
          <time dateTime={row.at} className="text-[13px] text-ink-2 sheet:pt-0.5">
            {format.dateTime(row.at)}
          </time>
          <p className="min-w-0">
            <RecordWords row={row} names={names} />
          </p>
          <p className="text-[13px] text-ink-3 sheet:pt-0.5">
            {row.seq === null ? t('page.waiting') : t('page.number', { seq: row.seq })}
          </p>
        </li>
      ))}
    </ol>
  )
}
