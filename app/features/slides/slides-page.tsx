import { Link } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state'
import { RefusedNotice } from '../../components/refused-notice'
import { useLookingAgain } from '../../lib/look-again'
import { noticeOf, type Refusal } from '../../lib/refusal'
import type { SlidesData } from '../../routes/partnerships.$slug.workshops.$workshopId.slides'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { AddDeck } from './add-deck'
import { Deck } from './deck'

/** How often a page that waits for slides looks again, milliseconds. */
const LOOK_MS = 3_000

/** The slides of a workshop before it begins: made, looked at, put in two languages, taken away. */
export function SlidesPage(data: SlidesData & { refusal: Refusal | null }) {
  const { library, pdfs, decks, open, refusal, workshopId, me } = data
  const { t } = useTranslation('slides')
  const doings = useDone(refusal)
  const clientKey = useKept(data.clientKey, doings.times)
  const isMaking = decks.some(({ state }) => state === 'waiting' || state === 'making')
  useLookingAgain(LOOK_MS, isMaking)
  const refused = noticeOf(refusal)
  return (
    <div className="grid max-w-[920px] gap-6">
      <div>
        <h2 className="text-lg">{t('title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('lead')}</p>
        {/* within this block: lines that are mostly empty would each leave a gap between the others */}
        <DoneLine done={doings.done} />
        <div role="status">
          {isMaking && <p className="mt-2 text-[13px] text-ink-2">{t('news')}</p>}
        </div>
      </div>
      {refused === 'conflict' ? <ShownNow /> : <RefusedNotice code={refused} />}
      {decks.length === 0 ? (
        <EmptyState sentence={t('none')} />
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {decks.map((deck) => (
            <Deck
              key={deck.id}
              deck={deck}
              others={decks.filter(({ lang }) => lang !== deck.lang)}
              slides={open?.id === deck.id ? open.slides : null}
              workshopId={workshopId}
              keptAs={`draft ${me} ${workshopId} slide`}
              doings={doings}
            />
          ))}
        </ul>
      )}
      <section aria-labelledby="add-slides" className="grid max-w-[560px] gap-3">
        <h2 id="add-slides">{t('add.title')}</h2>
        {pdfs.length > 0 ? (
          <AddDeck pdfs={pdfs} clientKey={clientKey} doings={doings} />
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

/** The key of one's next intent: what the page brings that looks again by itself is not wanted. */
function useKept(clientKey: string, times: number): string {
  const [kept, setKept] = useState({ clientKey, times })
  if (kept.times !== times) setKept({ clientKey, times })
  return kept.clientKey
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
