import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../../shared/errors'

/** Why something did not happen, and what to do. What looks like patient data is said where it stands. */
export function ProblemLine({ code }: { code: ErrorCode | null }) {
  const { t } = useTranslation('errors')
  if (code === null || code === 'patient_data') return null
  return (
    <p role="alert" className="text-[13px] text-danger">
      <strong className="font-semibold">{t(code)}.</strong> {t(`${code}_advice`)}
    </p>
  )
}
