import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../shared/languages'
import { DriftWords } from '../editor/seam/drift-words'
import { SEAM_SIGNS } from '../editor/seam/seam-face'
import { TalkLink } from '../editor/threads/talk-badge'
import { PieceOfText } from './doc-node'
import type { Reading, ReadingRow } from './reading-rows'

/**
 * The text in both languages, row by row, as it was committed: what everybody sees who has no scripts,
 * what observers read, and what stands until the live text has come.
 */
export function ReadingSheet({ reading, write }: { reading: Reading; write: boolean }) {
  const { t } = useTranslation('editor')
  const isEmpty = reading.rows.every((row) => row.face === null)
  return (
    <div className="sheet-rows">
      {isEmpty && (
        <p className="sheet-empty">
          {t('reading.empty')} {write && t('reading.emptyInvite')}
        </p>
      )}
      {!isEmpty && reading.rows.map((row) => <RowOf key={row.key} row={row} />)}
    </div>
  )
}

function RowOf({ row }: { row: ReadingRow }) {
  const { t } = useTranslation('editor')
  const words = row.isRemoved
    ? t(`seam.extra_${row.missingIn ?? 'ru'}`)
    : row.face && t(`seam.${row.face}`)
  return (
    <div className="sheet-row" data-face={row.face} data-kind={row.kind}>
      {row.units.map((unit) => (
        <span key={unit} id={`unit-${unit}`} className="unit-mark" />
      ))}
      <span className="row-number">{row.number}</span>
      {row.face && (
        <span className="row-seam">
          <span className="seam-sign" title={words ?? undefined}>
            <span aria-hidden="true">{SEAM_SIGNS[row.face]}</span>
            <span className="sr-only">{words}</span>
            <TalkLink units={row.units} />
          </span>
        </span>
      )}
      {LANGUAGES.map((lang) => (
        <Cell key={lang} row={row} lang={lang} />
      ))}
    </div>
  )
}

function Cell({ row, lang }: { row: ReadingRow; lang: Language }) {
  const { t } = useTranslation('editor')
  return (
    <div className="row-cell" data-lang={lang}>
      <div className="protocol-text" lang={lang}>
        {row.text[lang].map((piece, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed rendering, never reordered
          <PieceOfText key={at} piece={piece} />
        ))}
      </div>
      {row.missingIn === lang && (
        <p className="row-ghost">{t(row.isRemoved ? `ghost.removed_${lang}` : 'ghost.text')}</p>
      )}
      {row.notes[lang].length > 0 && (
        <div className="row-note">
          {row.notes[lang].map((note) => (
            <DriftWords key={note.unit} note={note} />
          ))}
        </div>
      )}
    </div>
  )
}
