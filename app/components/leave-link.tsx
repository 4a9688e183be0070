import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'

/** Where a guest ends being one in this browser: others may sit down at it next. */
export function LeaveLink({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation()
  return (
    <Link
      to={`/workshops/${workshopId}/leave`}
      className="inline-block w-fit rounded-sm py-1 text-[13px] font-medium text-accent underline-offset-4 hover:underline print:hidden"
    >
      {t('leaveHere')}
    </Link>
  )
}
