import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../lib/format'
import { usePageLive } from './page-live'
import type { SyncStatus } from './provider/sync-status'

/** How safe one's words are, in words, at every width. Nothing is claimed before the text is open. */
export function StatusLine() {
  const { sync } = usePageLive()
  const words = useWordsOfSync(sync)
  return (
    <span role="status" className="sync-line" data-sync={sync ? wordOf(sync) : undefined}>
      {words}
    </span>
  )
}

/** What one must not miss while writing further down. */
const TROUBLES = ['slow', 'offline', 'unkept', 'refused']

/**
 * The same words under the tools while the head of the page is out of sight and something is not as it
 * should be. Said already, so only shown.
 */
export function StatusStrip() {
  const { sync } = usePageLive()
  const words = useWordsOfSync(sync)
  const isTrouble = sync !== null && TROUBLES.includes(sync.key)
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    const line = isTrouble && document.querySelector('.sync-line')
    if (!line) return
    const watch = new IntersectionObserver(([seen]) => setAway(seen?.isIntersecting === false))
    watch.observe(line)
    return () => watch.disconnect()
  }, [isTrouble])
  if (!isTrouble || !isAway) return null
  return (
    <div className="sync-strip" aria-hidden="true">
      <span className="sync-line" data-sync={sync.key}>
        {words}
      </span>
    </div>
  )
}

/** Before the first answer there is nothing to save yet: the text is only being opened. */
function wordOf(sync: SyncStatus) {
  const isOpening = sync.key === 'saving' && sync.pending === 0 && sync.savedAt === null
  return isOpening ? 'opening' : sync.key
}

function useWordsOfSync(sync: SyncStatus | null): string {
  const { t } = useTranslation(['editor', 'errors'])
  const format = useFormat()
  if (!sync) return ''
  switch (wordOf(sync)) {
    case 'opening':
      return t('editor:sync.opening')
    case 'saved':
      return sync.savedAt === null
        ? t('editor:sync.saved')
        : t('editor:sync.savedAt', { time: format.time(new Date(sync.savedAt).toISOString()) })
    case 'saving':
      return t('editor:sync.saving')
    case 'slow':
      return t('editor:sync.slow')
    case 'offline':
      return t('editor:sync.offline', { count: sync.pending })
    case 'unkept':
      return t('editor:sync.unkept')
    case 'refused':
      return t('editor:sync.refused', { reason: t(`errors:${sync.reason ?? 'unexpected'}`) })
  }
}
