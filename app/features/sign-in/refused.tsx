import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../lib/refusal'

/** What no single field is to blame for, with the time to wait where there is one. */
export function Refused({ refusal }: { refusal: Refusal | null }) {
  const { t } = useTranslation(['auth', 'errors'])
  if (!refusal || refusal.refused.code === 'invalid_input') return null
  const { code, detail } = refusal.refused
  const seconds = Number(detail.seconds)
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">{t(`errors:${code}`)}</p>
      <p className="text-[13px]">
        {seconds > 0
          ? t('signIn.retryIn', { count: Math.ceil(seconds / 60) })
          : t(`errors:${code}_advice`)}
      </p>
    </div>
  )
}
