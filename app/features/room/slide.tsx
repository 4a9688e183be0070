import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import type { SlideView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { useRoomState } from './room-context'

/** One page: its image where bytes allow it, and always what is written on it. */
export function Slide({ slide, lang }: { slide: SlideView; lang: Language | undefined }) {
  const { t } = useTranslation('room')
  const { saver } = useRoomState()
  const [isWanted, setWanted] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const withImage = (!saver || isWanted) && !hasFailed
  const textId = `slide-text-${slide.page}`
  const text = (
    <p
      id={textId}
      lang={lang}
      className="max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {slide.text || t('slides.noText')}
    </p>
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
            setFailed(false)
            setWanted(true)
          }}
        >
          {t('slides.load', { size: Math.max(1, Math.round(slide.bytes / 1_000)) })}
        </Button>
      </div>
    )
  }
  return (
    <>
      <img
        src={slide.src}
        width={slide.width}
        height={slide.height}
        alt={t('slides.alt', { page: slide.page })}
        aria-describedby={textId}
        onError={() => setFailed(true)}
        className="h-auto max-h-[54dvh] w-full rounded-lg border border-line bg-paper object-contain"
      />
      <details>
        <summary className="min-h-8 w-fit rounded-sm text-[13px] leading-8 font-medium text-accent underline-offset-4 hover:underline">
          {t('slides.text')}
        </summary>
        <div className="rounded-lg bg-paper px-4 py-3">{text}</div>
      </details>
    </>
  )
}
