import { useLocation } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NotificationView } from '../../../shared/views'
import { Face } from '../../components/face'
import { useLinger } from '../../lib/linger'
import { NoticeLink } from './notice-link'
import { NoticeWords } from './notice-words'

/** How long it stays, milliseconds; not counted while somebody is at it. */
const STAYS_MS = 12_000

/**
 * A new notification, told once in the corner of the page. It goes by itself, or when it has been read
 * in another tab; the list keeps it. Screen readers hear of it from the bell.
 *
 * @param unread the count at this moment
 */
export function NotificationToast({
  notice,
  unread,
}: {
  notice: NotificationView
  unread: number
}) {
  const { t } = useTranslation('notifications')
  const { pathname } = useLocation()
  const [gone, setGone] = useState(false)
  const cameWith = useRef(unread)
  const { start, handlers } = useLinger(STAYS_MS, () => setGone(true))
  useEffect(start, [start])
  const isHere = notice.target?.path.split(/[?#]/)[0] === pathname
  if (gone || isHere || unread < cameWith.current) return null
  return (
    <section
      aria-label={t('toast.label')}
      className="fixed right-4 bottom-4 left-4 z-40 flex items-start gap-3 rounded-card border border-line bg-surface p-4 shadow-float sheet:left-auto sheet:w-96 print:hidden"
      {...handlers}
    >
      {notice.by && <Face name={notice.by.name} tone={notice.by.tone} />}
      <div className="grid min-w-0 flex-1 justify-items-start gap-1">
        <NoticeLink notice={notice}>
          <NoticeWords notice={notice} />
        </NoticeLink>
        {notice.target?.excerpt && (
          <p
            lang={notice.target.excerpt.lang}
            className="line-clamp-2 text-[13px] [overflow-wrap:anywhere] text-ink-2"
          >
            {notice.target.excerpt.text}
          </p>
        )}
      </div>
      <button
        type="button"
        onClick={() => setGone(true)}
        className="-mt-1 -mr-1 grid size-7 shrink-0 place-items-center rounded-md text-lg leading-none text-ink-2 hover:bg-wash hover:text-ink"
      >
        <span aria-hidden="true">×</span>
        <span className="sr-only">{t('toast.close')}</span>
      </button>
    </section>
  )
}
