import { useLocation } from '@remix-run/react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLanguage, type Language } from '../../../shared/languages'
import { useReader } from '../../lib/format'
import { ReadingSheet } from '../reading/reading-sheet'
import { ColumnHeads } from './column-heads'
import type { OpenedProtocol } from './open-protocol'
import { PageLiveContext, PageLiveStore, usePageLive } from './page-live'
import { ProtocolHead } from './protocol-head'
import { worksOn } from './rights'

// Yjs and TipTap come after the page, and only to this page
const LiveProtocol = lazy(() => import('./live/live-protocol.client'))

/** A protocol: readable at once, live as soon as the editor has come and caught up. */
export function ProtocolPage({ opened, slug }: { opened: OpenedProtocol; slug: string }) {
  const [store] = useState(() => new PageLiveStore())
  const hydrated = useHydrated()
  return (
    <PageLiveContext.Provider value={store}>
      <ProtocolHead protocol={opened.protocol} slug={slug} mayRename={opened.may.rename} />
      <div className="protocol-body">
        <Committed opened={opened} />
        {opened.may.join && opened.me && hydrated && (
          <Suspense fallback={null}>
            <LiveShown opened={opened} slug={slug} />
          </Suspense>
        )}
      </div>
    </PageLiveContext.Provider>
  )
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

function useHydrated(): boolean {
  const [hydrated, setHydrated] = useState(false)
  useEffect(() => setHydrated(true), [])
  return hydrated
}
