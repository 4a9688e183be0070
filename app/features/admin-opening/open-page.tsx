import { Form } from '@remix-run/react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { OPENING_MINUTES, REASON_MAX } from '../../../shared/admin-opening'
import { Button, ButtonLink } from '../../components/button'
import { InLanguage } from '../../components/localized-title'
import { PageFrame } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { Sentence } from '../../components/sentence'
import { useFocusRefused } from '../../lib/focus-refused'
import { useFormat } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import type { OpeningData } from '../../routes/partnerships.$slug_.open'

/** A programme admin says why they open what belongs to others, or ends it. */
export function OpenPage({ refusal, ...data }: OpeningData & { refusal: Refusal | null }) {
  const { t } = useTranslation('admin')
  return (
    <PageFrame>
      <h1 tabIndex={-1}>{t('open.title')}</h1>
      {data.open ? (
        <IsOpen {...data} until={data.open.until} />
      ) : (
        <Ask {...data} refusal={refusal} />
      )}
    </PageFrame>
  )
}

function Ask({
  name,
  hasEnded,
  goOn,
  clientKey,
  refusal,
}: OpeningData & { refusal: Refusal | null }) {
  const { t } = useTranslation('admin')
  const form = useFocusRefused(refusal)
  const id = useId()
  const kept = refusal?.values ?? {}
  const code = refusal?.refused.code
  const problem = code === 'invalid_input' ? refusal?.refused.detail.reason : undefined
  const isLong = (kept.reason ?? '').trim().length > REASON_MAX
  return (
    <>
      {hasEnded && !refusal && (
        <p role="status" className="mt-3 rounded-lg bg-accent-wash px-3.5 py-2.5">
          {t('open.ended')}
        </p>
      )}
      <p className="mt-2 max-w-[64ch] text-ink-2">
        <Sentence
          say={(part) => t('open.lead', { name: part('name'), minutes: OPENING_MINUTES })}
          parts={{ name: <InLanguage text={name} /> }}
        />
      </p>
      <Form ref={form} method="post" noValidate className="mt-6 grid max-w-[640px] gap-5">
        <RefusedNotice code={code && code !== 'invalid_input' ? code : null} />
        <div className="grid gap-1.5">
          <label htmlFor={id} className="font-medium">
            {t('open.reason')}
          </label>
          <p id={`${id}-hint`} className="text-[13px] text-ink-2">
            {t('open.hint')}
          </p>
          <textarea
            id={id}
            name="reason"
            rows={4}
            defaultValue={kept.reason ?? ''}
            aria-invalid={problem ? true : undefined}
            aria-describedby={`${id}-hint${problem ? ` ${id}-error` : ''}`}
            className="w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger"
          />
          {problem && (
            <p id={`${id}-error`} className="text-[13px] font-medium text-danger">
              {t(isLong ? 'open.tooLong' : 'open.tooShort')}
            </p>
          )}
        </div>
        <input type="hidden" name="clientKey" value={kept.clientKey ?? clientKey} />
        <p className="flex flex-wrap gap-3">
          <Button name="intent" value="open">
            {t('open.submit', { count: OPENING_MINUTES })}
          </Button>
          <ButtonLink to={goOn} look="quiet">
            {t('open.cancel')}
          </ButtonLink>
        </p>
      </Form>
    </>
  )
}

function IsOpen({ name, goOn, until }: OpeningData & { until: string }) {
  const { t } = useTranslation('admin')
  const format = useFormat()
  return (
    <>
      <p role="status" className="mt-2 max-w-[64ch] text-ink-2">
        <Sentence
          say={(part) => t('open.isOpen', { name: part('name'), time: part('time') })}
          parts={{
            name: <InLanguage text={name} />,
            time: <time dateTime={until}>{format.time(until)}</time>,
          }}
        />
      </p>
      <Form method="post" className="mt-6 flex flex-wrap gap-3">
        <ButtonLink to={goOn}>{t('open.goOn')}</ButtonLink>
        <Button name="intent" value="end" look="quiet">
          {t('open.end')}
        </Button>
      </Form>
    </>
  )
}
