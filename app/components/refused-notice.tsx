import { useActionData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../shared/errors'
import { isRefusal } from '../lib/refusal'
import { useWait } from '../lib/wait'

/**
 * What was refused, and what to do: for what no single field is to blame for.
 *
 * @param seconds to wait; read from the page's own action where it is not given
 */
export function RefusedNotice({ code, seconds }: { code: ErrorCode | null; seconds?: string }) {
  const { t } = useTranslation('errors')
  const answer = useActionData()
  const said = isRefusal(answer) && answer.refused.code === code ? answer.refused.detail : {}
  const wait = useWait(seconds ?? said.seconds)
  // what looks like patient data is said where it stands
  if (!code || code === 'patient_data') return null
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">{t(code)}</p>
      <p className="text-[13px]">{wait ?? t(`${code}_advice`)}</p>
    </div>
  )
}
