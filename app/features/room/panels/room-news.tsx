import { useState } from 'react'
import { useLater } from '../../../lib/later'
import { useRoomState } from '../room-context'
import type { RoomTab } from '../room-tabs'
import { useNewsFocus } from './news-focus'
import { type News, newsOf, type Told, tell } from './news-of'
import { useTimeUp } from './use-time-up'

const loadRow = () => import('./news-row')

/**
 * What the reader should not miss whatever part of the room they look at: a poll or a test that has
 * opened, a group they have been put into, the floor, somebody at the door. Each is told once, to the ear
 * too, and stands until it is answered, closed or over: something is to be done about each of them. On a
 * phone it stands above what the thumb needs.
 */
export function RoomNews({ tab, onOpen }: { tab: RoomTab; onOpen: (tab: RoomTab) => void }) {
  const [news, dismiss] = useNews(tab)
  const { onFocus, onBlur, leave } = useNewsFocus()
  const { groups } = useRoomState()
  // news come over a line that is there, but for the end of the groups' time
  const isTimed = groups.some(({ open, endsAt }) => open && endsAt !== null)
  const NewsRow = useLater(loadRow, isTimed || news.length > 0)?.NewsRow
  const open = (to: RoomTab) => {
    leave()
    onOpen(to)
  }
  const above =
    tab === 'chat'
      ? 'bottom-[calc(var(--room-bar)+7.5rem)]'
      : tab === 'slides' || tab === 'hands'
        ? 'bottom-[calc(var(--room-bar)+4rem)]'
        : 'bottom-[calc(var(--room-bar)+0.5rem)]'
  return (
    <div
      role="status"
      aria-atomic="false"
      onFocus={onFocus}
      onBlur={onBlur}
      className={`pointer-events-none fixed inset-x-3 z-30 grid gap-2 ${above} rail:right-auto rail:bottom-4 rail:left-4 rail:max-w-120 print:hidden`}
    >
      {NewsRow &&
        news.map((each) => (
          <NewsRow key={each.key} news={each} onOpen={open} onDismiss={() => dismiss(each.key)} />
        ))}
    </div>
  )
}

function useNews(tab: RoomTab): [readonly News[], (key: string) => void] {
  const room = useRoomState()
  const all = newsOf({ ...room, timeUp: useTimeUp() })
  const [known, setKnown] = useState<Told>(() => tell(null, all, tab))
  const now = tell(known, all, tab)
  if (now !== known) setKnown(now)
  const { shown } = now
  return [
    all.filter(({ key }) => shown.includes(key)),
    (key) => setKnown((last) => ({ ...last, shown: last.shown.filter((each) => each !== key) })),
  ]
}
