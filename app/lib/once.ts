import { useNavigation } from '@remix-run/react'
import type { FormEvent } from 'react'

/** A form that is on its way is not sent a second time; a page that is on its way keeps none back. */
export function useOnce() {
  const busy = useNavigation().formData !== undefined
  return {
    busy: busy || undefined,
    guard: (event: FormEvent) => {
      if (busy) event.preventDefault()
    },
  }
}
