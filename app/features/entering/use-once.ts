import { useNavigation } from '@remix-run/react'
import type { FormEvent } from 'react'

/** A form that is on its way is not sent a second time. */
export function useOnce() {
  const busy = useNavigation().state !== 'idle'
  return {
    busy: busy || undefined,
    guard: (event: FormEvent) => {
      if (busy) event.preventDefault()
    },
  }
}
