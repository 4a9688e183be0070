import { useTranslation } from 'react-i18next'
import { type LocalizedText, ownLanguageFirst } from '../../../shared/languages'
import { EmptyState } from '../../components/empty-state'
import { useReader } from '../../lib/format'
import { SheetFrame } from '../learning/sheet-frame'
import { NoteText } from '../reading/note-text'
import type { ReadingRow } from '../reading/reading-rows'

type Row = Pick<ReadingRow, 'key' | 'text'>

/** What was written down together, row by row in both languages, the reader's own first. */
export function NotesPage({
  workshop,
  workshopId,
  rows,
}: {
  workshop: LocalizedText
  workshopId: string
  rows: readonly Row[]
}) {
  const { t } = useTranslation('workshop-after')
  return (
    <SheetFrame workshop={workshop} workshopId={workshopId} title={t('notes.title')}>
      <div className="mt-4">
        {rows.length === 0 ? (
          <EmptyState sentence={t('notes.empty')} />
        ) : (
          <div className="divide-y divide-line rounded-card border border-line bg-surface px-4">
            {rows.map((row) => (
              <RowOf key={row.key} row={row} />
            ))}
          </div>
        )}
      </div>
    </SheetFrame>
  )
}

function RowOf({ row }: { row: Row }) {
  const { lang: reader } = useReader()
  const written = ownLanguageFirst(reader).filter((lang) => row.text[lang].length > 0)
  return (
    <div className="grid gap-2 py-2.5">
      {written.map((lang) => (
        <NoteText key={lang} row={row} lang={lang} isSecond={lang !== reader} />
      ))}
    </div>
  )
}
