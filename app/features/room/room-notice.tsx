import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { useLater } from '../../lib/later'
import { ClosedNotice } from './closed-notice'
import { useRoomState } from './room-context'
import { useRoomNow } from './use-room-now'

const loadClosed = () => import('./closed-notice')

/** When so little is left it is said once, minutes. */
const SOON = 5

/**
 * That it has not begun, is over or was cancelled, and what one can do then. Told to the ear when it
 * changes; of the countdown only that the time is near, and that it begins.
 */
export function RoomNotice({ hasCertificate }: { hasCertificate: boolean }) {
  const { t } = useTranslation('room')
  const { status } = useRoomState()
  const Closed = useLater(loadClosed, status === 'closed')?.ClosedNotice
  return (
    <>
      {(status === 'announced' || status === 'draft') && <Lobby />}
      <p role="status" className="sr-only">
        <Beginning />
      </p>
      <div role="status" className="empty:absolute">
        {status === 'cancelled' && (
          <p className="rounded-card bg-danger-wash px-4 py-3 font-semibold">
            {t('notice.cancelled')}
          </p>
        )}
        {status === 'closed' && Closed && <Closed hasCertificate={hasCertificate} />}
        {status === 'closed' && (
          <noscript className="block">
            {import.meta.env.SSR && <ClosedNotice hasCertificate={hasCertificate} />}
          </noscript>
        )}
      </div>
    </>
  )
}

/** Minutes until it begins, counted as they pass. */
function useMinutesLeft(): number {
  const { workshop } = useRoomState()
  return Math.ceil((Date.parse(workshop.startsAt) - useRoomNow(60_000)) / 60_000)
}

/** What is worth interrupting somebody for: none of it is there when the page comes. */
function Beginning() {
  const { t } = useTranslation('room')
  const { status } = useRoomState()
  const minutes = useMinutesLeft()
  const [was] = useState(status)
  if (status === 'live') return was === 'live' ? null : t('notice.begun')
  if (status !== 'announced') return null
  return minutes <= 0 ? t('notice.beginsNow') : minutes <= SOON ? t('notice.beginsSoon') : null
}

function Lobby() {
  const { t } = useTranslation('room')
  const format = useFormat()
  const { workshop } = useRoomState()
  const minutes = useMinutesLeft()
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
