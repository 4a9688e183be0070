import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useRoomState } from './room-context'
import { useRoomNow } from './use-room-now'

const LINK = 'rounded-sm py-1 font-semibold text-accent underline underline-offset-4'

/** That it has not begun, is over or was cancelled, and what one can do then. Announced when it changes. */
export function RoomNotice({ hasCertificate }: { hasCertificate: boolean }) {
  const { t } = useTranslation('room')
  const { status, workshop, may } = useRoomState()
  const { id, slug } = workshop
  return (
    <div role="status" className="empty:hidden">
      {(status === 'announced' || status === 'draft') && <Lobby />}
      {status === 'cancelled' && (
        <p className="rounded-card bg-danger-wash px-4 py-3 font-semibold">
          {t('notice.cancelled')}
        </p>
      )}
      {status === 'closed' && (
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
      )}
    </div>
  )
}

function Lobby() {
  const { t } = useTranslation('room')
  const format = useFormat()
  const { workshop } = useRoomState()
  const now = useRoomNow(60_000)
  const minutes = Math.ceil((Date.parse(workshop.startsAt) - now) / 60_000)
  const time = format.time(workshop.startsAt)
  return (
    <div className="rounded-card bg-wash px-4 py-3">
      <p className="font-semibold">
        {minutes > 0 && minutes <= 120
          ? t('notice.beginsIn', { count: minutes, time })
          : minutes > 0
            ? t('notice.beginsAt', { time: format.dateTime(workshop.startsAt) })
            : t('notice.beginsNow')}
      </p>
      <p className="text-[13px] text-ink-2">{t('notice.lobby')}</p>
    </div>
  )
}
