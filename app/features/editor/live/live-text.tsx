import { useEffect, useState } from 'react'
import type { Language } from '../../../../shared/languages'
import type { OpenedProtocol } from '../open-protocol'
import type { OpenDocument } from '../provider/open-document'
import { UnitWatch } from '../seam/unit-watch'
import { LiveSheet } from './live-sheet'
import { useReady } from './use-ready'

export type LiveTextProps = {
  document: OpenDocument
  opened: OpenedProtocol
  slug: string
  shown: Language
  /** The line will not come back: what is on the page stays readable, but takes no more input. */
  ended: boolean
}

/** Waits for the text to arrive, then shows it with what is derived from it. */
export function LiveText(props: LiveTextProps) {
  const { document } = props
  const ready = useReady(document)
  const [watch, setWatch] = useState<UnitWatch>()
  useEffect(() => {
    if (!ready) return
    const watching = new UnitWatch(document.doc)
    setWatch(watching)
    return () => {
      watching.destroy()
      setWatch(undefined)
    }
  }, [ready, document])
  return watch ? <LiveSheet {...props} watch={watch} /> : null
}
