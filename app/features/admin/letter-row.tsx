import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LetterRow as Row } from '../../../shared/outbox-views'
import { Chip, type ChipTone } from '../../components/chip'
import { useFormat } from '../../lib/format'

const TONES: Record<Row['status'], ChipTone> = {
  waiting: 'plain',
  sending: 'plain',
  sent: 'ok',
  failed: 'danger',
}

/** One letter: to whom, about what, and what became of it. */
export function LetterRow({ row, readAt, isOpen }: { row: Row; readAt: string; isOpen: boolean }) {
  const { t } = useTranslation('admin')
  const { dateTime } = useFormat()
  const failure = useFailure(row.failure)
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 font-semibold [overflow-wrap:anywhere]">{row.to}</p>
        <Chip tone={TONES[row.status]}>{t(`letters.status.${row.status}`)}</Chip>
      </div>
      <p>{t(`letters.about.${row.template}`)}</p>
      <p className="mt-0.5 text-[13px] text-ink-2">
        <time dateTime={row.at}>{dateTime(row.at)}</time>
        {row.tries > 1 && ` · ${t('letters.tries', { count: row.tries })}`}
        {row.nextAt && ` · ${t('letters.nextAt', { at: dateTime(row.nextAt) })}`}
      </p>
      {failure && <p className="mt-0.5 text-[13px] text-ink-2">{failure}</p>}
      {row.isReadable && (
        <p className="mt-1">
          <Link
            to={readAt}
            aria-current={isOpen ? 'true' : undefined}
            aria-label={t('letters.readOf', { to: row.to, at: dateTime(row.at) })}
            className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('letters.read')}
          </Link>
        </p>
      )}
    </li>
  )
}

const KNOWN = ['auth', 'dns', 'tls', 'timeout', 'line', 'not_written'] as const

function useFailure(code: string | undefined): string | null {
  const { t } = useTranslation('admin')
  if (code === undefined) return null
  const known = KNOWN.find((each) => each === code)
  return known ? t(`letters.failure.${known}`) : t('letters.answered', { code })
}
