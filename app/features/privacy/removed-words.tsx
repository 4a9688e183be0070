import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { REMOVED } from '../../../shared/patient-data/removed'

/** A text with what was removed from it said in the reader's words, in whatever language it is. */
export function RemovedWords({
  text,
  children,
}: {
  text: string
  children: (text: string) => ReactNode
}) {
  const { t } = useTranslation('privacy')
  const pieces = text.split(REMOVED.en).flatMap((part) => part.split(REMOVED.ru))
  if (pieces.length === 1) return children(text)
  return pieces.map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
    <span key={at}>
      {at > 0 && (
        <span data-removed="" className="rounded-sm bg-wash text-ink-2">
          {t('removed.words')}
        </span>
      )}
      {children(piece)}
    </span>
  ))
}
