import { useNavigation } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useOnce } from '../../lib/once'
import type { Refusal } from '../../lib/refusal'

/** What was done, in words; a new object each time, so that the same is said again. */
export type Done = { text: string }

/**
 * Forms that answer with the page itself: what each has done is said once it is done, and a second
 * press while the first is on its way does nothing.
 *
 * @returns `doing`: for `onSubmit`, with what is to be said then; `times`: how often it was done
 */
export function useDone(refusal: Refusal | null) {
  const { state } = useNavigation()
  const { busy } = useOnce()
  const sent = useRef<string | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const [times, setTimes] = useState(0)
  useEffect(() => {
    if (state !== 'idle' || sent.current === null) return
    setDone(refusal ? null : { text: sent.current })
    if (!refusal) setTimes((before) => before + 1)
    sent.current = null
  }, [state, refusal])
  const doing = (text: string) => (event: FormEvent) => {
    if (sent.current !== null) event.preventDefault()
    else sent.current = text
  }
  return { done, times, doing, isSending: busy === true }
}
