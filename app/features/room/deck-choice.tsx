import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeckView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { InLanguage } from '../../components/localized-title'
import { useFocusAfter } from '../../lib/focus-after'
import { useReader } from '../../lib/format'
import { allOf } from './deck-pages'
import { ProblemLine } from './panels/problem-line'
import { problemOf } from './panels/use-doing'
import { useRoomState } from './room-context'
import { useDecks } from './use-decks'

/**
 * For who presents: another deck, or none. Of slides in both languages one is chosen, and everybody reads
 * them in their own.
 *
 * @param onShow told where this goes with the choice
 * @param onProblem told there why it did not happen, too
 */
export function DeckChoice({
  decks: served,
  shown,
  onShow,
  onProblem,
}: {
  decks: readonly DeckView[]
  shown: string | null
  onShow?: () => void
  onProblem?: (code: ReturnType<typeof problemOf>) => void
}) {
  const { t } = useTranslation('room')
  const { lang: reader } = useReader()
  const { showSlide, workshop } = useRoomState()
  const { decks } = useDecks(workshop.id, served, shown)
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>(null)
  const id = useId()
  const focusAfter = useFocusAfter()
  const ready = allOf(decks, reader, shown)
  async function show(deck: DeckView | null) {
    focusAfter(id)
    onShow?.()
    const answer = await showSlide(deck && { deckId: deck.id, page: 1, pages: deck.pages })
    const tell = onProblem ?? setProblem
    tell(problemOf({ act: 'hide_slides' }, answer))
  }
  if (ready.length === 0 && !shown) {
    return <p className="text-[13px] text-ink-2">{t('slides.noDecks')}</p>
  }
  return (
    <div
      id={id}
      tabIndex={-1}
      className="mt-3 grid gap-2 border-t border-line pt-3 [@media(scripting:none)]:hidden"
    >
      {ready.length > 0 && (
        <ul className="grid gap-1.5">
          {ready.map((deck) => (
            <li key={deck.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Button type="button" look="quiet" onClick={() => void show(deck)}>
                {t('slides.show')}
              </Button>
              <span className="min-w-0">
                <InLanguage text={deck.title} />{' '}
                <span className="text-[13px] text-ink-2">
                  {t('slides.pages', { count: deck.pages })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {shown && (
        <Button type="button" look="quiet" className="w-fit" onClick={() => void show(null)}>
          {t('slides.hide')}
        </Button>
      )}
      <ProblemLine code={problem} />
    </div>
  )
}
