import { useTranslation } from 'react-i18next'
import { useRoomNow } from './use-room-now'

/** Told to the ear when so little is left, seconds. */
const LAST = 60
/** A timer that ran out goes away after so long, seconds. */
const OVER_SHOWN = 120

/** Counts down to the same moment for everybody. */
export function Timer({ endsAt }: { endsAt: string }) {
  const { t } = useTranslation('room')
  const left = Math.ceil((Date.parse(endsAt) - useRoomNow(1_000)) / 1_000)
  if (left < -OVER_SHOWN) return null
  const shown = Math.max(0, left)
  const clock = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, '0')}`
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 text-ink-2">
      <span>
        {t('timer.title')}{' '}
        <span role="timer" className="text-[1.0625rem] font-semibold text-ink tabular-nums">
          {clock}
        </span>
      </span>
      <span role="status">{left <= 0 ? t('timer.over') : left <= LAST ? t('timer.last') : ''}</span>
    </div>
  )
}
