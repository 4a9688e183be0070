import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { PromisePage as Page, PromiseView } from '../../../shared/learning-views'
import { LEARNING_LENGTH, PROMISE_OUTCOMES } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useFormat, useReader } from '../../lib/format'
import { useOnce } from '../../lib/once'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { LanguageChoice, TextBox } from '../library/fields'
import { AskedForm } from '../privacy/asked-form'
import { AskFirst } from '../workshops/ask-first'
import { SheetFrame } from './sheet-frame'

type Props = { page: Page; workshopId: string; saved: string | null; refusal: Refusal | null }

const SAVED = ['promised', 'answered', 'withdrawn'] as const

/** One thing that somebody means to change at work, and after 90 days what has become of it. */
export function PromisePage({ page, workshopId, saved, refusal }: Props) {
  const { t } = useTranslation('learning')
  const { promise, open, workshop } = page
  const told = refusal ? undefined : SAVED.find((each) => each === saved)
  return (
    <SheetFrame workshop={workshop} workshopId={workshopId} title={t('promise.title')}>
      {told && (
        <p role="status" className="mt-4 rounded-lg bg-accent-wash px-3.5 py-2.5">
          {t(`promise.saved.${told}`)}
        </p>
      )}
      {promise?.due ? (
        <AnswerForm promise={promise} refusal={refusal} />
      ) : promise || open || refusal ? (
        <PromiseForm promise={promise} refusal={refusal} />
      ) : (
        <p className="mt-4 max-w-[60ch]">{t('promise.closed')}</p>
      )}
    </SheetFrame>
  )
}

function PromiseForm({
  promise,
  refusal,
}: {
  promise: PromiseView | null
  refusal: Refusal | null
}) {
  const { t } = useTranslation('learning')
  const format = useFormat()
  const { lang } = useReader()
  const once = useOnce()
  const form = useFocusRefused(refusal)
  const values: Readonly<Record<string, string>> = refusal?.values ?? {}
  const wrong = wrongIn(refusal)
  return (
    <>
      <Form
        ref={form}
        key={promise?.text ?? ''}
        method="post"
        noValidate
        onSubmit={once.guard}
        className="mt-4 grid gap-4"
      >
        <p className="max-w-[64ch] text-ink-2">
          {promise
            ? t('promise.untilDue', { date: format.date(promise.dueAt) })
            : t('promise.lead')}
        </p>
        <RefusedNotice code={noticeOf(refusal)} />
        <TextBox
          label={t('promise.text')}
          name="text"
          rows={4}
          lang={values.lang ?? promise?.lang ?? lang}
          maxLength={LEARNING_LENGTH.text}
          defaultValue={values.text ?? promise?.text ?? ''}
          error={'text' in wrong ? t('promise.textNeeded') : undefined}
        />
        <div className="max-w-[18rem]">
          <LanguageChoice
            label={t('evaluation.lang')}
            chosen={values.lang ?? promise?.lang ?? lang}
          />
        </div>
        <div>
          <label className="flex min-h-9 items-start gap-3 py-1">
            <input
              type="checkbox"
              name="consent"
              defaultChecked={promise !== null || values.consent === 'on'}
              aria-invalid={'consent' in wrong ? true : undefined}
              aria-describedby={'consent' in wrong ? 'consent-error' : undefined}
              className="mt-0.5 size-5 shrink-0 accent-accent"
            />
            <span className="max-w-[60ch]">{t('promise.consent')}</span>
          </label>
          {'consent' in wrong && (
            <p id="consent-error" className="text-[13px] font-medium text-danger">
              {t('promise.consentNeeded')}
            </p>
          )}
        </div>
        <AskedForm refusal={refusal} form={form} />
        <p>
          <Button aria-disabled={once.busy}>
            {t(promise ? 'promise.change' : 'promise.save')}
          </Button>
        </p>
      </Form>
      {promise && (
        <div className="mt-4">
          <AskFirst label={t('promise.withdraw')} question={t('promise.withdrawSure')}>
            <Form method="post" onSubmit={once.guard}>
              <Button look="danger" name="intent" value="withdraw" aria-disabled={once.busy}>
                {t('promise.withdrawDo')}
              </Button>
            </Form>
          </AskFirst>
        </div>
      )}
    </>
  )
}

function AnswerForm({ promise, refusal }: { promise: PromiseView; refusal: Refusal | null }) {
  const { t } = useTranslation('learning')
  const form = useFocusRefused(refusal)
  const values: Readonly<Record<string, string>> = refusal?.values ?? {}
  const isWrong = refusal?.refused.code === 'invalid_input'
  const chosen = values.outcome ?? promise.outcome
  return (
    <Form ref={form} method="post" className="mt-4 grid gap-4">
      <p className="max-w-[64ch] text-ink-2">{t('promise.askLead')}</p>
      <blockquote
        lang={promise.lang}
        className="max-w-[64ch] rounded-card border border-line bg-surface px-4 py-3 whitespace-pre-line [overflow-wrap:anywhere]"
      >
        {promise.text}
      </blockquote>
      <RefusedNotice code={noticeOf(refusal)} />
      <input type="hidden" name="intent" value="answer" />
      <fieldset>
        <legend className="font-semibold">{t('promise.ask')}</legend>
        {isWrong && (
          <p role="alert" tabIndex={-1} className="text-[13px] font-medium text-danger">
            {t('promise.chooseOne')}
          </p>
        )}
        {PROMISE_OUTCOMES.map((outcome) => (
          <label key={outcome} className="flex min-h-9 items-center gap-3">
            <input
              type="radio"
              name="outcome"
              value={outcome}
              defaultChecked={chosen === outcome}
              className="size-5 accent-accent"
            />
            {t(`promise.outcome.${outcome}`)}
          </label>
        ))}
      </fieldset>
      <TextBox
        label={t('promise.answer')}
        name="answer"
        rows={3}
        maxLength={LEARNING_LENGTH.text}
        defaultValue={values.answer ?? promise.answer}
      />
      <AskedForm refusal={refusal} form={form} />
      <p>
        <Button>{t('promise.answerSave')}</Button>
      </p>
    </Form>
  )
}
