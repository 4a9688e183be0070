import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ThreadSummary } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { Moment } from './moment'
import { Tags } from './tags'

/** One thread: both titles, what it is about, how many posts, who wrote last, what is new. */
export function ThreadRow({
  thread,
  base,
  now,
}: {
  thread: ThreadSummary
  base: string
  /** UTC, ISO-8601. */
  now: string
}) {
  const { t } = useTranslation('discussions')
  const { title, anchor, tags, unread, lastBy, lang } = thread
  return (
    <li className="relative grid gap-x-6 gap-y-2 border-t border-line px-4 py-4 [contain-intrinsic-size:auto_96px] [content-visibility:auto] first:border-t-0 hover:bg-paper sheet:px-5 rail:grid-cols-[minmax(0,1fr)_16rem]">
      <div className="min-w-0">
        <Link
          to={`${base}/${thread.id}`}
          prefetch="intent"
          className={`after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-[inset_0_0_0_2px_var(--accent)] ${unread > 0 ? 'font-semibold' : 'font-medium'}`}
        >
          <LocalizedTitle text={title} otherClassName="text-[13px] font-normal" />
        </Link>
        {anchor && (
          <p className="mt-1 text-[13px] text-ink-2">
            <Sentence
              say={(part) => t('anchor.about', { title: part('title') })}
              parts={{ title: <InLanguage text={anchor.protocolTitle} /> }}
            />
          </p>
        )}
        <div className="relative mt-2 flex w-fit flex-wrap items-center gap-x-2 gap-y-1.5">
          {thread.locked && <Chip>{t('list.locked')}</Chip>}
          <Tags tags={tags} base={base} />
          <span className="text-[12.5px] text-ink-3">
            {lang === 'en' ? t('thread.openedEn') : t('thread.openedRu')}
          </span>
        </div>
      </div>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-[13px] text-ink-2 rail:flex-col rail:items-end rail:text-right">
        {unread > 0 && <Chip tone="ok">{t('list.unread', { count: unread })}</Chip>}
        <span>{t('list.posts', { count: thread.replyCount })}</span>
        <span>
          {lastBy && (
            <>
              <ShortName name={lastBy.name} />
              {', '}
            </>
          )}
          <Moment iso={thread.lastAt} now={now} />
        </span>
      </div>
    </li>
  )
}
