import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../../shared/errors'

/** Why something did not happen, and what to do. What looks like patient data is said where it stands. */
export function ProblemLine({
  code,
  takesNoPatientData = false,
  hasText = false,
}: {
  code: ErrorCode | null
  /** There is no sending it anyway: that is said here. */
  takesNoPatientData?: boolean
  /** Something was written, and still stands there. */
  hasText?: boolean
}) {
  const { t } = useTranslation(['errors', 'room-panels'])
  if (code === null) return null
  if (code === 'patient_data') {
    return takesNoPatientData ? (
      <p role="alert" className="text-[13px] font-medium text-danger">
        {t('room-panels:noPatientData')}
      </p>
    ) : null
  }
  const advice =
    code === 'unreachable' && !hasText ? t('page.lineAgain') : t(`${code}_advice` as const)
  return (
    <p role="alert" className="text-[13px] text-danger">
      <strong className="font-semibold">{t(code)}.</strong> {advice}
    </p>
  )
}
