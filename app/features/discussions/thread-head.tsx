import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { PeopleHere } from '../../components/people-here'
import { useFocusAfter } from '../../lib/focus-after'
import { useHydrated } from '../../lib/hydrated'
import { PurgeLink } from '../privacy/purge-link'
import { AnchorQuote } from './anchor'
import { ConfirmButton } from './confirm-button'
import type { ThreadPageData } from './open-thread'
import { Tags } from './tags'
import type { LiveThread } from './use-thread'

/** Where one is, what is talked about and how it stands. */
export function ThreadHead({
  data,
  live,
  slug,
}: {
  data: ThreadPageData
  live: LiveThread
  slug: string
}) {
  const { t } = useTranslation('discussions')
  const scripted = useHydrated()
  const focusAfter = useFocusAfter()
  const { thread } = live
  const base = `/partnerships/${slug}/discussions`
  return (
    <header className="border-b border-line bg-surface px-4 pt-4 pb-4 sheet:px-9 sheet:pt-5">
      <p className="text-[13px] text-ink-2">
        <Link to={base} className="rounded-sm py-1 underline-offset-4 hover:underline">
          {t('list.title')}
        </Link>
      </p>
      <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-[32rem]">
          <LocalizedTitle text={thread.title} as="h1" otherClassName="text-[1.0625rem]" />
        </div>
        <PeopleHere people={live.company} label={t('thread.here')} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Chip>{thread.lang === 'en' ? t('thread.openedEn') : t('thread.openedRu')}</Chip>
        {thread.locked && <Chip>{t('list.locked')}</Chip>}
        <Tags tags={thread.tags} base={base} />
        {data.may.purge && <PurgeLink slug={slug} at={{ what: 'thread', thread: thread.id }} />}
        {data.may.moderate && scripted && (
          <span className="ml-auto">
            <ConfirmButton
              key={String(thread.locked)}
              id="thread-lock"
              ask={thread.locked ? t('thread.unlock') : t('thread.lock')}
              question={thread.locked ? t('thread.unlockSure') : t('thread.lockSure')}
              confirm={thread.locked ? t('thread.unlockYes') : t('thread.lockYes')}
              onConfirm={() => {
                focusAfter('thread-lock')
                return live.setLocked(!thread.locked)
              }}
            />
          </span>
        )}
      </div>
      {thread.anchor && (
        <div className="mt-3.5">
          <AnchorQuote anchor={thread.anchor} slug={slug} />
        </div>
      )}
    </header>
  )
}
