import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AttendanceView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { type Refusal, wrongIn } from '../../lib/refusal'

type Props = {
  overrun: NonNullable<AttendanceView['overrun']>
  /** Minutes. */
  planned: number
  refusal: Refusal | null
}

/** The room was open for far longer than planned: how long the workshop really lasted is asked. */
export function OverrunCard({ overrun: { open, credited, said }, planned, refusal }: Props) {
  const { t } = useTranslation('workshop-after')
  const isRefused = refusal?.values.intent === 'lasted'
  return (
    <Card id="overrun" title={t('overrun.title')}>
      <p className="max-w-[64ch] text-ink-2">
        {t(said ? 'overrun.said' : 'overrun.lead', { open, planned, credited })}
      </p>
      <Form method="post" className="mt-3 flex flex-wrap items-end gap-3">
        <Field
          label={t('overrun.lasted')}
          name="lasted"
          type="number"
          min={1}
          max={open}
          required
          defaultValue={isRefused ? refusal.values.lasted : credited}
          error={isRefused && wrongIn(refusal).lasted ? t('overrun.tooLong', { open }) : undefined}
        />
        <Button look="quiet" name="intent" value="lasted">
          {t('overrun.save')}
        </Button>
      </Form>
    </Card>
  )
}
