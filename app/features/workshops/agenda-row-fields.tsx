import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { SPOKEN } from '../../../shared/workshops'
import { Field } from '../../components/field'
import { TheirWords } from '../../components/their-words'
import { createFormat, useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { ownSideFirst } from '../../lib/sides'
import { Choice } from '../library/fields'
import type { RowValues } from './agenda-rows'
import { fieldId } from './fault-list'
import { isTitled } from './read-plan'

type Props = {
  /** Its number, from 0. */
  at: number
  /** The number that it came with, by which it is said what is wrong in it. */
  number: number
  row: RowValues
  choices: PlanChoices
  sides: readonly SideView[]
  mySideId: string | null
  /** UTC; null while the time is not known. */
  startsAt: string | null
  isLast: boolean
  isOnly: boolean
  isScripted: boolean
  hasFocus: boolean
  /** What is wrong with a field. */
  wrong: (field: string) => string | undefined
  onChange?: (field: string, value: string) => void
  onMove?: (by: -1 | 1) => void
  onRemove?: () => void
}

/** One row of the agenda. */
export function AgendaRowFields(props: Props) {
  const { at, number, row, choices, startsAt, isScripted, hasFocus, wrong, onChange } = props
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    if (hasFocus) box.current?.querySelector<HTMLElement>('input:not([type=hidden])')?.focus()
  }, [hasFocus])
  // without a listener the page keeps what is typed by itself
  const bound = (field: string) => ({
    name: `agenda.${at}.${field}`,
    ...(onChange
      ? {
          value: row[field] ?? '',
          onChange: (event: { currentTarget: { value: string } }) =>
            onChange(field, event.currentTarget.value),
        }
      : { defaultValue: row[field] ?? '' }),
  })
  const known = (field: string) => {
    const name = `agenda.${number}.${field}`
    return { id: fieldId(name), error: wrong(name) }
  }
  const isSpoken = Boolean(row.speaker)
  const [wasTitled] = useState(() => isTitled(row))
  const isTitledByNow = !wasTitled && isTitled(row)
  const titleOf = (field: 'titleEn' | 'titleRu') => {
    const { id, error } = known(field)
    return { ...bound(field), id, error: isTitledByNow ? undefined : error }
  }
  const titles = {
    en: { ...titleOf('titleEn'), label: t('form.titleEn') },
    ru: { ...titleOf('titleRu'), label: t('form.titleRu') },
  }
  return (
    <li className="rounded-card border border-line bg-surface px-4 py-4">
      <fieldset ref={box} className="grid gap-4">
        <legend className="contents">
          <span className="flex flex-wrap items-baseline justify-between gap-2">
            <span className="font-semibold">{t('form.rowTitle', { number: at + 1 })}</span>
            {startsAt && <RowTimes {...props} startsAt={startsAt} />}
          </span>
        </legend>
        <input type="hidden" name={`agenda.${at}.id`} value={row.id ?? ''} />
        <input type="hidden" name={`agenda.${at}.suggested`} value={row.suggested ?? ''} />
        <div className="grid items-start gap-4 sheet:grid-cols-2">
          {(lang === 'ru' ? (['ru', 'en'] as const) : (['en', 'ru'] as const)).map((each) => (
            <Field key={each} lang={each} maxLength={200} {...titles[each]} />
          ))}
        </div>
        <div className="grid items-start gap-4 sheet:grid-cols-[7rem_1fr_1fr]">
          <Field
            label={t('form.minutes')}
            inputMode="numeric"
            {...known('minutes')}
            {...bound('minutes')}
          />
          <div id={known('speaker').id}>
            <Choice label={t('form.speaker')} error={known('speaker').error} {...bound('speaker')}>
              <option value="">{t('form.speakerNone')}</option>
              {choices.people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {fullName(name, lang).main.text}
                </option>
              ))}
            </Choice>
          </div>
          {/* a member has a name already; without scripts it stays, and is refused beside a member */}
          {!(isSpoken && isScripted) && (
            <Field
              label={t('form.speakerName')}
              maxLength={120}
              {...known('speakerName')}
              {...bound('speakerName')}
            />
          )}
        </div>
        <div className="grid items-end gap-4 sheet:grid-cols-[1fr_1fr_auto]">
          <Choice
            label={t('form.spoken')}
            {...bound('spoken')}
            {...(onChange ? { value: row.spoken ?? 'both' } : { defaultValue: 'both' })}
          >
            {SPOKEN.map((spoken) => (
              <option key={spoken} value={spoken}>
                {t(`spoken.${spoken}`)}
              </option>
            ))}
          </Choice>
          <div id={known('resource').id}>
            <Choice
              label={t('form.resource')}
              error={known('resource').error}
              {...bound('resource')}
            >
              <option value="">{t('form.resourceNone')}</option>
              {choices.resources.map(({ id, title }) => (
                <option key={id} value={id}>
                  {pickText(title, lang).text}
                </option>
              ))}
            </Choice>
          </div>
          <label className="flex min-h-10 items-center gap-2.5">
            <input
              type="checkbox"
              name={`agenda.${at}.interpretation`}
              defaultChecked={row.interpretation === 'on'}
              onChange={(event) =>
                onChange?.('interpretation', event.currentTarget.checked ? 'on' : '')
              }
              className="size-5 accent-accent"
            />
            {t('form.interpretation')}
          </label>
        </div>
        <TheirWords of={`agenda.${number}`} isRow />
        <RowButtons {...props} />
      </fieldset>
    </li>
  )
}

/** When it begins on both clocks. */
function RowTimes({ startsAt, sides, mySideId }: Props & { startsAt: string }) {
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const times = ownSideFirst(sides, mySideId).map(
    ({ timeZone, place }) =>
      `${createFormat(lang, timeZone).time(startsAt)} ${pickText(place, lang).text}`,
  )
  return (
    <span className="text-[13px] text-ink-2">{t('form.rowAt', { times: times.join(', ') })}</span>
  )
}

function RowButtons({ at, isLast, isOnly, isScripted, onMove, onRemove }: Props) {
  const { t } = useTranslation('workshops')
  if (!isScripted || isOnly) return null
  const look =
    'min-h-8 rounded-md border border-line-control px-2.5 text-[13px] text-ink-2 hover:bg-wash hover:text-ink aria-disabled:opacity-50'
  const number = at + 1
  const move = (button: HTMLButtonElement, by: -1 | 1) => {
    onMove?.(by)
    // a row that changes its place in the page drops the focus
    requestAnimationFrame(() => button.focus())
  }
  return (
    <div className="flex flex-wrap gap-2">
      <button
        type="button"
        aria-disabled={at === 0 || undefined}
        aria-label={t('form.up', { number })}
        className={look}
        onClick={({ currentTarget }) => at > 0 && move(currentTarget, -1)}
      >
        <span aria-hidden="true">↑</span>
      </button>
      <button
        type="button"
        aria-disabled={isLast || undefined}
        aria-label={t('form.down', { number })}
        className={look}
        onClick={({ currentTarget }) => !isLast && move(currentTarget, 1)}
      >
        <span aria-hidden="true">↓</span>
      </button>
      <button type="button" className={look} onClick={() => onRemove?.()}>
        {t('form.removeRow', { number })}
      </button>
    </div>
  )
}
