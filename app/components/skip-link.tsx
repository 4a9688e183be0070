import { useTranslation } from 'react-i18next'

/** The first stop of the Tab key: past the bar and the rail. */
export function SkipLink() {
  const { t } = useTranslation()
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-40 -translate-y-20 rounded-lg bg-accent px-4 py-2 font-semibold text-accent-ink focus:translate-y-0"
    >
      {t('skip.toContent')}
    </a>
  )
}
