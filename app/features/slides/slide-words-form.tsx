import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import type { SlideView } from '../../../shared/workshop-views'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'
import { isOk } from '../../lib/ask'
import { type Said, SaidForm } from '../room/panels/said-form'
import type { ActAnswer } from '../room/room-acts'
import { getSlides, postSlideWords } from '../room/room-wire'

/**
 * What stands on a page, in one language. What somebody else has written meanwhile is shown beside it,
 * and the form then saves over what was seen; emptied, it takes the words away.
 */
export function SlideWordsForm({
  workshopId,
  slide,
  lang,
  keptAs,
  onWritten,
  onTyped,
  onClose,
}: {
  workshopId: string
  slide: SlideView
  lang: Language
  keptAs: string
  onWritten: (slides: readonly SlideView[]) => void
  /** Told with every key: what came back from another time is nothing typed. */
  onTyped: () => void
  onClose: () => void
}) {
  const { t } = useTranslation('room-panels')
  // the words that the form was opened with stay its beginning, whatever comes while it is open
  const [began] = useState(() => wordsIn(slide, lang))
  const [seen, setSeen] = useState(slide)
  const theirs = wordsIn(seen, lang)

  async function send(said: Said): Promise<ActAnswer> {
    const answer = await postSlideWords(workshopId, seen, said)
    if (isOk(answer)) {
      onWritten(answer.ok)
      return { ok: null }
    }
    if (answer === 'unreachable' || answer.refused !== 'conflict') return answer
    const now = await getSlides(workshopId, slide.deckId, slide.page)
    if (isOk(now) && now.ok[0]) setSeen(now.ok[0])
    return answer
  }
  return (
    <div onInput={onTyped} className="my-1.5 grid max-w-[68ch] gap-2">
      {theirs !== began && (
        <div role="status" className="rounded-lg bg-wash px-3.5 py-2.5">
          <p className="text-[13px] font-medium">{t('page.meanwhile')}</p>
          <p lang={lang} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {theirs || t('page.nothing')}
          </p>
        </div>
      )}
      <SaidForm
        label={t(`page.in_${lang}`, { page: slide.page })}
        hint={t('page.hint')}
        submit={t('page.save')}
        lang={lang}
        initial={{ text: began }}
        keptAs={keptAs}
        mayBeEmpty
        max={WORKSHOP_LIMITS.pageText}
        rows={4}
        onClose={onClose}
        send={send}
      />
    </div>
  )
}

function wordsIn({ written, translation }: SlideView, lang: Language): string {
  return [written, translation].find((words) => words?.lang === lang)?.text ?? ''
}
