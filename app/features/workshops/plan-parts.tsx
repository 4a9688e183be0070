import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language, otherLanguage } from '../../../shared/languages'
import { TheirWords, useTheirId } from '../../components/their-words'
import { useReader } from '../../lib/format'
import { fieldId } from './fault-list'

const CONTROL =
  'w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger'

/** A part of a long form, with its own heading. */
export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid gap-5">
      <h2 id={id} className="border-b border-line pb-1.5 text-lg">
        {title}
      </h2>
      {children}
    </section>
  )
}

/** A part that few plans need: folded, unless there is something in it. */
export function FoldPart({
  title,
  isOpen,
  children,
}: {
  title: string
  /** At first. */
  isOpen: boolean
  children: ReactNode
}) {
  // what is typed into it does not open or close it
  const [wasOpen] = useState(isOpen)
  return (
    <details open={wasOpen}>
      <summary className="cursor-pointer rounded-sm border-b border-line pb-1.5">
        <h2 className="inline text-lg">{title}</h2>
      </summary>
      <div className="mt-5 grid gap-5">{children}</div>
    </details>
  )
}

/** The same text in both languages side by side, the reader's first, with a word where one is missing. */
export function TwoTexts({
  name,
  labels,
  values,
  wrong,
  max,
  rows,
}: {
  /** Fields are called `titleEn` and `titleRu`. */
  name: string
  labels: Record<Language, string>
  values: Readonly<Record<string, string>>
  /** What is wrong with a field. */
  wrong: (field: string) => string | undefined
  max: number
  /** More than one line. */
  rows?: number
}) {
  const { t } = useTranslation('workshops')
  const { lang: reader } = useReader()
  const fields = { en: `${name}En`, ru: `${name}Ru` }
  const [texts, setTexts] = useState({ en: values[fields.en] ?? '', ru: values[fields.ru] ?? '' })
  // what is said about them is about what was sent
  const isAsSent = LANGUAGES.every((lang) => texts[lang] === (values[fields[lang]] ?? ''))
  return (
    <div className="grid items-start gap-4 sheet:grid-cols-2">
      {[reader, otherLanguage(reader)].map((lang) => {
        const isMissing = !texts[lang].trim() && Boolean(texts[otherLanguage(lang)].trim())
        return (
          <Text
            key={lang}
            lang={lang}
            name={fields[lang]}
            label={labels[lang]}
            value={texts[lang]}
            onText={(text) => setTexts((all) => ({ ...all, [lang]: text }))}
            error={isAsSent ? wrong(fields[lang]) : undefined}
            hint={isMissing ? t('form.missing', { language: t(`language.${lang}`) }) : undefined}
            max={max}
            rows={rows}
          />
        )
      })}
    </div>
  )
}

function Text({
  lang,
  name,
  label,
  value,
  onText,
  error,
  hint,
  max,
  rows,
}: {
  lang: Language
  name: string
  label: string
  value: string
  onText: (text: string) => void
  error: string | undefined
  hint: string | undefined
  max: number
  rows: number | undefined
}) {
  const id = fieldId(name)
  const theirs = useTheirId(name)
  const described = [error && `${id}-error`, hint && `${id}-hint`, theirs].filter(Boolean).join(' ')
  const box = {
    id,
    name,
    lang,
    value,
    maxLength: max,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described || undefined,
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {rows ? (
        <textarea
          rows={rows}
          className={CONTROL}
          {...box}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      ) : (
        <input
          className={`min-h-10 ${CONTROL}`}
          {...box}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      )}
      {error && (
        <p id={`${id}-error`} className="text-[13px] font-medium text-danger">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-[13px] text-ink-2">
          {hint}
        </p>
      )}
      <TheirWords of={name} />
    </div>
  )
}

/** A box to tick, with its word. */
export function Tick({
  name,
  label,
  checked,
}: {
  name: string
  label: ReactNode
  checked: boolean
}) {
  return (
    <label className="flex min-h-7 items-start gap-2.5">
      <input
        type="checkbox"
        name={name}
        defaultChecked={checked}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span>{label}</span>
    </label>
  )
}

/** Boxes that belong together. */
export function Ticks({
  name,
  legend,
  isLegendSeen = true,
  hint,
  error,
  children,
}: {
  /** What the names of the boxes begin with. */
  name: string
  legend: string
  /** False where the same words stand above it. */
  isLegendSeen?: boolean
  hint?: string
  error?: string | undefined
  children: ReactNode
}) {
  const id = fieldId(name)
  const theirs = useTheirId(name)
  const described = [hint && `${id}-hint`, error && `${id}-error`, theirs].filter(Boolean).join(' ')
  return (
    <fieldset id={id} tabIndex={-1} aria-describedby={described || undefined}>
      <legend className={isLegendSeen ? 'font-medium' : 'sr-only'}>{legend}</legend>
      {hint && (
        <p id={`${id}-hint`} className="text-[13px] text-ink-2">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-[13px] font-medium text-danger">
          {error}
        </p>
      )}
      <div className="mt-2 grid gap-x-5 gap-y-2 sheet:grid-cols-2 rail:grid-cols-3">{children}</div>
      <div className="mt-2 empty:hidden">
        <TheirWords of={name} />
      </div>
    </fieldset>
  )
}
