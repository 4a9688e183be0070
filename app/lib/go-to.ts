import type { MouseEvent } from 'react'

/**
 * Puts the focus on a place of a form, in a part that may be folded; of a row that is gone, on the first
 * one of its list. The address stays: the router takes another one, even within the page, for the end
 * of what was refused.
 */
export function goTo(event: MouseEvent, id: string) {
  event.preventDefault()
  const [, list] = id.split('.')
  const there =
    document.getElementById(id) ??
    document.querySelector<HTMLElement>(`[name^="${list}."]:not([type=hidden])`)
  if (!there) return
  const fold = there.closest('details')
  if (fold) fold.open = true
  const field = there.matches('input, select, textarea, [tabindex]:not(fieldset)')
    ? there
    : there.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')
  ;(field ?? there).focus()
}
