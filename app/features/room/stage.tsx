import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeckView, SlideView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { DeckChoice } from './deck-choice'
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
  return (
    <Card
      title={t('slides.title')}
      id="slides"
      aside={
        shown && stage?.presenter ? (
          <span className="text-[13px] text-ink-2">
            <Sentence
              say={(part) => t('slides.by', { name: part('name') })}
              parts={{ name: <ShortName name={stage.presenter.name} /> }}
            />
          </span>
        ) : undefined
      }
    >
      {shown ? (
        <Viewer
          key={shown.deckId}
          shown={shown}
          slides={slides}
          lang={deck?.lang}
          leads={presents}
        />
      ) : (
        <p className="py-3 text-ink-2">{t(presents ? 'slides.chooseOne' : 'slides.none')}</p>
      )}
      {/* who runs the room finds it among what that needs */}
      {presents && !(may.facilitate && shown) && (
        <DeckChoice decks={decks} shown={shown?.deckId ?? null} />
      )}
    </Card>
  )
}

/** Pages of one deck; the presenter's own turning is everybody's, unless they only look. */
function Viewer({
  shown,
  slides,
  lang,
  leads,
}: {
  shown: Shown
  slides: readonly SlideView[]
  lang: DeckView['lang'] | undefined
  leads: boolean
}) {
  const { t } = useTranslation('room')
  const { showSlide, saver } = useRoomState()
  const [looking, setLooking] = useState<number | null>(null)
  const [isAlone, setAlone] = useState(false)
  const [problem, setProblem] = useState<ReturnType<typeof problemOf>>(null)
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
    else setLooking(to === shown.page ? null : to)
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
      className="grid gap-2 rounded-lg"
    >
      {slide ? (
        <Slide key={slide.page} slide={slide} lang={lang} />
      ) : (
        <p className="py-6 text-ink-2">{t('slides.coming', { page })}</p>
      )}
      <div className="flex flex-wrap items-center gap-2 [@media(scripting:none)]:hidden">
        <Button
          type="button"
          look="quiet"
          aria-disabled={page <= 1 || undefined}
          onClick={() => turn(page - 1)}
          className="min-h-11"
        >
          {t('slides.previous')}
        </Button>
        <Button
          type="button"
          look={turnsAll ? 'primary' : 'quiet'}
          aria-disabled={page >= shown.pages || undefined}
          onClick={() => turn(page + 1)}
          className="min-h-11"
        >
          {t('slides.next')}
        </Button>
        <label className="flex items-center gap-2 text-[13px] text-ink-2">
          <span className="sr-only">{t('slides.page')}</span>
          <select
            value={page}
            onChange={(event) => turn(Number(event.currentTarget.value))}
            className="min-h-11 rounded-lg border border-line-control bg-surface px-2 text-base sheet:text-[0.9375rem]"
          >
            {Array.from({ length: shown.pages }, (_, at) => at + 1).map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
          {t('slides.of', { count: shown.pages })}
        </label>
        {looking !== null && (
          <Button type="button" look="quiet" onClick={() => setLooking(null)} className="min-h-11">
            {t('slides.return', { page: shown.page })}
          </Button>
        )}
        {leads && looking !== null && (
          <Button type="button" onClick={() => void show(page)} className="min-h-11">
            {t('slides.showThis')}
          </Button>
        )}
      </div>
      {leads && (
        <label className="flex min-h-8 w-fit items-center gap-2 text-[13px] text-ink-2">
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
      <p role="status" className={looking === null ? 'sr-only' : 'text-[13px] text-ink-2'}>
        {looking === null
          ? t('slides.at', { page, count: shown.pages })
          : t('slides.lookingBack', { page, at: shown.page })}
      </p>
      <ProblemLine code={problem} />
    </div>
  )
}
