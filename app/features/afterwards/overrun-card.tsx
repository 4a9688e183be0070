import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AttendanceView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import type { useDone } from '../workshops/use-done'

type Props = {
  overrun: NonNullable<AttendanceView['overrun']>
  /** Minutes. */
  planned: number
  refusal: Refusal | null
  doings: ReturnType<typeof useDone>
}

/** The room was open for far longer than planned: how long the workshop really lasted is asked. */
export function OverrunCard({ overrun, planned, refusal, doings }: Props) {
  const { t } = useTranslation('workshop-after')
  const { open, credited, said } = overrun
  const mine = refusal?.values.intent === 'lasted' ? refusal : null
  const form = useFocusRefused(mine)
  return (
    <Card id="overrun" title={t('overrun.title')}>
      <p className="max-w-[64ch] text-ink-2">
        {t(said ? 'overrun.said' : 'overrun.lead', { open, planned, credited })}
      </p>
      <RefusedNotice code={noticeOf(mine)} />
      <Form
        ref={form}
        method="post"
        noValidate
        onSubmit={doings.doing(t('overrun.done'))}
        className="mt-3 flex flex-wrap items-end gap-3"
      >
        <Field
          label={t('overrun.lasted')}
          name="lasted"
          type="number"
          min={1}
          max={open}
          required
          defaultValue={mine?.values.lasted ?? credited}
          error={wrongIn(mine).lasted ? t('overrun.wrong', { open }) : undefined}
        />
        <Button look="quiet" name="intent" value="lasted">
          {t('overrun.save')}
        </Button>
      </Form>
    </Card>
  )
}
