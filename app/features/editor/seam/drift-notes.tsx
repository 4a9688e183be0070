import { useTranslation } from 'react-i18next'
import { type Language, otherLanguage } from '../../../../shared/languages'
import { useLive } from '../live/live-context'
import { DriftWords } from './drift-words'
import type { RowView } from './row-view'

/** More lines than this belong into the popover. */
const LINES = 3

/** What changed in the other language since both were marked, and what one can do about it here. */
export function DriftNotes({ row, lang }: { row: RowView; lang: Language }) {
  const { t } = useTranslation('editor')
  const { opened, focusText, mark } = useLive()
  const notes = row.notes[lang]
  const units = notes.map((note) => note.unit)
  const bothChanged = row.notes[otherLanguage(lang)].length > 0
  return (
    <div className="row-note">
      {notes.slice(0, LINES).map((note) => (
        <DriftWords key={note.unit} note={note} />
      ))}
      {notes.length > LINES && <p>{t('drift.more', { count: notes.length - LINES })}</p>}
      <span className="note-actions">
        {opened.may.write && (
          <button
            type="button"
            className="note-button"
            onClick={() => focusText(row, lang, units[0])}
          >
            {t(`mark.update_${lang}`)}
          </button>
        )}
        {opened.may.markInSync && (
          <button
            type="button"
            className="note-button"
            onClick={() => mark(row, 'translated', units)}
          >
            {t(bothChanged ? 'mark.inSync' : 'mark.stillCorrect')}
          </button>
        )}
        {!opened.may.markInSync && opened.may.review && (
          <button
            type="button"
            className="note-button"
            onClick={() => mark(row, 'reviewed', units)}
          >
            {t('mark.reviewed')}
          </button>
        )}
      </span>
    </div>
  )
}
