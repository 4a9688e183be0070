import { type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import { needsWork, type RowView } from '../seam/row-view'
import { labelOf, sentenceOf } from '../seam/seam-words'
import type { UnitWatch } from '../seam/unit-watch'
import { afterFrames, bringIntoView } from './live-actions'
import type { Editors, Live } from './live-context'

/** Goes to the next place that needs attention, counted from where the person is. */
export function useNextToDo({
  editors,
  watch,
  live,
  shown,
  overlay,
}: {
  editors: Editors | null
  watch: UnitWatch
  live: Live
  shown: Language
  overlay: RefObject<HTMLOListElement>
}): (step: 1 | -1) => void {
  const { t } = useTranslation('editor')
  const place = useRef<string | null>(null)

  useEffect(() => {
    if (!editors) return
    const forget = LANGUAGES.map((lang) => {
      const editor = editors[lang]
      const note = () => {
        if (editor.isFocused) place.current = rowAtCaret(watch, editors, lang)?.key ?? null
      }
      editor.on('selectionUpdate', note)
      editor.on('focus', note)
      return () => {
        editor.off('selectionUpdate', note)
        editor.off('focus', note)
      }
    })
    return () => {
      for (const each of forget) each()
    }
  }, [editors, watch])

  return (step) => {
    const { rows } = watch.refresh()
    const here = rows.findIndex((row) => row.key === place.current)
    const start = here < 0 && step < 0 ? rows.length : here
    const order = rows.map((_, offset) => {
      const at = start + step * (offset + 1)
      return rows[(at + rows.length * 2) % rows.length]
    })
    const row = order.find((each) => each !== undefined && needsWork(each))
    if (!row) return live.say(t('todo.none'))
    place.current = row.key
    live.say(`${labelOf(t, row)}. ${sentenceOf(t, row)}`)
    const target = targetOf(row, shown)
    if (live.opened.may.write && target) {
      live.focusText(row, target.lang, target.unit)
      return
    }
    afterFrames(() => {
      const item = overlay.current?.querySelector(`[data-slot="${CSS.escape(row.key)}"]`)
      const button = item?.querySelector<HTMLElement>('.row-ghost button, .seam-button')
      button?.focus({ preventScroll: true })
      if (button) bringIntoView(button)
    })
  }
}

/** Where the work of a row is done; undefined when there is no text yet to put the caret into. */
function targetOf(row: RowView, shown: Language): { lang: Language; unit: string } | undefined {
  for (const lang of [shown, ...LANGUAGES]) {
    const unit = row.units.find((each) => each.needsAttention.includes(lang))
    if (unit) return row.blocks[lang].length > 0 ? { lang, unit: unit.unit } : undefined
  }
  const draft = row.units.find((unit) => unit.state === 'draft')
  return draft && { lang: 'ru', unit: draft.unit }
}

/** The row that a language's caret stands in. */
export function rowAtCaret(
  watch: UnitWatch,
  editors: Editors,
  lang: Language,
): RowView | undefined {
  const { $head } = editors[lang].state.selection
  const uid: unknown = $head.parent.attrs.uid
  return watch.read().rows.find((row) => row.blocks[lang].some((block) => block.uid === uid))
}
