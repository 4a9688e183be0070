import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language, ownLanguageFirst } from '../../../shared/languages'
import { LEARNING_LENGTH, TEST_OPTIONS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { Field } from '../../components/field'
import { useReader } from '../../lib/format'
import { Choice } from '../library/fields'

type Props = {
  /** Its number, from 0. */
  at: number
  values: Readonly<Record<string, string>>
  wrong: Readonly<Record<string, string>>
  /** Just added: it takes the focus. */
  isFresh: boolean
  /** Absent on a page without scripts. */
  onRemove: (() => void) | undefined
}

const PLACES = Array.from({ length: TEST_OPTIONS.most }, (_, at) => at)
const SUFFIX: Record<Language, string> = { en: 'En', ru: 'Ru' }

/** One question of the test: its words, its options, which one is right. */
export function TestItemFields({ at, values, wrong, isFresh, onRemove }: Props) {
  const { t } = useTranslation('learning')
  const { lang: reader } = useReader()
  const box = useRef<HTMLFieldSetElement>(null)
  const [missing, setMissing] = useState(() => missingIn((name) => values[name] ?? ''))
  useEffect(() => {
    if (isFresh) box.current?.querySelector<HTMLElement>('input')?.focus()
  }, [isFresh])
  const languages = ownLanguageFirst(reader)
  const name = (field: string) => `items.${at}.${field}`
  const error = (field: string, words: string) => (field in wrong ? words : undefined)
  return (
    <li className="rounded-card border border-line bg-surface px-4 py-4">
      <fieldset
        ref={box}
        className="grid gap-4"
        onBlur={() => setMissing(missingIn((field) => valueIn(box.current, name(field))))}
      >
        <legend className="contents">
          <span className="flex flex-wrap items-center gap-2 font-semibold">
            {t('items.number', { number: at + 1 })}
            {missing.map((lang) => (
              <Chip key={lang} tone="drift">
                {t(`items.missing_${lang}`)}
              </Chip>
            ))}
          </span>
        </legend>
        <div className="grid items-start gap-4 sheet:grid-cols-2">
          {languages.map((lang) => (
            <Field
              key={lang}
              lang={lang}
              label={t(`items.prompt_${lang}`)}
              name={name(`prompt${SUFFIX[lang]}`)}
              maxLength={LEARNING_LENGTH.prompt}
              defaultValue={values[`prompt${SUFFIX[lang]}`] ?? ''}
              error={error('prompt', t('items.promptNeeded'))}
            />
          ))}
        </div>
        {'options' in wrong && (
          <p role="alert" tabIndex={-1} className="text-[13px] font-medium text-danger">
            {t('items.optionsNeeded')}
          </p>
        )}
        <ol className="grid gap-3">
          {PLACES.map((place) => (
            <li key={place} className="grid items-start gap-3 sheet:grid-cols-2">
              {languages.map((lang) => (
                <Field
                  key={lang}
                  lang={lang}
                  label={t(`items.option_${lang}`, { number: place + 1 })}
                  name={name(`option${place}${SUFFIX[lang]}`)}
                  maxLength={LEARNING_LENGTH.option}
                  defaultValue={values[`option${place}${SUFFIX[lang]}`] ?? ''}
                />
              ))}
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap items-end justify-between gap-3">
          <div className="min-w-[12rem]">
            <Choice
              label={t('items.right')}
              name={name('right')}
              defaultValue={values.right ?? '0'}
              error={error('right', t('items.rightNeeded'))}
            >
              {PLACES.map((place) => (
                <option key={place} value={place}>
                  {t('items.rightIs', { number: place + 1 })}
                </option>
              ))}
            </Choice>
          </div>
          {onRemove && (
            <Button type="button" look="quiet" onClick={onRemove}>
              {t('items.remove', { number: at + 1 })}
            </Button>
          )}
        </div>
      </fieldset>
    </li>
  )
}

/** The languages in which something of the question is still to be written. */
function missingIn(textOf: (field: string) => string): readonly Language[] {
  const fields = ['prompt', ...PLACES.map((place) => `option${place}`)]
  return LANGUAGES.filter((lang) =>
    fields.some((field) => {
      const others = LANGUAGES.filter((each) => each !== lang)
      const isOther = others.some((each) => textOf(`${field}${SUFFIX[each]}`).trim() !== '')
      return isOther && textOf(`${field}${SUFFIX[lang]}`).trim() === ''
    }),
  )
}

function valueIn(box: HTMLElement | null, name: string): string {
  const field = box?.querySelector(`[name="${name}"]`)
  return field instanceof HTMLInputElement ? field.value : ''
}
