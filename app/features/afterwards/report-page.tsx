import { Form, useLocation } from '@remix-run/react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventReportView } from '../../../shared/after-views'
import { ownLanguageFirst } from '../../../shared/languages'
import { REPORT_LENGTH } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { StaleNotice } from '../../components/stale-notice'
import { useFormat, useReader } from '../../lib/format'
import { noticeOf, type Refusal } from '../../lib/refusal'
import { isStale } from '../../lib/reread-stale'
import { TextBox } from '../library/fields'
import { FormWarning } from '../privacy/form-warning'
import { type ReportFacts, ReportFactsCard } from './report-facts'
import { REPORT_PARTS } from './report-parts'
import { ReportTheirs } from './report-theirs'

const QUOTES = 4

type Props = {
  report: EventReportView
  facts: ReportFacts
  workshopId: string
  isSaved: boolean
  refusal: Refusal | null
}

/** The event report: what is counted by itself, what people write in both languages, the files of it. */
export function ReportPage({ report, facts, workshopId, isSaved, refusal }: Props) {
  const { t } = useTranslation('workshop-after')
  const format = useFormat()
  const { pathname } = useLocation()
  const languages = ownLanguageFirst(useReader().lang)
  const form = useRef<HTMLFormElement>(null)
  const values = refusal?.values
  const stale = isStale(refusal, report.rev)
  // what is being typed stays when only somebody else's comes in
  const [shown, setShown] = useState(report.rev)
  if (!refusal && shown !== report.rev) setShown(report.rev)
  return (
    <div className="grid max-w-[980px] gap-5">
      <div>
        <h2 className="text-lg">{t('report.title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('report.lead')}</p>
      </div>
      <RefusedNotice code={stale ? null : noticeOf(refusal)} />
      {isSaved && !refusal && (
        <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
          {t('report.saved')}
        </p>
      )}
      <Card id="files" title={t('report.files')}>
        <ul className="grid gap-2 sheet:grid-cols-2">
          {languages.flatMap((lang) =>
            (['pdf', 'docx'] as const).map((kind) => (
              <li key={`${lang} ${kind}`}>
                <a
                  href={`/workshops/${workshopId}/report?lang=${lang}&format=${kind}`}
                  className="inline-flex min-h-6 items-center text-accent underline"
                >
                  {t(`report.file.${lang}.${kind}`)}
                </a>
              </li>
            )),
          )}
        </ul>
      </Card>
      <ReportFactsCard facts={facts} />
      <Form method="post" ref={form} className="grid gap-5" key={shown}>
        <input
          type="hidden"
          name="base"
          value={stale ? report.rev : (values?.base ?? report.rev)}
        />
        {stale && values && (
          <StaleNotice here={pathname}>
            <ReportTheirs report={report} values={values} />
          </StaleNotice>
        )}
        {REPORT_PARTS.map((part) => (
          <Card key={part} id={part} title={t(`report.part.${part}`)}>
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
                    defaultValue={values?.[name] ?? report[part][lang] ?? ''}
                  />
                )
              })}
            </div>
          </Card>
        ))}
        <Card id="quotes" title={t('report.quotes')}>
          <p className="text-ink-2">{t('report.quotesLead')}</p>
          <div className="mt-3 grid gap-4">
            {Array.from({ length: Math.max(QUOTES, report.quotes.length) }, (_, index) => (
              <Quote
                // a place in the form
                // biome-ignore lint/suspicious/noArrayIndexKey: quotes have no names
                key={index}
                index={index}
                quote={report.quotes[index]}
                values={values}
              />
            ))}
          </div>
        </Card>
        <FormWarning refusal={refusal} form={form} />
        <div className="flex flex-wrap items-center gap-4">
          <Button>{t('report.save')}</Button>
          {report.editedAt && (
            <span className="text-[13px] text-ink-2">
              {t('report.editedAt', { at: format.dateTime(report.editedAt) })}
            </span>
          )}
        </div>
      </Form>
    </div>
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
