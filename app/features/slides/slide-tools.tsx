import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language, otherLanguage } from '../../../shared/languages'
import type { SlideView } from '../../../shared/workshop-views'
import { useFocusAfter } from '../../lib/focus-after'
import { useLater } from '../../lib/later'
import { LinkButton } from '../discussions/link-button'
import { useHasDraft } from '../room/kept-drafts'
import { draftOf } from './slide-text'

const loadForm = () => import('./slide-words-form')

/** Writing what stands on a page where its PDF does not say it, and saying it in the other language. */
export function SlideTools({
  workshopId,
  slide,
  isPaired,
  keptAs,
  onWritten,
  onWriting,
}: {
  workshopId: string
  slide: SlideView
  /** The same page is there in the other language. */
  isPaired: boolean
  /** Begins the name under which the tab keeps what is written here. */
  keptAs: string
  onWritten: (slides: readonly SlideView[]) => void
  onWriting?: (on: boolean) => void
}) {
  const { t } = useTranslation('room-panels')
  const [writing, setWriting] = useState<Language | null>(null)
  const Form = useLater(loadForm, writing !== null)?.SlideWordsForm
  const focusAfter = useFocusAfter()
  const id = `slide-tools-${slide.deckId}-${slide.page}`
  const { lang, text, written, translation } = slide
  const other = otherLanguage(lang)
  const nameOf = (of: Language) => draftOf(keptAs, slide, of)
  const hasDraft = useHasDraft()
  // once, after the server's page: it knows nothing of what a tab keeps
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const begun = LANGUAGES.find((of) => hasDraft(nameOf(of)))
    // nobody is held by what they wrote another time
    if (begun) setWriting(begun)
    return () => onWriting?.(false)
  }, [])
  function write(of: Language | null) {
    setWriting(of)
    onWriting?.(of !== null)
  }
  // until the form has come
  const waits = (of: Language) => ({
    'aria-disabled': writing === of || undefined,
    className: 'aria-disabled:opacity-60',
  })
  function close() {
    focusAfter(id)
    write(null)
  }
  if (writing !== null && Form) {
    return (
      <Form
        key={writing}
        workshopId={workshopId}
        slide={slide}
        lang={writing}
        keptAs={nameOf(writing)}
        onWritten={onWritten}
        onTyped={() => onWriting?.(true)}
        onClose={close}
      />
    )
  }
  return (
    <p
      id={id}
      tabIndex={-1}
      className="-ml-1.5 flex flex-wrap items-center print:hidden [@media(scripting:none)]:hidden"
    >
      {text === '' && (
        <LinkButton {...waits(lang)} onClick={() => write(lang)}>
          {t(written ? 'page.change' : 'page.write')}
        </LinkButton>
      )}
      {(!isPaired || translation) && (
        <LinkButton {...waits(other)} onClick={() => write(other)}>
          {translation ? t('said.change') : t(`page.add_${other}`)}
        </LinkButton>
      )}
    </p>
  )
}
