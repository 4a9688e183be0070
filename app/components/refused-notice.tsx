import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../shared/errors'

/** What was refused, and what to do: for what no single field is to blame for. */
export function RefusedNotice({ code }: { code: ErrorCode | null }) {
  const { t } = useTranslation('errors')
  if (!code) return null
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">{t(code)}</p>
      <p className="text-[13px]">{t(`${code}_advice`)}</p>
    </div>
  )
}
