import { useTranslation } from 'react-i18next'
import { MISSING_PART } from '../lib/later'

/** Says that a part of the page has not come though the line holds, and what brings it. */
export function MissingPart() {
  const { t } = useTranslation()
  return (
    <div role="status" className="fixed inset-x-0 bottom-0 z-20">
      <p id={MISSING_PART} hidden className="border-t border-line bg-surface px-4 py-3">
        {t('page.missing')}{' '}
        <button type="button" className="underline" onClick={() => window.location.reload()}>
          {t('page.again')}
        </button>
      </p>
    </div>
  )
}
