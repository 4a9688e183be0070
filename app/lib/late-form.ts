import { type RefObject, useState } from 'react'
import { valuesOf } from './keep-form'
import type { Refusal } from './refusal'
import { isStale } from './reread-stale'

type Late = {
  of: Refusal | null
  /** What is in the form that came too late; null while it did not, or the newer words are not known. */
  values: Refusal['values'] | null
  /** Raised when the form is to be drawn anew, joined with what somebody else has saved. */
  turn: number
}

/**
 * A form whose part somebody else has changed meanwhile: with what was typed into it up to the moment
 * in which their words are known here.
 *
 * @param rev count of changes of what is stored, as the page knows it by now
 * @param box element around the form
 */
export function useLate(
  refusal: Refusal | null,
  rev: number,
  box: RefObject<HTMLElement>,
): Pick<Late, 'values' | 'turn'> {
  const isLate = isStale(refusal, rev)
  const sent = isLate ? (refusal?.values ?? null) : null
  const [late, setLate] = useState<Late>({ of: refusal, values: sent, turn: 0 })
  const isNew = late.of !== refusal
  if (isNew || (isLate && !late.values)) {
    const form = box.current?.querySelector('form')
    const typed = form && sent ? valuesOf(new FormData(form)) : null
    setLate({ of: refusal, values: typed ?? sent, turn: isLate ? late.turn + 1 : late.turn })
  }
  return late
}

type Refused = {
  refusal: Refusal | null
  /** What is in the form by now, also what was typed while it was on its way; null before it is drawn. */
  typed: Refusal['values'] | null
  /** Raised when the form is to be drawn anew, with what is wrong in it. */
  turn: number
}

/**
 * The last refusal of a form, which stays until the next: the router forgets it when nothing but the end
 * of the address changes. A form that came too late is not drawn anew for that (see `useLate`).
 *
 * @param of which form it is: of another one it is not the refusal
 * @param box element around the form
 */
export function useRefused(
  refusal: Refusal | null,
  of: string,
  box: RefObject<HTMLElement>,
): Refused {
  const [known, setKnown] = useState({ of, last: { refusal, typed: null, turn: 0 } as Refused })
  if (known.of !== of) {
    setKnown({ of, last: { refusal, typed: null, turn: 0 } })
  } else if (refusal && known.last.refusal !== refusal) {
    const form = box.current?.querySelector('form')
    const isLate = refusal.refused.code === 'conflict'
    const typed = form && !isLate ? valuesOf(new FormData(form)) : null
    const turn = known.last.turn + (isLate ? 0 : 1)
    setKnown({ of, last: { refusal, typed, turn } })
  }
  return known.last
}
