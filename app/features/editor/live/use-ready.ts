import { useEffect, useState } from 'react'
import { BODY_ROOT } from '../../../../shared/editor/content'
import type { OpenDocument } from '../provider/open-document'
import { useSyncStatus } from '../provider/use-sync-status'

/** How long a copy on this device waits for the server's text before it is shown, ms. */
const PATIENCE_MS = 2_000

/**
 * May the editors be built? Once the server's text has arrived; without a line, on the copy of this
 * device. Never on nothing: an editor over an empty body would show an empty protocol.
 */
export function useReady({ doc, loaded, status }: OpenDocument): boolean {
  const [ready, setReady] = useState(false)
  const { synced } = useSyncStatus({ status })
  useEffect(() => {
    if (synced) setReady(true)
  }, [synced])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let left = false
    loaded.then(() => {
      const hasText = Object.values(BODY_ROOT).some((root) => doc.getXmlFragment(root).length > 0)
      if (hasText && !left) timer = setTimeout(() => setReady(true), PATIENCE_MS)
    })
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [doc, loaded])
  return ready
}
