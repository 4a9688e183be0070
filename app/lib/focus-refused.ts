import { type RefObject, useEffect, useRef } from 'react'
import type { Refusal } from './refusal'

/** When a form comes back refused, the focus goes to the first thing to mend in it. */
export function useFocusRefused(refusal: Refusal | null): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (!refusal) return
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus()
  }, [refusal])
  return form
}
