import { useTranslation } from 'react-i18next'

/** The first stop of the Tab key: past the bar and the rail. */
export function SkipLink() {
  const { t } = useTranslation()
  return (
    <a
      href="#main"
      className="sr-only z-40 rounded-lg bg-accent px-4 py-2 font-semibold text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      {t('skip.toContent')}
    </a>
  )
}
