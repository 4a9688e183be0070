import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PatientDataKind } from '../../../shared/patient-data/kinds'
import { useKindWords } from './kind-words'

/** The question without scripts, or until they have come: what kind it is, and the second press. */
export function PlainWarning({
  kinds = [],
  keep,
}: {
  /** As the server said; empty where nobody has said it yet. */
  kinds?: readonly PatientDataKind[]
  /** The button that sends it anyway, where there is one. */
  keep: ReactNode
}) {
  const { t } = useTranslation('privacy')
  const words = useKindWords()
  return (
    <div
      role="alert"
      data-patient-warning=""
      className="grid justify-items-start gap-2 rounded-lg border-l-[3px] border-drift bg-drift-wash px-3.5 py-2.5 text-[13px]"
    >
      <p className="font-semibold">
        {kinds.length > 0 ? t('warning.title', { kinds: words(kinds) }) : t('warning.unnamed')}
      </p>
      <p className="text-ink-2">{t('warning.why')}</p>
      {keep}
    </div>
  )
}
