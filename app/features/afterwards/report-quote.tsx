import { useTranslation } from 'react-i18next'
import { Field } from '../../components/field'
import { TextBox } from '../library/fields'

/** One quotation: its words, who said them, and that they agreed. */
export function ReportQuote({
  index,
  values,
}: {
  /** Its place in the form, from 0. */
  index: number
  values: Readonly<Record<string, string>>
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
        defaultValue={values[name('text')] ?? ''}
      />
      <Field
        label={t('report.quoteWho')}
        name={name('who')}
        maxLength={200}
        defaultValue={values[name('who')] ?? ''}
      />
      <label className="flex min-h-6 items-center gap-2 sheet:col-span-2">
        <input
          type="checkbox"
          name={name('consent')}
          className="size-5"
          defaultChecked={values[name('consent')] === 'on'}
        />
        {t('report.quoteConsent')}
      </label>
    </fieldset>
  )
}
