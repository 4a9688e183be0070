import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../components/page-frame'

/** A page on the way into a workshop, with room for words and nothing of the workspace around. */
export function EnteringFrame({ children }: { children: ReactNode }) {
  return (
    <PageFrame>
      <div className="max-w-[720px]">{children}</div>
    </PageFrame>
  )
}

export function BackToWorkshop({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('entering')
  return (
    <p className="mt-8">
      <Link
        to={`/workshops/${workshopId}`}
        className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
      >
        {t('back')}
      </Link>
    </p>
  )
}
