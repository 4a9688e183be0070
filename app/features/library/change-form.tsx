import { useRevalidator } from '@remix-run/react'
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { RefusedNotice } from '../../components/refused-notice'
import { useHydrated } from '../../lib/hydrated'
import type { Refusal } from '../../lib/refusal'
import { postChange } from './post-change'

type Props = {
  action: string
  /** The item's page, where a form that is posted without scripts comes back to. */
  back: string
  className?: string
  /** Posted without scripts it goes to the item's page itself, which shows what was typed if it is refused. */
  keepsText?: boolean
  /** What came back from there. */
  posted?: Refusal | null
  /** For fields that stand outside of the form. */
  id?: string
  /** It was done. */
  onDone?: () => void
  children: (
    refusal: Refusal | null,
    isBusy: boolean,
    form: RefObject<HTMLFormElement>,
  ) => ReactNode
}

/**
 * A form that changes the item under the page, which stays as it is whatever comes of it; without
 * scripts it comes back.
 */
export function ChangeForm({
  action,
  back,
  keepsText = false,
  posted = null,
  className,
  id,
  onDone,
  children,
}: Props) {
  const { revalidate } = useRevalidator()
  const isHydrated = useHydrated()
  const form = useRef<HTMLFormElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(posted)
  useEffect(() => {
    if (!refusal) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus()
  }, [refusal])
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const fields = new FormData(event.currentTarget)
    const pressed = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null
    if (pressed instanceof HTMLButtonElement) fields.append(pressed.name, pressed.value)
    setBusy(true)
    const refused = await postChange(action, fields)
    setBusy(false)
    setRefusal(refused)
    if (refused) return
    onDone?.()
    revalidate()
  }
  const code = refusal?.refused.code
  return (
    <form
      ref={form}
      {...(id ? { id } : {})}
      method="post"
      action={keepsText && !isHydrated ? back : action}
      noValidate
      className={className}
      onSubmit={send}
    >
      {!isHydrated && !keepsText && <input type="hidden" name="back" value={back} />}
      <RefusedNotice code={code && code !== 'invalid_input' ? code : null} />
      {children(refusal, isBusy, form)}
    </form>
  )
}
