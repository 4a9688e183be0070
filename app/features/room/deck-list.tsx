import { useTranslation } from 'react-i18next'
import type { DeckView } from '../../../shared/workshop-views'
import { InLanguage } from '../../components/localized-title'
import { useReader } from '../../lib/format'
import { type At, allOf } from './deck-pages'
import { addressOf } from './plain-pages'

/** All slides of the workshop, for everybody to look through on their own; nobody else's page turns. */
export function DeckList({
  decks,
  without,
  isOpen,
  onLook,
}: {
  decks: readonly DeckView[]
  /** The one that is looked at now. */
  without: string | null
  isOpen: boolean
  onLook: (at: At) => void
}) {
  const { t } = useTranslation('room')
  const { lang: reader } = useReader()
  const all = allOf(decks, reader, without)
  if (all.length === 0) return null
  return (
    <details open={isOpen || undefined} className="mt-3 border-t border-line pt-2">
      <summary className="min-h-8 w-fit rounded-sm text-[13px] leading-8 font-medium text-accent underline-offset-4 hover:underline">
        {t(without ? 'slides.others' : 'slides.all', { number: all.length })}
      </summary>
      <ul className="grid">
        {all.map((deck) => {
          const to = { deckId: deck.id, page: 1 }
          return (
            <li key={deck.id}>
              <a
                href={addressOf(to)}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return
                  event.preventDefault()
                  onLook(to)
                }}
                className="inline-block min-h-9 py-1.5 underline underline-offset-4"
              >
                <InLanguage text={deck.title} />
              </a>{' '}
              <span className="text-[13px] text-ink-2">
                {t('slides.pages', { count: deck.pages })}
                {deck.lang !== reader && ` · ${t(`slides.only_${deck.lang}`)}`}
              </span>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
