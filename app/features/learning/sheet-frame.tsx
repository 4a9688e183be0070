import type { ReactNode } from 'react'
import type { LocalizedText } from '../../../shared/languages'
import { InLanguage } from '../../components/localized-title'
import { BackToWorkshop, EnteringFrame } from '../entering/entering-frame'

/** A sheet that those fill in who attend a workshop: whose it is, what it is, and the way back. */
export function SheetFrame({
  workshop,
  workshopId,
  title,
  children,
}: {
  /** Its name. */
  workshop: LocalizedText
  workshopId: string
  title: string
  children: ReactNode
}) {
  return (
    <EnteringFrame>
      <p className="text-ink-2">
        <InLanguage text={workshop} />
      </p>
      <h1 tabIndex={-1} className="mt-1">
        {title}
      </h1>
      {children}
      <BackToWorkshop workshopId={workshopId} />
    </EnteringFrame>
  )
}
