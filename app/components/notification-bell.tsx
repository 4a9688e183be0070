import { Link, useLocation } from '@remix-run/react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNotifications } from '../lib/live'
import { InLanguage } from './localized-title'

const NotificationToast = lazy(() =>
  import('../features/notifications/notification-toast').then((file) => ({
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
        <svg
          viewBox="0 0 20 20"
          width="20"
          height="20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          <path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13L5 13.5ZM8.3 17.3a2 2 0 0 0 3.4 0" />
        </svg>
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
