import { useFetcher } from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { isRefusal, type Refusal } from '../../lib/refusal'
import { useHydrated } from './hydrated'
import { RefusedNotice } from './refused-notice'

type Props = {
  action: string
  /** The item's page, where a form that is posted without scripts comes back to. */
  back: string
  className?: string
  /** For fields that stand outside of the form. */
  id?: string
  /** It was done. */
  onDone?: () => void
  children: (refusal: Refusal | null, isBusy: boolean) => ReactNode
}

/** A form that changes the item under the page, which stays as it is; without scripts it comes back. */
export function ChangeForm({ action, back, className, id, onDone, children }: Props) {
  const fetcher = useFetcher<unknown>()
  const isHydrated = useHydrated()
  const form = useRef<HTMLFormElement>(null)
  const done = useRef(onDone)
  done.current = onDone
  const { data, state } = fetcher
  const refusal = isRefusal(data) ? data : null
  useEffect(() => {
    if (state !== 'idle' || data === undefined) return
    if (isRefusal(data)) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus()
    } else {
      done.current?.()
    }
  }, [data, state])
  const code = refusal?.refused.code
  return (
    <fetcher.Form
      ref={form}
      {...(id ? { id } : {})}
      method="post"
      action={action}
      noValidate
      className={className}
    >
      {!isHydrated && <input type="hidden" name="back" value={back} />}
      <RefusedNotice code={code && code !== 'invalid_input' ? code : null} />
      {children(refusal, state !== 'idle')}
    </fetcher.Form>
  )
}
