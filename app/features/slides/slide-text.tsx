import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import type { SlideView, SlideWords } from '../../../shared/workshop-views'
import { AttendeeName } from '../../components/attendee-name'
import { Sentence } from '../../components/sentence'
import { SaidWords } from '../room/panels/said-words'

type Worded = Pick<SlideView, 'lang' | 'text' | 'written' | 'translation'>

/**
 * What is written on a page: in the reader's language first where a colleague has said it in that, and
 * with the names of those who wrote what the PDF does not have.
 *
 * @param id names the words
 */
export function SlideText({ slide, id }: { slide: Worded; id?: string }) {
  const { t } = useTranslation('room-panels')
  const { written, translation } = slide
  const own = slide.text || written?.text || ''
  const naming = id ? { id } : {}
  if (own === '' && translation === null) {
    return (
      <p {...naming} className="text-ink-2">
        {t('page.none')}
      </p>
    )
  }
  // of a page without words of its own the translation is all there is
  const said = own === '' ? { lang: translation?.lang ?? slide.lang, translation: null } : slide
  const credit = own === '' ? translation : written
  return (
    <div className="grid gap-0.5">
      <SaidWords said={said} text={own || (translation?.text ?? '')} {...naming} />
      {credit && <Credit words={credit} />}
    </div>
  )
}

function Credit({ words: { by } }: { words: SlideWords }) {
  const { t } = useTranslation('room-panels')
  if (!by) return null
  return (
    <p className="text-[13px] text-ink-2">
      <Sentence
        say={(part) => t('page.by', { name: part('name') })}
        parts={{ name: <AttendeeName person={by} /> }}
      />
    </p>
  )
}

/** Has somebody said in the reader's language what the image says in the other one? */
export function isTranslated({ lang, translation }: Worded, reader: Language): boolean {
  return lang !== reader && translation?.lang === reader
}

/** Under what name the tab keeps what is written for a page in a language. */
export function draftOf(
  keptAs: string,
  { deckId, page }: Pick<SlideView, 'deckId' | 'page'>,
  of: Language,
): string {
  return `${keptAs} ${deckId} ${page} ${of}`
}
