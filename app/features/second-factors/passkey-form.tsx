import { useFetcher } from '@remix-run/react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonLook } from '../../components/button'
import { useHydrated } from '../../lib/hydrated'
import { isRefusal, type Refusal, wrongIn } from '../../lib/refusal'
import { Refused } from '../sign-in/refused'
import { type Ceremony, runCeremony, type Trouble } from './ceremony'

type Props = {
  /** A passkey is made, or signs. */
  ceremony: Ceremony
  /** What the form does with the answer; `options` asks for the question. */
  intent: string
  /** What this form was refused with, if it was this one. */
  refusal: Refusal | null
  /** In place of the usual words for a passkey that does not fit. */
  wrong?: string
  look?: ButtonLook
  button: string
  children?: ReactNode
}

/**
 * A form whose answer comes from a passkey: it asks the server for a question, the device for an answer
 * to it, and is then sent like any other form. Without scripts it says that it needs them.
 */
export function PasskeyForm({ ceremony, intent, refusal, wrong, look, button, children }: Props) {
  const { t } = useTranslation('security')
  const question = useFetcher<unknown>()
  const form = useRef<HTMLFormElement>(null)
  const answer = useRef<HTMLInputElement>(null)
  const heard = useRef<unknown>(undefined)
  const [isAsking, setAsking] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [limited, setLimited] = useState<Refusal | null>(null)

  function start(event: FormEvent) {
    event.preventDefault()
    if (isAsking) return
    setAsking(true)
    setTrouble(null)
    setLimited(null)
    question.submit({ intent: 'options' }, { method: 'post' })
  }

  useEffect(() => {
    const { data } = question
    if (!isAsking || question.state !== 'idle' || data === undefined || heard.current === data)
      return
    heard.current = data
    if (isRefusal(data)) {
      setAsking(false)
      setLimited(data)
      return
    }
    runCeremony(ceremony, data).then((outcome) => {
      if (!outcome.ok || !form.current || !answer.current) {
        setAsking(false)
        setTrouble(outcome.ok ? 'failed' : outcome.why)
        return
      }
      answer.current.value = outcome.answer
      // past our own handler: from here on it is a form like any other
      form.current.submit()
    })
  }, [question, isAsking, ceremony])

  const fault = wrongIn(refusal).passkey
  // pressed sooner than the page's scripts had come, as on a slow line
  const unasked = useHydrated() ? 'early' : 'scripts'
  const said = trouble ?? (fault && (fault === 'wrong' || fault === 'late' ? fault : unasked))
  return (
    <form ref={form} method="post" onSubmit={start} className="grid gap-4">
      <Refused refusal={limited} />
      {said && !isAsking && (
        <p
          role="alert"
          className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
        >
          {said === 'wrong' && wrong ? wrong : t(`prompt.${said}`)}
        </p>
      )}
      {children}
      <input type="hidden" name="intent" value={intent} />
      <input ref={answer} type="hidden" name="passkey" />
      <Button look={look} aria-disabled={isAsking} className="min-h-10">
        {button}
      </Button>
      <p role="status" className="text-[13px] text-ink-2 empty:hidden">
        {isAsking ? t('prompt.waiting') : ''}
      </p>
    </form>
  )
}
