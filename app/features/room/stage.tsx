import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import { otherLanguage } from '../../../shared/languages'
import type { DeckView, SlideView } from '../../../shared/workshop-views'
import { Card } from '../../components/card'
import { useFocusAfter } from '../../lib/focus-after'
import { useReader } from '../../lib/format'
import { useLater } from '../../lib/later'
import { DeckList } from './deck-list'
import { type At, lookedAt, pagesOf, versionOf } from './deck-pages'
import { ProblemLine } from './panels/problem-line'
import { useRoomState } from './room-context'
import { useDecks } from './use-decks'
import { useSlides } from './use-slides'
import { STAGE, Viewer } from './viewer'

const loadChoice = () => import('./deck-choice')

/**
 * The slides: what everybody looks at; every page of it for who looks back, and every other deck of the
 * workshop, without moving the presenter. Where a deck is there in both languages, each reads their own.
 *
 * @param asked what the address leads to; how one looks through the pages without scripts
 */
export function Stage({
  decks: served,
  slides: first,
  asked,
}: {
  decks: readonly DeckView[]
  slides: readonly SlideView[]
  asked: At | null
}) {
  const { t } = useTranslation('room')
  const { lang: reader } = useReader()
  const { stage, may, workshop, status } = useRoomState()
  const onStage = stage?.slide ?? null
  const { decks, isGone } = useDecks(workshop.id, served, onStage?.deckId ?? null)
  const shown = isGone ? null : onStage
  const [looking, setLooking] = useState<At | null>(asked)
  const [isHeld, setHeld] = useState(false)
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [wanted, setWanted] = useState(reader)
  const focusAfter = useFocusAfter()
  const isTogether = looking?.deckId === shown?.deckId && looking?.page === shown?.page
  const isLost =
    looking?.deckId !== shown?.deckId && !decks.some(({ id }) => id === looking?.deckId)
  // the presenter has come to where the reader was: from here on together
  if (looking && ((isTogether && !isHeld) || isLost)) setLooking(null)
  const at = looking ?? shown
  const looked = at && lookedAt(decks, at.deckId)
  const version = looked && versionOf(looked, at.page, wanted)
  const pages = useSlides(workshop.id, version?.deck.id ?? at?.deckId ?? null, first)
  const presents = may.present && (status === 'live' || status === 'announced')

  /** By a button that goes with it. */
  function look(to: At | null) {
    focusAfter(STAGE)
    setHeld(false)
    setProblem(null)
    setLooking(to)
  }
  // who runs the room finds it among what that needs
  const chooses = presents && !(may.facilitate && shown)
  const DeckChoice = useLater(loadChoice, chooses)?.DeckChoice
  const choice = chooses && DeckChoice && (
    <DeckChoice
      decks={decks}
      shown={onStage?.deckId ?? null}
      onShow={() => look(null)}
      onProblem={setProblem}
    />
  )
  const list = <DeckList decks={decks} without={at?.deckId ?? null} isOpen={!at} onLook={look} />
  if (!at) {
    return (
      <div id={STAGE} tabIndex={-1} className="rounded-card">
        <Card title={t('slides.title')} id="slides">
          <p className="py-3 text-ink-2">{t(presents ? 'slides.chooseOne' : 'slides.none')}</p>
          <ProblemLine code={problem} />
          {choice}
          {list}
        </Card>
      </div>
    )
  }
  // what has just been shown may not be in the list yet
  const known = at.deckId === shown?.deckId ? shown.pages : 0
  const find = (page: number) => {
    const deck = looked ? versionOf(looked, page, wanted).deck.id : at.deckId
    return pages.find(deck, page)
  }
  const slide = find(at.page)
  return (
    <Viewer
      key={at.deckId}
      at={{
        ...at,
        pages: looked?.deck.pages ?? known,
        most: looked ? pagesOf(looked) : known,
      }}
      shown={shown}
      isLooking={looking !== null && !isTogether}
      leads={presents}
      slide={slide}
      next={find(at.page + 1)}
      hasOther={version?.other ?? false}
      onOther={() => setWanted(otherLanguage(slide?.lang ?? wanted))}
      onWritten={pages.keep}
      onWriting={(on) => {
        setHeld(on)
        if (on && !isHeld) setLooking({ deckId: at.deckId, page: at.page })
      }}
      onTurn={(page) => setLooking({ deckId: at.deckId, page })}
      onReturn={() => {
        if (looking) look(null)
      }}
      problem={problem}
      onProblem={setProblem}
    >
      {choice}
      {list}
    </Viewer>
  )
}
