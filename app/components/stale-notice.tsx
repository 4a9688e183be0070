import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'

/**
 * Within a form that came too late: what somebody else has saved, beside what was typed; theirs is
 * taken by opening the page anew, one's own is kept by sending the form again.
 *
 * @param here address of the page
 */
export function StaleNotice({ here, children }: { here: string; children: ReactNode }) {
  const { t } = useTranslation('common')
  const head = useRef<HTMLDivElement>(null)
  // with scripts it comes after the answer, once the page has been read again
  useEffect(() => head.current?.focus(), [])
  return (
    <div className="grid gap-3 rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5">
      <div ref={head} role="alert" tabIndex={-1}>
        <p className="font-semibold">{t('stale.title')}</p>
        <p className="max-w-[64ch]">{t('stale.lead')}</p>
      </div>
      <section aria-label={t('stale.theirs')} className="rounded-lg bg-surface px-3.5 py-2.5">
        {children}
      </section>
      <p className="flex flex-wrap items-center gap-4">
        <Button look="quiet">{t('stale.keep')}</Button>
        <a href={here} className="inline-flex min-h-9 items-center text-accent underline">
          {t('stale.take')}
        </a>
      </p>
    </div>
  )
}
