import { useBlocker } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button'

/** Asks before a page is left that is still sending. */
export function LeaveGuard({ isAsked }: { isAsked: boolean }) {
  const { t } = useTranslation('library')
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
      aria-labelledby="leave-title"
      aria-describedby="leave-note"
      onCancel={() => blocker.reset?.()}
      className="m-auto max-w-md rounded-card border border-line bg-surface p-5 text-ink shadow-float backdrop:bg-veil"
    >
      <h2 id="leave-title">{t('leave.title')}</h2>
      <p id="leave-note" className="mt-2 text-ink-2">
        {t('leave.note')}
      </p>
      <p className="mt-4 flex flex-wrap gap-3">
        <Button type="button" look="quiet" autoFocus onClick={() => blocker.reset?.()}>
          {t('leave.stay')}
        </Button>
        <Button type="button" look="quiet" onClick={() => blocker.proceed?.()}>
          {t('leave.go')}
        </Button>
      </p>
    </dialog>
  )
}
