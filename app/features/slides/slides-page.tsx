import { Link, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import { EmptyState } from '../../components/empty-state'
import { RefusedNotice } from '../../components/refused-notice'
import type { SlidesData } from '../../routes/partnerships.$slug.workshops.$workshopId.slides'
import { AddDeck } from './add-deck'
import { Deck } from './deck'

/** How often a page that waits for slides looks again, milliseconds. */
const LOOK_MS = 3_000

/** The slides of a workshop before it begins: made, looked at, taken away. */
export function SlidesPage({
  library,
  pdfs,
  decks,
  open,
  clientKey,
  refused,
}: SlidesData & { refused: ErrorCode | null }) {
  const { t } = useTranslation('slides')
  const isMaking = decks.some(({ state }) => state === 'waiting' || state === 'making')
  useLookingAgain(isMaking)
  return (
    <div className="grid max-w-[920px] gap-6">
      <div>
        <h2>{t('title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('lead')}</p>
      </div>
      {refused === 'conflict' ? <ShownNow /> : <RefusedNotice code={refused} />}
      <div role="status">{isMaking && <p className="text-[13px] text-ink-2">{t('news')}</p>}</div>
      {decks.length === 0 ? (
        <EmptyState sentence={t('none')} />
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {decks.map((deck) => (
            <Deck key={deck.id} deck={deck} slides={open?.id === deck.id ? open.slides : null} />
          ))}
        </ul>
      )}
      <section aria-labelledby="add-slides" className="grid max-w-[560px] gap-3">
        <h2 id="add-slides">{t('add.title')}</h2>
        {pdfs.length > 0 ? (
          <AddDeck key={clientKey} pdfs={pdfs} clientKey={clientKey} />
        ) : (
          <p className="text-ink-2">{t('add.none')}</p>
        )}
        <p>
          <Link to={library} className="font-medium text-accent underline-offset-4 hover:underline">
            {t(pdfs.length > 0 ? 'add.another' : 'add.library')}
          </Link>
        </p>
      </section>
    </div>
  )
}

function ShownNow() {
  const { t } = useTranslation('slides')
  return (
    <div
      role="alert"
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">{t('shownNow')}</p>
      <p className="text-[13px]">{t('shownNowAdvice')}</p>
    </div>
  )
}

function useLookingAgain(isMaking: boolean) {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    if (!isMaking) return
    const timer = setInterval(revalidate, LOOK_MS)
    return () => clearInterval(timer)
  }, [isMaking, revalidate])
}
