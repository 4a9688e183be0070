import { Form } from '@remix-run/react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage, pickText } from '../../../shared/languages'
import type { DeckView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { useReader } from '../../lib/format'
import type { useDone } from '../workshops/use-done'

/** Which deck has the same slides in the other language. */
export function DeckPair({
  deck,
  others,
  doings,
}: {
  deck: DeckView
  /** Decks in the other language. */
  others: readonly DeckView[]
  doings: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation('slides')
  const { lang: reader } = useReader()
  const id = useId()
  if (others.length === 0) return null
  const to = otherLanguage(deck.lang)
  return (
    <Form
      method="post"
      // a choice that was made elsewhere is the one it begins with
      key={deck.pairId}
      onSubmit={doings.doing(t('done.paired'))}
      className="flex flex-wrap items-end gap-2"
    >
      <input type="hidden" name="intent" value="pair" />
      <input type="hidden" name="deckId" value={deck.id} />
      <div className="grid min-w-0 gap-1">
        <label htmlFor={id} className="text-[13px] text-ink-2">
          {t(`pair.label_${to}`)}
        </label>
        <select
          id={id}
          name="otherId"
          defaultValue={deck.pairId ?? ''}
          className="min-h-9 max-w-full rounded-lg border border-line-control bg-surface px-2 text-base sheet:text-[0.9375rem]"
        >
          <option value="">{t('pair.none')}</option>
          {others.map((other) => {
            const { text, lang } = pickText(other.title, reader)
            return (
              <option key={other.id} value={other.id} lang={lang}>
                {t('pair.choice', { title: text, count: other.pages })}
              </option>
            )
          })}
        </select>
      </div>
      <Button look="quiet" aria-disabled={doings.isSending || undefined}>
        {t('pair.button')}
      </Button>
    </Form>
  )
}
