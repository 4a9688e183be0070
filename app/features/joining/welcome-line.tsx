import { Link, useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'

/** For whoever has just joined; gone with the next step. */
export function WelcomeLine() {
  const { t } = useTranslation('people')
  const [query] = useSearchParams()
  if (!query.has('joined')) return null
  return (
    <p role="status" className="mt-4 rounded-lg bg-accent-wash px-3.5 py-2.5">
      {t('welcome.line')}{' '}
      <Link to="/account" className="font-medium text-accent underline underline-offset-4">
        {t('welcome.profile')}
      </Link>
    </p>
  )
}
