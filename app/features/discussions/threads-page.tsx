import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { ListHead, PageBody } from '../../components/page-frame'
import { TAB_LOOK } from '../../components/tab-look'
import { useUnread } from '../../lib/live'
import { scriptOfText } from '../../lib/names'
import type { ThreadsData } from '../../routes/partnerships.$slug.discussions._index'
import { ThreadRow } from './thread-row'
import { useLiveThreads } from './use-live-threads'

/** The discussions of a partnership, last answered first, kept true while others write. */
export function ThreadsPage({ base, threads: loaded, next, filter, mayOpen, now }: ThreadsData) {
  const { t } = useTranslation(['discussions', 'common'])
  const unreadPosts = useUnread()
  const threads = useLiveThreads(loaded)
  const { unread, tag, cursor, protocolId } = filter
  const isFiltered = unread || tag !== undefined || protocolId !== undefined
  const isFirstUse = threads.length === 0 && !isFiltered && !cursor
  const toNew = mayOpen && <ButtonLink to={`${base}/new`}>{t('list.new')}</ButtonLink>
  const older = new URLSearchParams({
    ...(unread ? { show: 'unread' } : {}),
    ...(tag ? { tag } : {}),
    ...(protocolId ? { protocol: protocolId } : {}),
    ...(next ? { cursor: next } : {}),
  })
  return (
    <PageBody>
      <ListHead title={t('list.title')} lead={t('list.lead')} action={!isFirstUse && toNew} />
      {isFirstUse ? (
        <EmptyState sentence={mayOpen ? t('list.first') : t('list.firstReader')} action={toNew} />
      ) : (
        <>
          <nav
            aria-label={t('list.filter')}
            className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-1"
          >
            <Link to={base} aria-current={isFiltered ? undefined : 'page'} className={TAB_LOOK}>
              {t('list.all')}
            </Link>
            <Link
              to={`${base}?show=unread`}
              aria-current={unread ? 'page' : undefined}
              className={TAB_LOOK}
            >
              {t('list.onlyUnread')}
              {unreadPosts > 0 && (
                <span className="ml-1.5 font-normal tabular-nums">
                  <span aria-hidden="true">{unreadPosts}</span>
                  <span className="sr-only">{t('common:nav.unread', { count: unreadPosts })}</span>
                </span>
              )}
            </Link>
            {tag !== undefined && (
              <span aria-current="page" className={TAB_LOOK}>
                {t('list.tag')}&nbsp;<span lang={scriptOfText(tag)}>{tag}</span>
              </span>
            )}
            {protocolId !== undefined && (
              <span aria-current="page" className={TAB_LOOK}>
                {t('list.ofProtocol')}
              </span>
            )}
          </nav>
          {threads.length === 0 ? (
            <EmptyState
              sentence={unread ? t('list.allRead') : t('list.noneFound')}
              action={
                <Link to={base} className="font-medium text-accent underline underline-offset-4">
                  {t('list.showAll')}
                </Link>
              }
            />
          ) : (
            <ul className="rounded-card border border-line bg-surface">
              {threads.map((thread) => (
                <ThreadRow key={thread.id} thread={thread} base={base} now={now} />
              ))}
            </ul>
          )}
          {(next || cursor) && (
            <p className="mt-4 flex flex-wrap gap-4">
              {cursor && (
                <ButtonLink to={base} look="quiet">
                  {t('list.newest')}
                </ButtonLink>
              )}
              {next && (
                <ButtonLink to={`${base}?${older}`} look="quiet">
                  {t('list.older')}
                </ButtonLink>
              )}
            </p>
          )}
        </>
      )}
    </PageBody>
  )
}
