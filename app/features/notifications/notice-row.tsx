import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { NotificationView } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { Face } from '../../components/face'
import { InLanguage } from '../../components/localized-title'
import { useFormat } from '../../lib/format'
import { NoticeLink } from './notice-link'
import { NoticeWords } from './notice-words'

/** One notification: what happened, a few words of it, when, and whether it has been read. */
export function NoticeRow({ notice }: { notice: NotificationView }) {
  const { t } = useTranslation('notifications')
  const format = useFormat()
  const { by, at, readAt, target, partnership } = notice
  return (
    <li
      data-unread={readAt ? undefined : ''}
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-t border-line px-4 py-3.5 first:border-t-0 sheet:grid-cols-[auto_minmax(0,1fr)_auto] sheet:px-5"
    >
      {by ? <Face name={by.name} tone={by.tone} /> : <span className="size-7" />}
      <div className="grid min-w-0 justify-items-start gap-1">
        <NoticeLink notice={notice}>
          <NoticeWords notice={notice} />
        </NoticeLink>
        {target?.excerpt && (
          <blockquote
            lang={target.excerpt.lang}
            className="border-l-2 border-line pl-2.5 text-[13px] [overflow-wrap:anywhere] text-ink-2"
          >
            {target.excerpt.text}
          </blockquote>
        )}
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
          {!readAt && <Chip tone="ok">{t('row.new')}</Chip>}
          <span>
            <time dateTime={at}>{format.time(at)}</time>
            {' · '}
            <InLanguage text={partnership.name} />
            {!target && <> · {t('row.gone')}</>}
          </span>
        </p>
      </div>
      <Form
        method="post"
        action="/notifications"
        preventScrollReset
        className="col-start-2 mt-1 sheet:col-start-3 sheet:mt-0"
      >
        <input type="hidden" name="ids" value={notice.id} />
        <button
          type="submit"
          name="intent"
          value={readAt ? 'unread' : 'read'}
          className="rounded-sm py-0.5 text-[13px] font-medium text-accent underline-offset-4 hover:underline"
        >
          {readAt ? t('row.markUnread') : t('row.markRead')}
        </button>
      </Form>
    </li>
  )
}
