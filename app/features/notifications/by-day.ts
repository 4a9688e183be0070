import type { NotificationView } from '../../../shared/views'
import { dateIn } from '../../../shared/wall-clock'

export type NoticeDay = { date: string; notices: NotificationView[] }

/** Notifications by the reader's own calendar days, in the order they came in. */
export function byDay(notices: readonly NotificationView[], timeZone: string): NoticeDay[] {
  const days: NoticeDay[] = []
  for (const notice of notices) {
    const date = dateIn(Date.parse(notice.at), timeZone)
    const last = days.at(-1)
    if (last?.date === date) last.notices.push(notice)
    else days.push({ date, notices: [notice] })
  }
  return days
}
