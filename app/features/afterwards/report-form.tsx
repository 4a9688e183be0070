import { Form, useLocation } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventReportView } from '../../../shared/after-views'
import { type LocalizedText, ownLanguageFirst } from '../../../shared/languages'
import { REPORT_LENGTH } from '../../../shared/workshops'
import { AskToLeave } from '../../components/ask-to-leave'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { LocalizedTitle } from '../../components/localized-title'
import { StaleNotice } from '../../components/stale-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useFormat, useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { isStale } from '../../lib/reread-stale'
import { TextBox } from '../library/fields'
import { FormWarning } from '../privacy/form-warning'
import type { useDone } from '../workshops/use-done'
import { REPORT_PARTS } from './report-parts'
import { ReportTheirs } from './report-theirs'

const QUOTES = 4

type Props = {
  report: EventReportView
  /** Decisions of the workshop's list. */
  decided: readonly LocalizedText[]
  refusal: Refusal | null
  saving: ReturnType<typeof useDone>
}

/** What people write into an event report, in both languages. */
export function ReportForm({ report, decided, refusal, saving }: Props) {
  const { t } = useTranslation('workshop-after')
  const format = useFormat()
  const { pathname } = useLocation()
  const languages = ownLanguageFirst(useReader().lang)
  const form = useFocusRefused(refusal)
  // as it was opened: what a colleague saves meanwhile is told on sending
  const [opened] = useState(report)
  const [isTyped, setIsTyped] = useState(refusal !== null)
  const values = refusal?.values
  const stale = isStale(refusal, report.rev)
  return (
    <Form
      method="post"
      ref={form}
      onChange={() => setIsTyped(true)}
      onSubmit={saving.doing(t('report.saved'))}
      className="grid gap-5"
    >
      <input type="hidden" name="base" value={stale ? report.rev : (values?.base ?? opened.rev)} />
      {stale && values && (
        <StaleNotice here={pathname}>
          <ReportTheirs report={report} values={values} />
        </StaleNotice>
      )}
      {REPORT_PARTS.map((part) => (
        <Card key={part} id={part} title={t(`report.part.${part}`)}>
          {part === 'decisions' && decided.length > 0 && <Decided decided={decided} />}
          <div className="mt-2 grid gap-4 sheet:grid-cols-2">
            {languages.map((lang) => {
              const name = `${part}${lang === 'en' ? 'En' : 'Ru'}`
              return (
                <TextBox
                  key={lang}
                  label={t(`report.in.${lang}`)}
                  name={name}
                  lang={lang}
                  rows={5}
                  maxLength={REPORT_LENGTH}
                  defaultValue={values?.[name] ?? opened[part][lang] ?? ''}
                />
              )
            })}
          </div>
        </Card>
      ))}
      <Card id="quotes" title={t('report.quotes')}>
        <p className="text-ink-2">{t('report.quotesLead')}</p>
        <div className="mt-3 grid gap-4">
          {Array.from({ length: Math.max(QUOTES, opened.quotes.length) }, (_, index) => (
            <Quote
              // a place in the form
              // biome-ignore lint/suspicious/noArrayIndexKey: quotes have no names
              key={index}
              index={index}
              quote={opened.quotes[index]}
              values={values}
            />
          ))}
        </div>
      </Card>
      <FormWarning refusal={refusal} form={form} />
      <div className="flex flex-wrap items-center gap-4">
        <Button aria-disabled={saving.isSending || undefined}>{t('report.save')}</Button>
        {report.editedAt && (
          <span className="text-[13px] text-ink-2">
            {t('report.editedAt', { at: format.dateTime(report.editedAt) })}
          </span>
        )}
      </div>
      <AskToLeave
        isAsked={isTyped}
        words={{
          title: t('report.leave.title'),
          note: t('report.leave.note'),
          stay: t('report.leave.stay'),
          go: t('report.leave.go'),
        }}
      />
    </Form>
  )
}

function Decided({ decided }: Pick<Props, 'decided'>) {
  const { t } = useTranslation('workshop-after')
  return (
    <>
      <p className="text-ink-2">{t('report.decided')}</p>
      <ul className="mt-1 grid list-disc gap-1 pl-5 [overflow-wrap:anywhere]">
        {decided.map((text) => (
          <li key={`${text.en} ${text.ru}`}>
            <LocalizedTitle text={text} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Quote({
  index,
  quote,
  values,
}: {
  index: number
  quote: EventReportView['quotes'][number] | undefined
  values: Refusal['values'] | undefined
}) {
  const { t } = useTranslation('workshop-after')
  const name = (field: string) => `quotes.${index}.${field}`
  return (
    <fieldset className="grid items-start gap-2 sheet:grid-cols-[2fr_1fr]">
      <legend className="sr-only">{t('report.quote', { number: index + 1 })}</legend>
      <TextBox
        label={t('report.quoteText')}
        name={name('text')}
        rows={2}
        maxLength={1000}
        defaultValue={values?.[name('text')] ?? quote?.text ?? ''}
      />
      <Field
        label={t('report.quoteWho')}
        name={name('who')}
        maxLength={200}
        defaultValue={values?.[name('who')] ?? quote?.who ?? ''}
      />
      <label className="flex min-h-6 items-center gap-2 sheet:col-span-2">
        <input
          type="checkbox"
          name={name('consent')}
          className="size-5"
          defaultChecked={values ? values[name('consent')] === 'on' : quote?.consent}
        />
        {t('report.quoteConsent')}
      </label>
    </fieldset>
  )
}
