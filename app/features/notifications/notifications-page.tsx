import { Form, Link, useRevalidator } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { PageFrame } from '../../components/page-frame'
import { useReader } from '../../lib/format'
import { useThrottled } from '../../lib/throttled'
import { useWhen } from '../../lib/when'
import type { NotificationsData } from '../../routes/notifications'
import { byDay } from './by-day'
import { NoticeRow } from './notice-row'
import { ReadStatus } from './read-status'
import { useTold } from './use-told'

/** The list is read again no more often than this, milliseconds. */
const EVERY_MS = 1_000

/** What the reader has been told, newest first, by day. */
export function NotificationsPage({ items, next, before, unread, now }: NotificationsData) {
  const { t } = useTranslation('notifications')
  const { timeZone } = useReader()
  const when = useWhen()
  const at = Date.parse(now)
  useTold(useThrottled(useRevalidator().revalidate, EVERY_MS))
  return (
    <PageFrame>
      <div className="mx-auto max-w-[760px]">
        <header className="flex flex-wrap items-end justify-between gap-x-5 gap-y-3">
          <div>
            <h1 tabIndex={-1}>{t('list.title')}</h1>
            <p className="mt-1 text-ink-2">
              {unread > 0 ? t('list.unread', { count: unread }) : t('list.allRead')}
            </p>
          </div>
          {(items.length > 0 || before) && (
            <Form method="post" action="/notifications" preventScrollReset>
              <Button
                look="quiet"
                name="intent"
                value="readAll"
                aria-disabled={unread === 0}
                onClick={(event) => {
                  if (unread === 0) event.preventDefault()
                }}
              >
                {t('list.readAll')}
              </Button>
            </Form>
          )}
        </header>
        <ReadStatus />
        {items.length === 0 ? (
          <div className="mt-5">
            <EmptyState
              sentence={before ? t('list.noEarlier') : t('list.empty')}
              action={
                <ButtonLink to="/partnerships" look="quiet">
                  {t('list.toPartnerships')}
                </ButtonLink>
              }
            />
          </div>
        ) : (
          byDay(items, timeZone).map(({ date, notices }) => (
            <section key={date} aria-labelledby={`day-${date}`} className="mt-6">
              <h2 id={`day-${date}`} className="text-[13px] text-ink-2 first-letter:uppercase">
                <time dateTime={date}>{when.day(notices[0]?.at ?? now, at)}</time>
              </h2>
              <ul className="mt-2 rounded-card border border-line bg-surface">
                {notices.map((notice) => (
                  <NoticeRow key={notice.id} notice={notice} />
                ))}
              </ul>
            </section>
          ))
        )}
        <p className="mt-5 flex flex-wrap gap-x-5 gap-y-2">
          {before && (
            <Link to="/notifications" className={PAGE_LINK}>
              {t('list.newest')}
            </Link>
          )}
          {next && (
            <Link to={`/notifications?before=${encodeURIComponent(next)}`} className={PAGE_LINK}>
              {t('list.earlier')}
            </Link>
          )}
        </p>
      </div>
    </PageFrame>
  )
}

const PAGE_LINK =
  'inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline'
