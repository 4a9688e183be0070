import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { useHydrated } from '../../lib/hydrated'

type Props = {
  codes: readonly string[]
  email: string
  /** What has just happened. */
  done: string
}

/** The codes, for the only time: to be printed, saved or written down. Without scripts they are a page to print. */
export function RecoverySheet({ codes, email, done }: Props) {
  const { t } = useTranslation('security')
  const isLive = useHydrated()
  const sheet = [t('codes.sheet'), t('codes.sheetFor', { email }), '', ...codes, ''].join('\r\n')
  return (
    <div className="max-w-[560px]">
      <p role="status" className="mb-4 rounded-lg bg-wash px-3.5 py-2.5 print:hidden">
        {done}
      </p>
      <h1 tabIndex={-1}>{t('codes.title')}</h1>
      <p className="mt-1 font-semibold print:hidden">{t('codes.once')}</p>
      <p className="mt-1 text-ink-2">{t('codes.lead')}</p>
      <p className="mt-4 hidden print:block">{t('codes.sheetFor', { email })}</p>
      <ol
        aria-label={t('codes.list')}
        className="mt-5 grid list-decimal gap-x-12 gap-y-2 rounded-card border border-line bg-surface py-4 pr-5 pl-11 sheet:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code} className="marker:text-ink-2">
            <code translate="no" className="font-mono text-base tracking-wide whitespace-nowrap">
              {code}
            </code>
          </li>
        ))}
      </ol>
      <div className="mt-5 flex flex-wrap gap-3 print:hidden">
        {isLive && (
          <>
            <Button type="button" look="quiet" onClick={() => window.print()}>
              {t('codes.print')}
            </Button>
            <a
              href={`data:text/plain;charset=utf-8,${encodeURIComponent(sheet)}`}
              download="twinward-recovery-codes.txt"
              className="inline-flex min-h-9 items-center justify-center rounded-lg border border-line-control bg-surface px-3.5 py-2 text-center leading-tight font-semibold text-ink hover:bg-wash"
            >
              {t('codes.save')}
            </a>
          </>
        )}
        <ButtonLink to="/account/security">{t('codes.saved')}</ButtonLink>
      </div>
    </div>
  )
}
