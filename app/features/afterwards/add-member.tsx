import { Form } from '@remix-run/react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnlistedView } from '../../../shared/after-views'
import { pickText } from '../../../shared/languages'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { AskedForm } from '../privacy/asked-form'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { MinutesField } from './minutes-field'

type Props = {
  unlisted: readonly UnlistedView[]
  /** Minutes of somebody who was there from beginning to end. */
  whole: number
  clientKey: string
  refusal: Refusal | null
}

/** A member of either side who is on no list: under their own name, with all that follows from it. */
export function AddMember({ refusal, ...form }: Props) {
  const { t } = useTranslation('workshop-after')
  const mine = refusal?.values.intent === 'member' ? refusal : null
  const add = useDone(refusal)
  // what was done with the last one of them is said still
  if (form.unlisted.length === 0 && !mine && !add.done) return null
  return (
    <section aria-labelledby="add-member" className="mt-4">
      <h3 id="add-member" className="font-semibold">
        {t('add.member')}
      </h3>
      <div className={mine || add.done ? 'mt-2 grid gap-2' : ''}>
        <RefusedNotice code={noticeOf(mine)} />
        <DoneLine done={add.done} />
      </div>
      {form.unlisted.length > 0 && (
        <MemberForm key={add.times} {...form} refusal={mine} add={add} />
      )}
    </section>
  )
}

function MemberForm({
  unlisted,
  whole,
  clientKey,
  refusal,
  add,
}: Props & { add: ReturnType<typeof useDone> }) {
  const { t } = useTranslation('workshop-after')
  const { lang } = useReader()
  // each reading of the page brings another: what is sent again is done once
  const [key] = useState(clientKey)
  const form = useFocusRefused(refusal)
  const { values } = refusal ?? {}
  const wrong = wrongIn(refusal)
  const sides = unlisted.map(({ place, people }) => ({
    place: pickText(place, lang).text,
    people: people
      .map(({ id, name }) => ({ id, ...fullName(name, lang).main }))
      .sort((a, b) => a.text.localeCompare(b.text, lang)),
  }))
  const say = (event: FormEvent<HTMLFormElement>) => {
    const chosen = new FormData(event.currentTarget).get('user')
    const everybody = sides.flatMap(({ people }) => people)
    const name = everybody.find(({ id }) => id === chosen)?.text ?? ''
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
      <Choice
        label={t('add.who')}
        name="user"
        required
        defaultValue={values?.user ?? ''}
        error={wrong.user && t('add.whoNeeded')}
      >
        <option value="">{t('add.choose')}</option>
        {sides.map(({ place, people }) => (
          <optgroup key={place} label={place}>
            {people.map(({ id, text, lang: written }) => (
              <option key={id} value={id} lang={written}>
                {text}
              </option>
            ))}
          </optgroup>
        ))}
      </Choice>
      <MinutesField label={t('add.minutes')} value={values?.minutes ?? whole} wrong={wrong} />
      <div className="sheet:col-span-2">
        <Field
          label={t('correct.note')}
          name="note"
          maxLength={300}
          defaultValue={values?.note ?? ''}
          autoComplete="off"
        />
      </div>
      {/* before the button: it is pressed after what was asked */}
      {refusal && (
        <div className="sheet:col-span-2">
          <AskedForm refusal={refusal} form={form} also={{ name: 'intent', value: 'member' }} />
        </div>
      )}
      <div>
        <Button
          look="quiet"
          name="intent"
          value="member"
          aria-disabled={add.isSending || undefined}
        >
          {t('add.memberDo')}
        </Button>
      </div>
    </Form>
  )
}
