import { lazy, memo, type RefObject, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import { untilThere } from '../../../lib/later'
import { useLive } from '../live/live-context'
import { usePageLive } from '../page-live'
import { useAnchored } from '../threads/anchored'
import { TalkBadge, talkWords } from '../threads/talk-badge'
import { DriftNotes } from './drift-notes'
import type { RowView } from './row-view'
import { SEAM_SIGNS } from './seam-face'
import { faceWords, labelOf } from './seam-words'
import type { Slot } from './slots'

const loadPopover = () => import('./seam-popover')
const SeamPopover = lazy(() => untilThere(loadPopover))

/**
 * What stands between the two texts and under them: numbers, states, notes, offers to translate. One
 * item per slot in reading order, so that the keyboard goes down the page; `RowLayout` places them.
 */
export function SeamOverlay({
  rows,
  slots,
  overlay,
}: {
  rows: readonly RowView[]
  slots: readonly Slot[]
  overlay: RefObject<HTMLOListElement>
}) {
  const { t } = useTranslation('editor')
  const [open, setOpen] = useState<{ key: string; button: HTMLElement } | null>(null)
  // after the text, but before somebody asks, and for whoever loses the line meanwhile
  useEffect(() => {
    const timer = setTimeout(() => loadPopover().catch(() => {}), 3_000)
    return () => clearTimeout(timer)
  }, [])
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const opened = open && byKey.get(open.key)
  return (
    <>
      <ol ref={overlay} className="seam" aria-label={t('seam.list')}>
        {slots.map(({ key }) => {
          const row = byKey.get(key)
          if (row) {
            return <SeamItem key={key} row={row} isOpen={open?.key === key} onOpen={setOpen} />
          }
          const apart = byKey.get(key.replace(/~ru$/, ''))
          return <ApartItem key={key} slot={key} number={apart?.number ?? ''} />
        })}
      </ol>
      {open && opened && (
        <Suspense fallback={null}>
          <SeamPopover row={opened} button={open.button} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  )
}

type ItemProps = {
  row: RowView
  isOpen: boolean
  onOpen: (open: { key: string; button: HTMLElement } | null) => void
}

const SeamItem = memo(function SeamItem({ row, isOpen, onOpen }: ItemProps) {
  const { t } = useTranslation('editor')
  const { face, key, number, kind } = row
  const threads = useAnchored().of(row.units.map(({ unit }) => unit))
  const label = [labelOf(t, row), talkWords(t, threads)].filter(Boolean).join('. ')
  return (
    <li data-slot={key} data-face={face} data-kind={kind}>
      <UnitMarks row={row} />
      <span className="row-number">{number}</span>
      {face && (
        <button
          type="button"
          className="seam-sign seam-button"
          aria-label={label}
          title={faceWords(t, row)}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={(event) => onOpen(isOpen ? null : { key, button: event.currentTarget })}
        >
          {SEAM_SIGNS[face]}
          <TalkBadge threads={threads} />
        </button>
      )}
      {LANGUAGES.map((lang) => (
        <Below key={lang} row={row} lang={lang} />
      ))}
    </li>
  )
})

/** Where links to a paragraph lead, once the live text stands in the place of the committed one. */
function UnitMarks({ row }: { row: RowView }) {
  if (!usePageLive().ready) return null
  return row.units.map(({ unit }) => <span key={unit} id={`unit-${unit}`} className="unit-mark" />)
}

/** Under the text of one language: what changed in the other, or the offer to translate. */
function Below({ row, lang }: { row: RowView; lang: Language }) {
  if (row.missingIn === lang) return <Ghost row={row} lang={lang} />
  if (row.notes[lang].length === 0) return null
  return (
    <>
      <span className="row-wash" data-lang={lang} />
      <div className="row-below" data-below={lang}>
        <DriftNotes row={row} lang={lang} />
      </div>
    </>
  )
}

function Ghost({ row, lang }: { row: RowView; lang: Language }) {
  const { t } = useTranslation('editor')
  const { opened, insertTranslation } = useLive()
  const isThere = row.blocks[lang].length > 0
  return (
    <div className="row-below row-ghost" data-below={lang} data-over={isThere ? '' : undefined}>
      <span>{t(row.state === 'extra' ? `ghost.removed_${lang}` : 'ghost.text')}</span>
      {opened.may.write && !isThere && (
        <button type="button" className="note-button" onClick={() => insertTranslation(row, lang)}>
          {t(`ghost.insert_${lang}`)}
        </button>
      )}
    </div>
  )
}

function ApartItem({ slot, number }: { slot: string; number: string }) {
  const { t } = useTranslation('editor')
  const words = t('seam.apart', { number })
  return (
    <li data-slot={slot}>
      <span className="seam-sign seam-apart" title={words}>
        <span aria-hidden="true">↕</span>
        <span className="sr-only">{words}</span>
      </span>
    </li>
  )
}
