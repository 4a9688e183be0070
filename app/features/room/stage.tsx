import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeckView, SlideView } from '../../../shared/workshop-views'
import { AttendeeName } from '../../components/attendee-name'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Sentence } from '../../components/sentence'
import { DeckChoice } from './deck-choice'
import { PageButtons } from './page-buttons'
import { ProblemLine } from './panels/problem-line'
import { problemOf } from './panels/use-doing'
import { useRoomState } from './room-context'
import { Slide } from './slide'
import { useSlides } from './use-slides'

type Shown = { deckId: string; page: number; pages: number }

/** The slides: what everybody looks at, and every page of it for who looks back. */
export function Stage({ decks, served }: { decks: readonly DeckView[]; served: SlideView | null }) {
  const { t } = useTranslation('room')
  const { stage, may, workshop, status } = useRoomState()
  const shown = stage?.slide ?? null
  const deck = decks.find(({ id }) => id === shown?.deckId)
  const slides = useSlides(workshop.id, shown?.deckId ?? null, served)
  const presents = may.present && (status === 'live' || status === 'announced')
  // who runs the room finds it among what that needs
  const choice = presents && !(may.facilitate && shown) && (
    <DeckChoice decks={decks} shown={shown?.deckId ?? null} />
  )
  if (!shown) {
    return (
      <Card title={t('slides.title')} id="slides">
        <p className="py-3 text-ink-2">{t(presents ? 'slides.chooseOne' : 'slides.none')}</p>
        {choice}
      </Card>
    )
  }
  return (
    <Viewer key={shown.deckId} shown={shown} slides={slides} lang={deck?.lang} leads={presents}>
      {choice}
    </Viewer>
  )
}

/** Pages of one deck; the presenter's own turning is everybody's, unless they only look. */
function Viewer({
  shown,
  slides,
  lang,
  leads,
  children,
}: {
  shown: Shown
  slides: readonly SlideView[]
  lang: DeckView['lang'] | undefined
  leads: boolean
  children: ReactNode
}) {
  const { t } = useTranslation('room')
  const { showSlide, saver, stage } = useRoomState()
  const [looking, setLooking] = useState<number | null>(null)
  const [isAlone, setAlone] = useState(false)
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>(null)
  // the presenter has come to where the reader was: from here on together
  if (looking === shown.page) setLooking(null)
  const page = looking ?? shown.page
  const slide = slides.find((each) => each.page === page)
  const next = slides.find((each) => each.page === page + 1)
  const turnsAll = leads && !isAlone
  useEffect(() => {
    // the one that comes next, and no other
    if (!saver && slide && next) new Image().src = next.src
  }, [saver, slide, next])

  async function show(to: number) {
    setLooking(null)
    const answer = await showSlide({ ...shown, page: to })
    setProblem(problemOf({ act: 'show_slide', deck: shown.deckId, page: to }, answer))
  }
  function turn(to: number) {
    if (to < 1 || to > shown.pages) return
    if (turnsAll) void show(to)
    else setLooking(to)
  }
  function onKey(event: KeyboardEvent) {
    if (event.target instanceof HTMLSelectElement) return
    const steps: Record<string, number> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }
    const step = steps[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    turn(page + step)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      role="group"
      aria-label={t('slides.group')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys turn pages here
      tabIndex={0}
      onKeyDown={onKey}
      className="rounded-card"
    >
      <Card
        id="slides"
        title={<span className="sr-only sheet:not-sr-only">{t('slides.title')}</span>}
        aside={
          <PageButtons
            key={shown.deckId}
            page={page}
            pages={shown.pages}
            turnsAll={turnsAll}
            onTurn={turn}
          />
        }
      >
        <div className="grid gap-1.5">
          {slide ? (
            <Slide key={slide.page} slide={slide} lang={lang} />
          ) : (
            <p className="py-6 text-ink-2">{t('slides.coming', { page })}</p>
          )}
          <p role="status" className={looking === null ? 'sr-only' : 'text-[13px] text-ink-2'}>
            {looking === null
              ? t('slides.at', { page, count: shown.pages })
              : t('slides.lookingBack', { page, at: shown.page })}
          </p>
          {looking !== null && (
            <div className="flex flex-wrap gap-2">
              <Button type="button" look="quiet" onClick={() => setLooking(null)}>
                {t('slides.return', { page: shown.page })}
              </Button>
              {leads && (
                <Button type="button" onClick={() => void show(page)}>
                  {t('slides.showThis')}
                </Button>
              )}
            </div>
          )}
          <div className="flex flex-wrap items-center justify-between gap-x-4 text-[13px] text-ink-2">
            {stage?.presenter && (
              <p>
                <Sentence
                  say={(part) => t('slides.by', { name: part('name') })}
                  parts={{ name: <AttendeeName person={stage.presenter} /> }}
                />
              </p>
            )}
            {leads && (
              <label className="flex min-h-8 w-fit items-center gap-2 [@media(scripting:none)]:hidden">
                <input
                  type="checkbox"
                  checked={isAlone}
                  onChange={(event) => {
                    setAlone(event.currentTarget.checked)
                    if (!event.currentTarget.checked) setLooking(null)
                  }}
                  className="size-4 accent-(--accent)"
                />
                {t('slides.alone')}
              </label>
            )}
          </div>
          <ProblemLine code={problem} />
        </div>
        {children}
      </Card>
    </div>
  )
}
