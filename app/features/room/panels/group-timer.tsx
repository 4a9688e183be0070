import { useTranslation } from 'react-i18next'
import { useRoomNow } from '../use-room-now'

/** What is left of the time of a group, minutes; the ear is told its end alone, once for all groups. */
export function GroupTimer({ endsAt }: { endsAt: string }) {
  const { t } = useTranslation('room-panels')
  const left = Math.ceil((Date.parse(endsAt) - useRoomNow(1_000)) / 60_000)
  return (
    <span role="timer" className="text-[13px] text-ink-2 tabular-nums">
      {left > 0 ? t('group.left', { count: left }) : t('group.timeOver')}
    </span>
  )
}
