import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import type { OpenDocument } from '../provider/open-document'
import type { ProtocolRights } from '../rights'
import { RowLayout } from '../seam/row-layout'
import type { UnitWatch } from '../seam/unit-watch'
import { createEditor } from './create-editor'
import type { Editors } from './live-context'
import { caretWithin } from './move-guard'

type Parts = {
  document: OpenDocument
  watch: UnitWatch
  may: ProtocolRights
  hintId: string
  columns: Record<Language, RefObject<HTMLDivElement>>
  sheet: RefObject<HTMLDivElement>
  overlay: RefObject<HTMLOListElement>
  /** Ctrl+Enter in a text. */
  onDone: (lang: Language) => void
  say: (words: string) => void
  /** The texts stand and are aligned. */
  onReady: () => void
}

/** Builds both editors and what keeps their rows in step; takes them down with the page. */
export function useEditors(parts: Parts): {
  editors: Editors | null
  layout: RefObject<RowLayout | null>
  damaged: boolean
} {
  const { t } = useTranslation('editor')
  const [editors, setEditors] = useState<Editors | null>(null)
  const [damaged, setDamaged] = useState(false)
  const layout = useRef<RowLayout | null>(null)
  // what the editors call back is always that of the latest render
  const latest = useRef({ ...parts, t })
  latest.current = { ...parts, t }

  const { document, watch } = parts
  // biome-ignore lint/correctness/useExhaustiveDependencies: the editors live as long as their document
  useLayoutEffect(() => {
    const { columns, sheet, overlay, may, hintId, onReady } = latest.current
    const elements = { en: columns.en.current, ru: columns.ru.current }
    if (!elements.en || !elements.ru || !sheet.current || !overlay.current) return
    const { doc, awareness, status } = document
    const build = (lang: Language, element: HTMLElement) => {
      const editor = createEditor({
        lang,
        doc,
        awareness,
        element,
        write: may.write,
        cursor: may.cursor,
        label: t(`text.label_${lang}`),
        hintId,
        onDone: () => {
          latest.current.onDone(lang)
          return true
        },
        onDamage: () => setDamaged(true),
        mayMove: (move) => {
          const { say, t } = latest.current
          const { key, synced } = status.getSnapshot()
          if (!synced || (key !== 'saved' && key !== 'saving')) {
            say(t('move.offline'))
            return false
          }
          const name = caretWithin(editor, doc, awareness, move)
          if (name !== null) say(t('move.occupied', { name }))
          return name === null
        },
      })
      return editor
    }
    const built: Editors = { en: build('en', elements.en), ru: build('ru', elements.ru) }
    const rows = new RowLayout({
      sheet: sheet.current,
      overlay: overlay.current,
      views: () => ({ en: built.en.view, ru: built.ru.view }),
      slots: () => watch.read().slots,
    })
    layout.current = rows
    for (const lang of LANGUAGES) built[lang].on('update', rows.schedule)
    rows.now()
    setEditors(built)
    onReady()
    return () => {
      layout.current = null
      rows.destroy()
      for (const lang of LANGUAGES) built[lang].destroy()
      setEditors(null)
    }
  }, [document, watch])

  // a new number or note needs its place as soon as it is drawn
  useEffect(() => layout.current?.schedule())
  return { editors, layout, damaged }
}
