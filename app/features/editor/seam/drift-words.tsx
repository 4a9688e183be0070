import { useTranslation } from 'react-i18next'
import type { DriftNote } from './row-view'

/** "English changed: at ~4~ 2 weeks": words gone and new, told apart by more than colour. */
export function DriftWords({ note }: { note: DriftNote }) {
  const { t } = useTranslation('editor')
  return (
    <p className="drift-words">
      {t(`drift.changed_${note.changed}`)}{' '}
      <span lang={note.changed}>
        {note.parts.map(({ text, change }, at) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
          if (change === 'removed') return <del key={at}>{text}</del>
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          if (change === 'added') return <ins key={at}>{text}</ins>
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          return <span key={at}>{text}</span>
        })}
      </span>
    </p>
  )
}
