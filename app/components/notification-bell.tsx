import { Link, useLocation } from '@remix-run/react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { untilThere } from '../lib/later'
import { useNotifications } from '../lib/live'
import { Icon } from './icon'
import { InLanguage } from './localized-title'

const NotificationToast = lazy(() =>
  untilThere(() => import('../features/notifications/notification-toast')).then((file) => ({
    default: file.NotificationToast,
  })),
)

/** Higher numbers say nothing more at a glance; who asks is told the exact one. */
const SHOWN = 99

/** The way to one's notifications, with how many are unread; a new one is told quietly. */
export function NotificationBell() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const { unread, latest } = useNotifications()
  const label = unread > 0 ? t('bell.unread', { count: unread }) : t('bell.none')
  // there the list itself shows what is new
  const toTell = latest && pathname !== '/notifications' ? latest : null
  return (
    <>
      <Link
        to="/notifications"
        prefetch="intent"
        title={label}
        className="relative grid size-8 shrink-0 place-items-center rounded-full text-ink-2 hover:bg-wash hover:text-ink sheet:size-9"
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center text-[11px] leading-4 font-bold text-accent-ink ring-2 ring-surface"
          >
            {unread > SHOWN ? `${SHOWN}+` : unread}
          </span>
        )}
        <span className="sr-only">{label}</span>
      </Link>
      <span role="status" className="sr-only">
        {latest && (
          <>
            {t('bell.new')} {latest.target && <InLanguage text={latest.target.title} />}
          </>
        )}
      </span>
      {toTell && (
        <Suspense fallback={null}>
          <NotificationToast key={toTell.id} notice={toTell} unread={unread} />
        </Suspense>
      )}
    </>
  )
}
