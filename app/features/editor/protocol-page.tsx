import { useLocation } from '@remix-run/react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLanguage, type Language } from '../../../shared/languages'
import { useReader } from '../../lib/format'
import { useHydrated } from '../../lib/hydrated'
import { untilThere } from '../../lib/later'
import { ReadingSheet } from '../reading/reading-sheet'
import { ColumnHeads } from './column-heads'
import type { OpenedProtocol } from './open-protocol'
import { PageLiveContext, PageLiveStore, usePageLive } from './page-live'
import { ProtocolHead } from './protocol-head'
import { worksOn } from './rights'
import { AnchoredContext, type Spot } from './threads/anchored'
import { useAnchoredThreads } from './threads/use-anchored-threads'

// Yjs and TipTap come after the page, and only to this page
const LiveProtocol = lazy(() => untilThere(() => import('./live/live-protocol.client')))

// discussions come when somebody opens one
const ThreadDrawer = lazy(() => untilThere(() => import('./threads/thread-drawer')))

/** A protocol: readable at once, live as soon as the editor has come and caught up. */
export function ProtocolPage({ opened, slug }: { opened: OpenedProtocol; slug: string }) {
  const [store] = useState(() => new PageLiveStore())
  const hydrated = useHydrated()
  const { may, protocol } = opened
  const threadsOf = useAnchoredThreads(protocol.id, opened.threads)
  const [spot, setSpot] = useState<Spot | null>(null)
  const anchored = useMemo(
    () => ({
      of: threadsOf,
      isOpen: may.readThreads,
      mayStart: may.startThread,
      show: setSpot,
    }),
    [threadsOf, may.readThreads, may.startThread],
  )
  return (
    <PageLiveContext.Provider value={store}>
      <AnchoredContext.Provider value={anchored}>
        <ProtocolHead
          protocol={protocol}
          slug={slug}
          mayRename={may.rename}
          mayPurge={may.purge}
          copies={opened.copies}
          purges={opened.purges}
        />
        <div className="protocol-body" data-beside={spot ? '' : undefined}>
          <div className="protocol-text-side">
            <Committed opened={opened} />
            {may.join && opened.me && hydrated && (
              <Suspense fallback={null}>
                <LiveShown opened={opened} slug={slug} />
              </Suspense>
            )}
          </div>
          {spot && (
            <Suspense fallback={null}>
              <ThreadDrawer
                key={spot.units.join()}
                spot={spot}
                protocolId={protocol.id}
                slug={slug}
                onClose={() => setSpot(null)}
              />
            </Suspense>
          )}
        </div>
        <ToParagraph />
      </AnchoredContext.Provider>
    </PageLiveContext.Provider>
  )
}

/** A link to a paragraph leads to it again when the live text has taken the committed one's place. */
function ToParagraph() {
  const { hash } = useLocation()
  const { ready } = usePageLive()
  useEffect(() => {
    if (!ready || !hash.startsWith('#unit-')) return
    const unit = document.getElementById(decodeURIComponent(hash.slice(1)))
    const row = unit?.closest<HTMLElement>('li')
    if (!row) return
    // after the rows have their places
    const frame = requestAnimationFrame(() => row.scrollIntoView({ block: 'center' }))
    row.dataset.target = ''
    return () => {
      cancelAnimationFrame(frame)
      delete row.dataset.target
    }
  }, [hash, ready])
  return null
}

/** The text as the server rendered it, until the live one stands in its place. */
function Committed({ opened: { may, reading } }: { opened: OpenedProtocol }) {
  const { t } = useTranslation('editor')
  const shown = useShownLanguage()
  if (usePageLive().ready) return null
  return (
    <>
      {worksOn(may) && <p className="tools tools-waiting">{t('tools.opening')}</p>}
      <div className="sheet" data-shown={shown} data-works={worksOn(may) || undefined}>
        <ColumnHeads shown={shown} todo={reading.todo} />
        <ReadingSheet reading={reading} write={may.write} />
        {!may.write && <p className="sheet-foot">{t('reading.role')}</p>}
      </div>
    </>
  )
}

function LiveShown({ opened, slug }: { opened: OpenedProtocol; slug: string }) {
  return <LiveProtocol opened={opened} slug={slug} shown={useShownLanguage()} />
}

/** On a phone: the language the address asks for, else the reader's own. */
function useShownLanguage(): Language {
  const { lang } = useReader()
  const asked = new URLSearchParams(useLocation().search).get('show')
  return isLanguage(asked) ? asked : lang
}
