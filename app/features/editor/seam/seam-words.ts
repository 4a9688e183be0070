import type { TFunction } from 'i18next'
import { otherLanguage } from '../../../../shared/languages'
import type { RowView } from './row-view'

/** What a row's state means, in one sentence; the empty string for a row without text. */
export function sentenceOf(t: TFunction<'editor'>, row: RowView): string {
  const unit = row.units.find((each) => each.state === row.state)
  if (!unit || !row.state) return ''
  switch (row.state) {
    case 'missing':
    case 'extra':
      return t(`state.${row.state}_${unit.missingIn ?? 'ru'}`)
    case 'source-changed':
      return t(`state.changed_${unit.from ?? 'en'}`)
    case 'target-changed':
      return t(`state.changed_${unit.from ? otherLanguage(unit.from) : 'ru'}`)
    default:
      return t(`state.${row.state}`)
  }
}

/** The accessible name of a row's button: which paragraph, and how it stands. */
export function labelOf(t: TFunction<'editor'>, row: RowView): string {
  if (!row.face) return ''
  const state = t(`seam.${row.face}`)
  return row.number ? t('seam.label', { number: row.number, state }) : state
}
