import { Form, useNavigation } from '@remix-run/react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceRowView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import type { WrittenName } from '../../lib/names'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'
import { AskFirst } from '../workshops/ask-first'
import type { useDone } from '../workshops/use-done'
import { MinutesField } from './minutes-field'

type Props = {
  /** In the reader's script. */
  who: WrittenName
  refusal: Refusal | null
  doings: ReturnType<typeof useDone>
  onSent: () => void
}

/** Another time than was measured, what was measured again, or another certificate. */
export function CorrectForm(props: Props & { row: AttendanceRowView; isOver: boolean }) {
  const at = props.row.correction?.at ?? ''
  const [times, setTimes] = useState(0)
  // as it was when this page sent something; null while nothing is on its way
  const [before, setBefore] = useState<string | null>(null)
  // what is being typed stays when somebody else corrects the same person
  if (before !== null && before !== at) {
    setTimes(times + 1)
    setBefore(null)
  }
  // refused, or another certificate: no new time has come of it
  const { state } = useNavigation()
  useEffect(() => {
    if (state === 'idle') setBefore(null)
  }, [state])
  const onSent = () => {
    setBefore(at)
    props.onSent()
  }
  return <CorrectFields key={times} {...props} onSent={onSent} />
}

function CorrectFields({
  row: { attendee, minutes, measured, correction, certificate, enough, from },
  isOver,
  who,
  refusal: refused,
  doings,
  onSent,
}: Props & { row: AttendanceRowView; isOver: boolean }) {
  const { t } = useTranslation('workshop-after')
  const name = who.text
  const refusal = refused?.values.intent === 'correct' ? refused : null
  const form = useFocusRefused(refusal)
  const say = (event: FormEvent) => {
    const { submitter } = event.nativeEvent as SubmitEvent
    const intent = submitter?.getAttribute('value')
    const gone = t(from ? 'correct.doneMeasured' : 'correct.doneUnlisted', { name })
    // how many certificates were issued is said by the page
    const issued = intent === 'reissue' ? '' : t('correct.done', { name })
    doings.doing(intent === 'measured' ? gone : issued)(event)
    if (!event.defaultPrevented) onSent()
  }
  return (
    <Form ref={form} method="post" noValidate onSubmit={say} className="mt-2 grid gap-3">
      <input type="hidden" name="participant" value={attendee.id} />
      {refusal && <RefusedNotice code={noticeOf(refusal)} />}
      <div className="flex flex-wrap items-start gap-3">
        <MinutesField
          label={t('correct.minutes')}
          value={refusal?.values.minutes ?? minutes}
          wrong={wrongIn(refusal)}
        />
        <Field
          label={t('correct.note')}
          name="note"
          maxLength={300}
          defaultValue={refusal?.values.note ?? correction?.note ?? ''}
        />
      </div>
      {/* before the buttons: the one that is pressed says what is done */}
      {refusal && (
        <AskedForm refusal={refusal} form={form} also={{ name: 'intent', value: 'correct' }} />
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="quiet" name="intent" value="correct">
          <Of who={who}>{t('correct.save')}</Of>
        </Button>
        {correction && (
          <Button look="quiet" name="intent" value="measured">
            <Of who={who}>
              {from ? t('correct.measured', { count: measured }) : t('correct.unlist')}
            </Of>
          </Button>
        )}
        {certificate?.revoked && enough && isOver && (
          <Button look="quiet" name="intent" value="reissue">
            <Of who={who}>{t('certificates.reissue')}</Of>
          </Button>
        )}
      </div>
    </Form>
  )
}

/** What a button of one of many rows does, with whose it is for those who hear it alone. */
function Of({ who, children }: { who: WrittenName; children: string }) {
  return (
    <span>
      {children}{' '}
      <span className="sr-only" lang={who.lang}>
        {who.text}
      </span>
    </span>
  )
}

/** A certificate is taken back after a question: whoever holds it is told by its code that it ended. */
export function RevokeForm({ id, who, doings, onSent }: Props & { id: string }) {
  const { t } = useTranslation('workshop-after')
  const name = who.text
  const say = (event: FormEvent) => {
    doings.doing(t('certificates.revokedNow', { name }))(event)
    if (!event.defaultPrevented) onSent()
  }
  return (
    <div className="mt-3">
      <AskFirst
        look="text"
        label={t('certificates.revoke')}
        question={t('certificates.revokeAsk', { name })}
      >
        <Form method="post" onSubmit={say}>
          <input type="hidden" name="participant" value={id} />
          <Button look="danger" name="intent" value="revoke">
            {t('certificates.revokeYes')}
          </Button>
        </Form>
      </AskFirst>
    </div>
  )
}
