import { Form } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { RefusedNotice } from '../../components/refused-notice'
import { useFormat } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'

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
      <div className="mt-3 flex flex-wrap gap-3">
        <Form method="post" reloadDocument>
          <input type="hidden" name="intent" value="make" />
          <Button look={feed ? 'quiet' : 'primary'}>
            {t(feed ? 'calendar.anew' : 'calendar.make')}
          </Button>
        </Form>
        {feed && (
          <Form method="post" reloadDocument>
            <input type="hidden" name="intent" value="end" />
            <Button look="danger">{t('calendar.end')}</Button>
          </Form>
        )}
      </div>
      {feed && <p className="mt-2 text-[13px] text-ink-2">{t('calendar.anewMeans')}</p>}
      <p className="mt-6 text-[13px] text-ink-2">{t('calendar.private')}</p>
    </div>
  )
}

function Made({ address }: { address: string }) {
  const { t } = useTranslation('workshop-registration')
  const [isCopied, setCopied] = useState(false)
  return (
    <div className="mt-6 grid gap-2 rounded-lg border-l-[3px] border-accent bg-accent-wash px-3.5 py-3">
      <label htmlFor="made-feed" className="font-semibold">
        {t('calendar.once')}
      </label>
      <input
        id="made-feed"
        readOnly
        value={address}
        onFocus={(event) => event.currentTarget.select()}
        className="w-full rounded-lg border border-line-control bg-surface px-3 py-2 font-mono text-base"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="button"
          look="quiet"
          onClick={() => {
            // where the browser does not let us, the field above is there to be copied from
            navigator.clipboard?.writeText(address).then(
              () => setCopied(true),
              () => {},
            )
          }}
        >
          {t('calendar.copy')}
        </Button>
        <span role="status">{isCopied && t('calendar.copied')}</span>
      </div>
      <p className="text-[13px]">{t('calendar.how')}</p>
    </div>
  )
}
