import { useTranslation } from 'react-i18next'

/** That a text has been de-identified: its author reads it once more before it goes. */
export function ClearedLine() {
  const { t } = useTranslation('privacy')
  return (
    <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2 text-[13px]">
      {t('warning.cleared')}
    </p>
  )
}
