import { Form } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownLanguageFirst } from '../../../shared/languages'
import type { MentionableView } from '../../../shared/thread-views'
import { OUTCOME_KINDS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Choice, TextBox } from '../library/fields'
import { AskedForm } from '../privacy/asked-form'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { AssigneeChoice } from './assignee-choice'

type Props = {
  clientKey: string
  people: readonly MentionableView[]
  refusal: Refusal | null
}

/** A decision or a task written by hand, in one language or both. */
export function AddOutcome({ clientKey, people, refusal }: Props) {
  const { t } = useTranslation('outcomes')
  const adding = useDone(refusal)
  return (
    <Card id="add" title={t('add.title')}>
      <p className="max-w-[64ch] text-ink-2">{t('add.lead')}</p>
      <div className={adding.done ? 'mt-3' : ''}>
        <DoneLine done={adding.done} />
      </div>
      {/* what was written down is gone from the form; whatever else comes in takes nothing away */}
      <AddForm
        key={adding.times}
        clientKey={clientKey}
        people={people}
        refusal={refusal}
        adding={adding}
      />
    </Card>
  )
}

function AddForm({
  people,
  refusal,
  adding,
  ...drawn
}: Props & { adding: ReturnType<typeof useDone> }) {
  const { t } = useTranslation('outcomes')
  const { lang: reader } = useReader()
  // one for each writing: the page draws another whenever it is read again
  const [clientKey] = useState(drawn.clientKey)
  // those of the notes' paragraphs come back to their own places
  const mine = refusal?.values.intent === 'add' && !refusal.values.unit ? refusal : null
  const form = useFocusRefused(mine)
  const values = mine?.values ?? {}
  const wrong = wrongIn(mine)
  return (
    <Form
      method="post"
      ref={form}
      preventScrollReset
      onSubmit={adding.doing(t('add.done'))}
      className="mt-3 grid gap-3"
    >
      <input type="hidden" name="clientKey" value={values.clientKey ?? clientKey} />
      <div className="grid gap-3 sheet:grid-cols-3">
        <Choice label={t('add.kind')} name="kind" defaultValue={values.kind ?? 'task'}>
          {OUTCOME_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          ))}
        </Choice>
        <AssigneeChoice
          people={people}
          chosen={values.assignee ?? ''}
          error={wrong.assignee && t('add.notMember')}
        />
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
        <Button name="intent" value="add" aria-disabled={adding.isSending || undefined}>
          {t('add.do')}
        </Button>
      </div>
    </Form>
  )
}
