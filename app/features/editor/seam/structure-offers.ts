import type { Editor } from '@tiptap/core'
import type { TFunction } from 'i18next'
import { applyOrder, planOrder, stretchOf } from '../../../../shared/editor/apply-order'
import { placedBlocks } from '../../../../shared/editor/identity-rules'
import {
  applyMerge,
  type JoinOffer,
  joinOffer,
  planMerge,
} from '../../../../shared/editor/join-offer'
import type { Move } from '../../../../shared/editor/move-block'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import type { Editors } from '../live/live-context'
import type { RowView } from './row-view'
import type { UnitWatch } from './unit-watch'

/** What one click can carry over from one language to the other. */
export type StructureOffers = {
  /** Languages in which a paragraph can go where it stands in the other, and which unit that is. */
  place: readonly { lang: Language; unit: string }[]
  join: JoinOffer | null
}

export const NO_OFFERS: StructureOffers = { place: [], join: null }

type Around = {
  editors: () => Editors | null
  watch: UnitWatch
  /** Is everything saved, so that others' carets are where this page shows them? */
  isConnected: () => boolean
  t: TFunction<['editor', 'errors']>
  say: (words: string) => void
}

/** Order and joins of one language, offered to the other: ordinary edits, undone like any other. */
export function structureActions({ editors, watch, isConnected, t, say }: Around) {
  const offersFor = (row: RowView): StructureOffers => {
    const pair = editors()
    if (!pair) return NO_OFFERS
    const docs = { en: pair.en.state.doc, ru: pair.ru.state.doc }
    const moved = row.units.filter((unit) => unit.moved)
    const place = LANGUAGES.flatMap((lang) => {
      const found = moved.find(({ unit }) => planOrder(docs, unit, lang) !== null)
      return found ? [{ lang, unit: found.unit }] : []
    })
    return { place, join: joinIn(pair, row) }
  }

  const joinIn = (pair: Editors, row: RowView): JoinOffer | null => {
    const statuses = watch.read().rows.flatMap((each) => each.units)
    for (const { unit, state, missingIn } of row.units) {
      if (state !== 'extra' || !missingIn) continue
      const { doc } = pair[missingIn === 'en' ? 'ru' : 'en'].state
      const order = new Set(placedBlocks(doc).flatMap((block) => block.unit ?? []))
      const offer = joinOffer(statuses, [...order], unit)
      if (offer && planMerge(doc, offer)) return offer
    }
    return null
  }

  const applyPlace = ({ lang, unit }: StructureOffers['place'][number]) => {
    const pair = editors()
    if (!pair) return
    const editor = pair[lang]
    const plan = planOrder({ en: pair.en.state.doc, ru: pair.ru.state.doc }, unit, lang)
    if (!plan) return say(t('editor:say.changed'))
    if (!mayMove(editor, stretchOf(editor.state.doc, plan))) return
    editor.view.dispatch(applyOrder(editor.state, plan))
    say(t(`editor:say.placed_${lang}`))
  }

  const applyJoin = ({ lang, extra }: JoinOffer) => {
    const pair = editors()
    if (!pair) return
    watch.refresh()
    const row = watch.read().rows.find((each) => each.units.some(({ unit }) => unit === extra))
    const offer = row && joinIn(pair, row)
    const editor = pair[lang]
    const plan = offer && planMerge(editor.state.doc, offer)
    if (!plan) return say(t('editor:say.changed'))
    if (!isConnected()) return say(t('editor:join.offline'))
    if (!mayMove(editor, { from: plan.from, to: plan.to, uids: [] })) return
    editor.view.dispatch(applyMerge(editor.state, plan))
    say(t(`editor:say.joined_${lang}`))
  }

  return { offersFor, applyPlace, applyJoin }
}

/** Asks the same guard as Alt+↑/↓, which says why not. */
function mayMove(editor: Editor, move: Move): boolean {
  const identity = editor.extensionManager.extensions.find(({ name }) => name === 'unitIdentity')
  const ask: unknown = identity?.options.mayMove
  return typeof ask === 'function' && ask(move) === true
}
