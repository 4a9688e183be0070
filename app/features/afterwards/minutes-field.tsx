import { useTranslation } from 'react-i18next'
import { ATTENDED_MOST_MINUTES } from '../../../shared/after-views'
import { Field } from '../../components/field'

/** How long somebody was there, wherever it is written down. */
export function MinutesField({
  label,
  value,
  wrong,
}: {
  label: string
  value: string | number
  /** What was wrong with the fields that were sent, by their names. */
  wrong: Readonly<Record<string, string>>
}) {
  const { t } = useTranslation('workshop-after')
  return (
    <Field
      label={label}
      name="minutes"
      type="number"
      min={0}
      max={ATTENDED_MOST_MINUTES}
      required
      defaultValue={value}
      error={'minutes' in wrong ? t('attendance.minutesWrong') : undefined}
    />
  )
}
