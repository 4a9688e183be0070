import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import { otherLanguage } from '../../../shared/languages'
import type { SlideView } from '../../../shared/workshop-views'
import { AttendeeName } from '../../components/attendee-name'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Sentence } from '../../components/sentence'
import { LinkButton } from '../discussions/link-button'
import type { At } from './deck-pages'
import { PageButtons } from './page-buttons'
import { ProblemLine } from './panels/problem-line'
import { problemOf } from './panels/use-doing'
import { PlainPages } from './plain-pages'
import { useRoomState } from './room-context'
import { Slide } from './slide'

/** Id of the slides' own element, where the arrow keys turn pages. */
export const STAGE = 'stage'

type Props = {
  /** Where the reader is; `pages`: of the deck that can be shown, `most`: in either language. */
  at: At & { pages: number; most: number }
  /** Where the presenter is. */
  shown: At | null
  /** On one's own, somewhere else than the presenter. */
  isLooking: boolean
  leads: boolean
  slide: SlideView | undefined
  next: SlideView | undefined
  /** The page is there in the other language too. */
  hasOther: boolean
  onOther: () => void
  onWritten: (slides: readonly SlideView[]) => void
  /** What is written for a page is written beside it, wherever the presenter goes meanwhile. */
  onWriting: (on: boolean) => void
  onTurn: (page: number) => void
  /** Together with the presenter again. */
  onReturn: () => void
  /** Why what was to be shown is not. Kept by the stage: these slides may not be there any more. */
  problem: ErrorCode | null
  onProblem: (code: ErrorCode | null) => void
  children: ReactNode
}

/**
 * Pages of one deck; the presenter's own turning is everybody's, unless they only look or are somewhere
 * else: from there it would take everybody along.
 */
export function Viewer(props: Props) {
  const { at, shown, isLooking, leads, slide, next, onReturn } = props
  const { t } = useTranslation('room')
  const { showSlide, saver, stage } = useRoomState()
  const [isAlone, setAlone] = useState(false)
  const { deckId, page } = at
  const isShown = deckId === shown?.deckId
  const turnsAll = leads && !isAlone && isShown && !isLooking
  const back = shown ? t('slides.return', { page: shown.page }) : t('slides.close')
  const most = turnsAll ? at.pages : at.most
  useEffect(() => {
    // the one that comes next, and no other
    if (!saver && slide && next) new Image().src = next.src
  }, [saver, slide, next])

  async function show(to: number) {
    // also from a page that was held while something was written for it
    onReturn()
    const answer = await showSlide({ deckId, page: to, pages: at.pages })
    props.onProblem(problemOf({ act: 'show_slide', deck: deckId, page: to }, answer))
  }
  function turn(to: number) {
    if (to < 1 || to > most) return
    if (turnsAll) void show(to)
    else props.onTurn(to)
  }
  function onKey(event: KeyboardEvent) {
    const { target } = event
    if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return
    const steps: Record<string, number> = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }
    const step = steps[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    turn(page + step)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's
    <div
      id={STAGE}
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
          <PageButtons key={deckId} page={page} pages={most} turnsAll={turnsAll} onTurn={turn} />
        }
      >
        <div className="grid gap-1.5">
          {slide ? (
            <Slide
              key={slide.src}
              slide={slide}
              isPaired={props.hasOther}
              onWritten={props.onWritten}
              onWriting={props.onWriting}
            />
          ) : (
            <p className="py-6 text-ink-2">{t('slides.coming', { page })}</p>
          )}
          {slide && props.hasOther && (
            <LinkButton
              tone="accent"
              className="-ml-1.5 justify-self-start [@media(scripting:none)]:hidden"
              onClick={props.onOther}
            >
              {t(`slides.in_${otherLanguage(slide.lang)}`)}
            </LinkButton>
          )}
          <p role="status" className={isLooking ? 'text-[13px] text-ink-2' : 'sr-only'}>
            {whereOf(t, { page, most, isLooking, at: isShown ? shown.page : null })}
          </p>
          <PlainPages deckId={deckId} page={page} pages={at.most} back={isLooking ? back : null} />
          {isLooking && (
            <div className="flex flex-wrap gap-2 [@media(scripting:none)]:hidden">
              <Button type="button" look="quiet" onClick={onReturn}>
                {back}
              </Button>
              {leads && page <= at.pages && (
                <Button type="button" onClick={() => void show(page)}>
                  {t('slides.showThis')}
                </Button>
              )}
            </div>
          )}
          <div className="flex flex-wrap items-center justify-between gap-x-4 text-[13px] text-ink-2">
            {stage?.presenter && isShown && (
              <p>
                <Sentence
                  say={(part) => t('slides.by', { name: part('name') })}
                  parts={{ name: <AttendeeName person={stage.presenter} /> }}
                />
              </p>
            )}
            {leads && isShown && (
              <label className="flex min-h-8 w-fit items-center gap-2 [@media(scripting:none)]:hidden">
                <input
                  type="checkbox"
                  checked={isAlone || isLooking}
                  onChange={(event) => {
                    setAlone(event.currentTarget.checked)
                    if (!event.currentTarget.checked && isLooking) onReturn()
                  }}
                  className="size-4 accent-(--accent)"
                />
                {t('slides.alone')}
              </label>
            )}
          </div>
          <ProblemLine code={props.problem} />
        </div>
        {props.children}
      </Card>
    </div>
  )
}

type Words = ReturnType<typeof useTranslation<'room'>>['t']

/** @param where `at`: the presenter's page of the same slides */
function whereOf(
  t: Words,
  where: { page: number; most: number; isLooking: boolean; at: number | null },
): string {
  const { page, most, isLooking, at } = where
  if (!isLooking) return t('slides.at', { page, count: most })
  return at === null ? t('slides.own', { page }) : t('slides.lookingBack', { page, at })
}
