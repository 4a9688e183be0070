import { useBlocker } from '@remix-run/react'
import { useEffect, useId, useRef } from 'react'
import { Button } from './button'

/** Asks before a page is left on which something would be lost. */
export function AskToLeave({
  isAsked,
  words,
}: {
  isAsked: boolean
  words: Record<'title' | 'note' | 'stay' | 'go', string>
}) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isAsked && currentLocation.pathname !== nextLocation.pathname,
  )
  const isBlocked = blocker.state === 'blocked'
  useEffect(() => {
    if (!isAsked) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isAsked])
  useEffect(() => {
    if (isBlocked) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isBlocked])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-note`}
      onCancel={() => blocker.reset?.()}
      className="m-auto max-w-md rounded-card border border-line bg-surface p-5 text-ink shadow-float backdrop:bg-veil"
    >
      <h2 id={`${id}-title`}>{words.title}</h2>
      <p id={`${id}-note`} className="mt-2 text-ink-2">
        {words.note}
      </p>
      <p className="mt-4 flex flex-wrap gap-3">
        <Button type="button" look="quiet" autoFocus onClick={() => blocker.reset?.()}>
          {words.stay}
        </Button>
        <Button type="button" look="quiet" onClick={() => blocker.proceed?.()}>
          {words.go}
        </Button>
      </p>
    </dialog>
  )
}
