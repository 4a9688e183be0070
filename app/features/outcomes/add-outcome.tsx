import { Form } from '@remix-run/react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ownLanguageFirst } from '../../../shared/languages'
import type { MentionableView } from '../../../shared/thread-views'
import { OUTCOME_KINDS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Choice, TextBox } from '../library/fields'
import { AskedForm } from '../privacy/asked-form'

type Props = {
  clientKey: string
  people: readonly MentionableView[]
  refusal: Refusal | null
}

/** A decision or a task written by hand, in one language or both. */
export function AddOutcome({ clientKey, people, refusal }: Props) {
  const { t } = useTranslation('outcomes')
  const { lang: reader } = useReader()
  const form = useRef<HTMLFormElement>(null)
  // those of the notes' paragraphs come back to their own places
  const mine = refusal?.values.intent === 'add' && !refusal.values.unit ? refusal : null
  const values = mine?.values ?? {}
  const wrong = wrongIn(mine)
  return (
    <Card id="add" title={t('add.title')}>
      <p className="max-w-[64ch] text-ink-2">{t('add.lead')}</p>
      <Form method="post" ref={form} key={clientKey} className="mt-3 grid gap-3">
        <input type="hidden" name="clientKey" value={values.clientKey ?? clientKey} />
        <div className="grid gap-3 sheet:grid-cols-3">
          <Choice label={t('add.kind')} name="kind" defaultValue={values.kind ?? 'task'}>
            {OUTCOME_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </Choice>
          <Choice
            label={t('add.assignee')}
            name="assignee"
            defaultValue={values.assignee ?? ''}
            error={wrong.assignee && t('add.notMember')}
          >
            <option value="">{t('row.nobody')}</option>
            {people.map(({ id, name }) => {
              const { main } = fullName(name, reader)
              return (
                <option key={id} value={id} lang={main.lang}>
                  {main.text}
                </option>
              )
            })}
          </Choice>
          <Field
            label={t('add.due')}
            name="due"
            type="date"
            defaultValue={values.due}
            error={wrong.due && t('add.wrongDate')}
          />
        </div>
        <div className="grid gap-3 sheet:grid-cols-2">
          {ownLanguageFirst(reader).map((lang) => {
            const name = lang === 'en' ? 'textEn' : 'textRu'
            return (
              <TextBox
                key={lang}
                label={t(`add.in.${lang}`)}
                name={name}
                lang={lang}
                maxLength={1000}
                defaultValue={values[name]}
                error={wrong[name] && t('add.needed')}
              />
            )
          })}
        </div>
        <AskedForm refusal={mine} form={form} also={{ name: 'intent', value: 'add' }} />
        <div>
          <Button name="intent" value="add">
            {t('add.do')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}
