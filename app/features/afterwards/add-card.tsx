import { Form } from '@remix-run/react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnlistedView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { CadreOptions } from '../people/cadre-name'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { AddMember } from './add-member'
import { MinutesField } from './minutes-field'

type Props = {
  unlisted: readonly UnlistedView[]
  /** Minutes of somebody who was there from beginning to end. */
  whole: number
  clientKey: string
  refusal: Refusal | null
}

/** Somebody who was there without a device and without a place: a member, or somebody else. */
export function AddCard(props: Props) {
  const { clientKey, refusal } = props
  const { t } = useTranslation('workshop-after')
  const mine = refusal?.values.intent === 'add' ? refusal : null
  const add = useDone(refusal)
  return (
    <Card id="add" title={t('add.title')}>
      <p className="text-ink-2">{t('add.lead')}</p>
      <AddMember {...props} />
      <h3 className="mt-5 font-semibold">{t('add.outside')}</h3>
      <div className={mine || add.done ? 'mt-2 grid gap-2' : ''}>
        <RefusedNotice code={noticeOf(mine)} />
        <DoneLine done={add.done} />
      </div>
      {/* who was written down is gone from the form: a second press would add them again */}
      <AddForm key={add.times} clientKey={clientKey} refusal={mine} add={add} />
    </Card>
  )
}

function AddForm({
  clientKey,
  refusal,
  add,
}: {
  clientKey: string
  refusal: Refusal | null
  add: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation('workshop-after')
  const { lang } = useReader()
  // each reading of the page brings another: what is sent again is the same person
  const [key] = useState(clientKey)
  const form = useFocusRefused(refusal)
  const { values } = refusal ?? {}
  const wrong = wrongIn(refusal)
  const say = (event: FormEvent<HTMLFormElement>) => {
    const name = String(new FormData(event.currentTarget).get('name'))
    add.doing(t('add.done', { name }))(event)
  }
  return (
    <Form
      ref={form}
      method="post"
      noValidate
      onSubmit={say}
      className="mt-2 grid items-start gap-3 sheet:grid-cols-2"
    >
      <input type="hidden" name="clientKey" value={key} />
      <input type="hidden" name="lang" value={lang} />
      <Field
        label={t('add.name')}
        name="name"
        required
        maxLength={120}
        defaultValue={values?.name ?? ''}
        autoComplete="off"
        error={'name' in wrong ? t('add.nameWrong') : undefined}
      />
      <Choice label={t('add.cadre')} name="cadre" defaultValue={values?.cadre ?? 'physician'}>
        <CadreOptions />
      </Choice>
      <Field
        label={t('add.institution')}
        name="institution"
        maxLength={200}
        defaultValue={values?.institution ?? ''}
        autoComplete="off"
      />
      <MinutesField label={t('add.minutes')} value={values?.minutes ?? ''} wrong={wrong} />
      <div>
        <Button look="quiet" name="intent" value="add" aria-disabled={add.isSending || undefined}>
          {t('add.do')}
        </Button>
      </div>
    </Form>
  )
}
