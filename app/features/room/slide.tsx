import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../shared/languages'
import type { SlideView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { useFocusAfter } from '../../lib/focus-after'
import { useReader } from '../../lib/format'
import { useLater } from '../../lib/later'
import { draftOf, isTranslated, SlideText } from '../slides/slide-text'
import { useDraftName, useHasDraft } from './kept-drafts'
import { useRoomState } from './room-context'

const loadTools = () => import('../slides/slide-tools')

/** One page: its image where bytes allow it, and always what is written on it. */
export function Slide({
  slide,
  isPaired,
  onWritten,
  onWriting,
}: {
  slide: SlideView
  /** The same page is there in the other language: nobody need translate this one. */
  isPaired: boolean
  onWritten: (slides: readonly SlideView[]) => void
  /** Somebody writes for this page: it stays where it is meanwhile. */
  onWriting: (on: boolean) => void
}) {
  const { t } = useTranslation('room')
  const { lang: reader } = useReader()
  const { saver, may, status, workshop } = useRoomState()
  const [isWanted, setWanted] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const focusAfter = useFocusAfter()
  const draftName = useDraftName()
  const withImage = (!saver || isWanted) && !hasFailed
  // whoever cannot read the image has its words at once
  const [opened, setOpened] = useState<boolean | null>(null)
  const isOpen = opened ?? isTranslated(slide, reader)
  const hasDraft = useHasDraft()
  // once, after the server's page: it knows nothing of what a tab keeps
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (LANGUAGES.some((of) => hasDraft(draftOf(draftName('slide'), slide, of)))) setOpened(true)
  }, [])
  // most who look at slides do not write for them
  const mayWrite = may.translate && status !== 'cancelled' && (isOpen || !withImage)
  const SlideTools = useLater(loadTools, mayWrite)?.SlideTools
  const textId = `slide-text-${slide.page}`
  const text = <SlideText slide={slide} id={textId} />
  const tools = SlideTools && (
    <SlideTools
      workshopId={workshop.id}
      slide={slide}
      isPaired={isPaired}
      keptAs={draftName('slide')}
      onWritten={onWritten}
      onWriting={onWriting}
    />
  )
  if (!withImage) {
    return (
      <div className="grid justify-items-start gap-3 rounded-lg border border-line bg-paper px-4 py-4">
        {text}
        {hasFailed && (
          <p role="status" className="text-[13px] text-ink-2">
            {t('slides.failed')}
          </p>
        )}
        <Button
          type="button"
          look="quiet"
          className="min-h-11"
          onClick={() => {
            focusAfter(IMAGE)
            setFailed(false)
            setWanted(true)
          }}
        >
          {t('slides.load', { size: Math.max(1, Math.round(slide.bytes / 1_000)) })}
        </Button>
        {tools}
      </div>
    )
  }
  return (
    <>
      <img
        id={IMAGE}
        tabIndex={-1}
        src={slide.src}
        width={slide.width}
        height={slide.height}
        alt={t('slides.alt', { page: slide.page })}
        aria-describedby={textId}
        onError={() => setFailed(true)}
        className="h-auto max-h-[54dvh] w-full rounded-lg border border-line bg-paper object-contain"
      />
      <details open={isOpen || undefined} onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary className="min-h-8 w-fit rounded-sm text-[13px] leading-8 font-medium text-accent underline-offset-4 hover:underline">
          {t('slides.text')}
        </summary>
        <div className="rounded-lg bg-paper px-4 py-3">{text}</div>
        {tools}
      </details>
    </>
  )
}

const IMAGE = 'slide-image'
