import { Form, useLocation } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutcomeView } from '../../../shared/outcome-views'
import type { MentionableView } from '../../../shared/thread-views'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { ShortName } from '../../components/person-name'
import { StaleNotice } from '../../components/stale-notice'
import { dayIn } from '../../lib/day'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { isStale } from '../../lib/reread-stale'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { AssigneeChoice } from './assignee-choice'
import { Named } from './named'

type Props = {
  outcome: OutcomeView
  people: readonly MentionableView[]
  refusal: Refusal | null
}

/** Who has a task and until when: given, changed, or taken back, in the task's own row. */
export function AssignTask({ outcome, people, refusal }: Props) {
  const isMine = refusal?.values.intent === 'assign' && refusal.values.outcome === outcome.id
  const mine = isMine ? refusal : null
  const assigning = useDone(mine)
  return (
    <>
      <DoneLine done={assigning.done} />
      <Unfolded
        key={assigning.times}
        outcome={outcome}
        people={people}
        refusal={mine}
        assigning={assigning}
      />
    </>
  )
}

function Unfolded({
  outcome,
  people,
  refusal,
  assigning,
}: Props & { assigning: ReturnType<typeof useDone> }) {
  const { t } = useTranslation('outcomes')
  // as it was unfolded: what a colleague changes meanwhile is told on sending
  const [opened, setOpened] = useState(refusal ? outcome : null)
  const { id, assignee, due, text } = outcome
  const shown = opened ?? outcome
  return (
    <details
      open={refusal ? true : undefined}
      onToggle={({ currentTarget }) =>
        setOpened((known) => (currentTarget.open ? (known ?? outcome) : null))
      }
      className="min-w-0 max-w-full"
    >
      <summary className="-mx-1.5 inline-flex min-h-7 cursor-pointer list-none items-center rounded-md px-1.5 text-[13px] leading-tight font-medium text-ink-2 hover:bg-wash hover:text-ink [&::-webkit-details-marker]:hidden">
        <Named words={t(assignee || due ? 'assign.change' : 'assign.give')} text={text} />
      </summary>
      <Fields key={`${id} ${shown.rev}`} {...{ shown, outcome, people, refusal, assigning }} />
    </details>
  )
}

function Fields({
  shown,
  outcome,
  people,
  refusal,
  assigning,
}: Props & { shown: OutcomeView; assigning: ReturnType<typeof useDone> }) {
  const { t } = useTranslation('outcomes')
  const form = useFocusRefused(refusal)
  const { pathname } = useLocation()
  const values: Readonly<Record<string, string>> = refusal?.values ?? {}
  const wrong = wrongIn(refusal)
  const stale = isStale(refusal, outcome.rev)
  return (
    <Form
      ref={form}
      method="post"
      noValidate
      preventScrollReset
      onSubmit={assigning.doing(t('assign.done'))}
      className="mt-2 grid max-w-[52ch] gap-3 rounded-lg bg-wash px-3.5 py-3"
    >
      <input type="hidden" name="intent" value="assign" />
      <input type="hidden" name="outcome" value={shown.id} />
      <input
        type="hidden"
        name="base"
        value={stale ? outcome.rev : (values.base ?? String(shown.rev))}
      />
      {stale && (
        <StaleNotice here={pathname}>
          <Now outcome={outcome} />
        </StaleNotice>
      )}
      <AssigneeChoice
        people={people}
        chosen={values.assignee ?? shown.assignee?.id ?? ''}
        error={wrong.assignee && t('add.notMember')}
      />
      <Field
        label={t('add.due')}
        name="due"
        type="date"
        defaultValue={values.due ?? shown.due ?? ''}
        error={wrong.due && t('add.wrongDate')}
      />
      <div>
        <Button look="quiet" aria-disabled={assigning.isSending || undefined}>
          {t('assign.do')}
        </Button>
      </div>
    </Form>
  )
}

/** How a task stands by now. */
function Now({ outcome: { assignee, due } }: { outcome: OutcomeView }) {
  const { t } = useTranslation('outcomes')
  const { lang } = useReader()
  return (
    <p>
      {assignee ? <ShortName name={assignee.name} /> : t('row.nobody')}
      {due && ` · ${t('row.until', { date: dayIn(due, lang) })}`}
    </p>
  )
}
