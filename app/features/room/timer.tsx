import { useTranslation } from 'react-i18next'
import { useRoomState } from './room-context'
import { useRoomNow } from './use-room-now'

/** Told to the ear when so little is left, seconds. */
const LAST = 60
/** A timer that ran out goes away after so long, seconds. */
const OVER_SHOWN = 120

/** The room's own timer, the same moment for everybody. */
export function Timer() {
  const { stage } = useRoomState()
  return stage?.timer ? <Running endsAt={stage.timer.endsAt} /> : null
}

function Running({ endsAt }: { endsAt: string }) {
  const { t } = useTranslation('room')
  const left = Math.ceil((Date.parse(endsAt) - useRoomNow(1_000)) / 1_000)
  if (left < -OVER_SHOWN) return null
  const shown = Math.max(0, left)
  const clock = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, '0')}`
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 rounded-card border border-line bg-surface px-4 py-2.5">
      <span className="text-ink-2">{t('timer.title')}</span>
      <span role="timer" className="text-[1.375rem] font-semibold tabular-nums">
        {clock}
      </span>
      <span role="status" className="text-[13px] text-ink-2">
        {left <= 0 ? t('timer.over') : left <= LAST ? t('timer.last') : ''}
      </span>
    </div>
  )
}
