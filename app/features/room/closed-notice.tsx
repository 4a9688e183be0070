import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useRoomState } from './room-context'

const LINK = 'rounded-sm py-1 font-semibold text-accent underline underline-offset-4'

/** It is over: what one can still do. */
export function ClosedNotice({ hasCertificate }: { hasCertificate: boolean }) {
  const { t } = useTranslation('room')
  const { workshop, may } = useRoomState()
  const { id, slug } = workshop
  return (
    <div className="rounded-card bg-accent-wash px-4 py-3">
      <p className="font-semibold">{t('notice.closed')}</p>
      <p className="text-[13px] text-ink-2">{t('notice.closedHint')}</p>
      <ul className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1">
        <li>
          <Link to={`/workshops/${id}/evaluation`} className={LINK}>
            {t('notice.evaluation')}
          </Link>
        </li>
        <li>
          <Link to={`/workshops/${id}/promise`} className={LINK}>
            {t('notice.promise')}
          </Link>
        </li>
        <li>
          <Link to={`/workshops/${id}`} className={LINK}>
            {t('notice.rest')}
          </Link>
        </li>
        {hasCertificate && (
          <li>
            <Link to={`/workshops/${id}/certificate.pdf`} reloadDocument className={LINK}>
              {t('notice.certificate')}
            </Link>
          </li>
        )}
        {may.workspace && (
          <li>
            <Link to={`/partnerships/${slug}/workshops/${id}/outcomes`} className={LINK}>
              {t('notice.outcomes')}
            </Link>
          </li>
        )}
      </ul>
    </div>
  )
}
