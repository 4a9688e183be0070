import { Form } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonLook } from '../../components/button'
import { CopyButton } from '../../components/copy-button'
import { RefusedNotice } from '../../components/refused-notice'
import { useFormat } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { AskFirst } from '../workshops/ask-first'

/** One's private calendar: what it is, its address once, and ways to make it anew or end it. */
export function CalendarPage({
  feed,
  made,
  refusal,
}: {
  feed: { createdAt: string } | null
  /** An address that has just been made, shown this once. */
  made: string | null
  refusal: Refusal | null
}) {
  const { t } = useTranslation('workshop-registration')
  const format = useFormat()
  return (
    <div className="max-w-[64ch]">
      <h1 tabIndex={-1}>{t('calendar.title')}</h1>
      <p className="mt-1 text-ink-2">{t('calendar.lead')}</p>
      <RefusedNotice code={refusal?.refused.code ?? null} />
      {made && <Made address={made} />}
      <p className="mt-6">
        {feed ? t('calendar.since', { date: format.date(feed.createdAt) }) : t('calendar.none')}
      </p>
      <div className="mt-3 flex flex-wrap items-start gap-3">
        {feed ? (
          <>
            <AskFirst label={t('calendar.anew')} question={t('calendar.anewAsk')}>
              <FeedForm intent="make" look="danger" words={t('calendar.anewYes')} />
            </AskFirst>
            <AskFirst label={t('calendar.end')} question={t('calendar.endAsk')}>
              <FeedForm intent="end" look="danger" words={t('calendar.endYes')} />
            </AskFirst>
          </>
        ) : (
          <FeedForm intent="make" look="primary" words={t('calendar.make')} />
        )}
      </div>
      <p className="mt-6 text-[13px] text-ink-2">{t('calendar.private')}</p>
    </div>
  )
}

function FeedForm({
  intent,
  look,
  words,
}: {
  intent: 'make' | 'end'
  look: ButtonLook
  words: string
}) {
  return (
    <Form method="post" reloadDocument>
      <input type="hidden" name="intent" value={intent} />
      <Button look={look}>{words}</Button>
    </Form>
  )
}

function Made({ address }: { address: string }) {
  const { t } = useTranslation('workshop-registration')
  const field = useRef<HTMLInputElement>(null)
  // what was asked for: the page was loaded anew, and is read from here
  useEffect(() => field.current?.focus(), [])
  return (
    <div className="mt-6 grid gap-2 rounded-lg border-l-[3px] border-accent bg-accent-wash px-3.5 py-3">
      <label htmlFor="made-feed" className="font-semibold">
        {t('calendar.once')}
      </label>
      <input
        ref={field}
        id="made-feed"
        readOnly
        value={address}
        aria-describedby="made-feed-how"
        onFocus={(event) => event.currentTarget.select()}
        className="w-full rounded-lg border border-line-control bg-surface px-3 py-2 font-mono text-base"
      />
      <CopyButton text={address} label={t('calendar.copy')} done={t('calendar.copied')} />
      <p id="made-feed-how" className="text-[13px]">
        {t('calendar.how')}
      </p>
    </div>
  )
}
