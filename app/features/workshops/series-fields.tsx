import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SideView } from '../../../shared/views'
import { momentsOfSeries, SERIES } from '../../../shared/workshop-series'
import { REPEATS, type Repeats } from '../../../shared/workshops'
import { Field } from '../../components/field'
import { useHydrated } from '../../lib/hydrated'
import { Choice } from '../library/fields'
import { fieldId } from './fault-list'
import { SeriesDates } from './series-dates'
import type { When } from './when-fields'

/** How many a series has at first. */
const USUAL_TIMES = '4'

/** Whether it is one workshop or a series, and when each of the series will be. */
export function SeriesFields({
  sides,
  now,
  minutes,
  when,
  values,
  error,
}: {
  /** The reader's own first. */
  sides: readonly SideView[]
  now: string
  minutes: number
  when: When
  values: Readonly<Record<string, string>>
  error: string | undefined
}) {
  const { t } = useTranslation('workshops')
  const isScripted = useHydrated()
  const [repeats, setRepeats] = useState<Repeats>(
    () => REPEATS.find((each) => each === values.repeats) ?? 'none',
  )
  const [times, setTimes] = useState(values.times ?? USUAL_TIMES)
  const isSeries = repeats !== 'none'
  const isCount =
    /^\d+$/.test(times) && Number(times) >= SERIES.fewest && Number(times) <= SERIES.most
  const moments =
    isSeries && isCount
      ? momentsOfSeries(`${when.date}T${when.time}`, when.zone, repeats, Number(times))
      : []
  return (
    <>
      <div className="grid items-start gap-4 sheet:grid-cols-3">
        <Choice
          label={t('form.repeats')}
          name="repeats"
          value={repeats}
          onChange={({ currentTarget: { value } }) =>
            setRepeats(REPEATS.find((each) => each === value) ?? 'none')
          }
        >
          {REPEATS.map((each) => (
            <option key={each} value={each}>
              {t(`form.repeat.${each}`)}
            </option>
          ))}
        </Choice>
        {(isSeries || !isScripted) && (
          <Field
            label={t('form.times')}
            id={fieldId('times')}
            name="times"
            inputMode="numeric"
            value={times}
            onChange={(event) => setTimes(event.currentTarget.value)}
            error={times === values.times ? error : undefined}
          />
        )}
      </div>
      {moments.length > 0 && (
        <SeriesDates
          title={t('form.seriesDates')}
          dates={moments.map((at, index) => ({ place: index + 1, at }))}
          sides={sides}
          minutes={minutes}
          now={now}
        />
      )}
    </>
  )
}
