import { useTranslation } from 'react-i18next'
import type { Barred } from '../../../shared/learning-views'

/** Why somebody's sheet is not taken, in place of its form or its button. */
export function BarredNote({ barred }: { barred: NonNullable<Barred> }) {
  const { t } = useTranslation('errors')
  return (
    <div className="mt-4 max-w-[60ch]">
      <p className="font-medium">{t(barred)}</p>
      <p className="mt-1 text-ink-2">{t(`${barred}_advice`)}</p>
    </div>
  )
}
