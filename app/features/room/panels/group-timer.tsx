import { useTranslation } from 'react-i18next'
import { useRoomNow } from '../use-room-now'

/** What is left of the time of a group, minutes; the ear is not told every one. */
export function GroupTimer({ endsAt }: { endsAt: string }) {
  const { t } = useTranslation('room-panels')
  const left = Math.ceil((Date.parse(endsAt) - useRoomNow(1_000)) / 60_000)
  return (
    <span className="text-[13px] text-ink-2 tabular-nums">
      <span role="timer">{left > 0 && t('group.left', { count: left })}</span>
      <span role="status">{left <= 0 && t('group.timeOver')}</span>
    </span>
  )
}
