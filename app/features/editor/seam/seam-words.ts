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

/** How a row stands, in a word or two; a text that was removed is not one that nobody wrote yet. */
export function faceWords(t: TFunction<'editor'>, { face, state, units }: RowView): string {
  if (!face) return ''
  if (state !== 'extra') return t(`seam.${face}`)
  const removedIn = units.find((unit) => unit.state === 'extra')?.missingIn
  return t(`seam.extra_${removedIn ?? 'ru'}`)
}

/** The accessible name of a row's button: which paragraph, and how it stands. */
export function labelOf(t: TFunction<'editor'>, row: RowView): string {
  if (!row.face) return ''
  const state = faceWords(t, row)
  return row.number ? t('seam.label', { number: row.number, state }) : state
}
