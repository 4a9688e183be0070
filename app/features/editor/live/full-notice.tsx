import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import { NEARLY_FULL } from '../../../../shared/collab/document-cap'
import { watchFill } from '../provider/document-fill'

/** Before a measurement, ms. */
const PAUSE_MS = 10_000

/** Says early that a protocol comes near its size limit, and what helps. */
export function FullNotice({ doc }: { doc: Y.Doc }) {
  const { t, i18n } = useTranslation('editor')
  const [share, setShare] = useState(0)
  useEffect(() => watchFill(doc, whenIdle, setShare), [doc])
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  // rounded down: "100 %" is said when it is true
  const whole = Math.min(1, Math.floor(share * 100) / 100)
  return (
    <div role="status">
      {share >= NEARLY_FULL && (
        <p className="notice">{t('notice.nearlyFull', { percent: percent.format(whole) })}</p>
      )}
    </div>
  )
}

/** Not every browser can tell when it is idle. */
function whenIdle(run: () => void): () => void {
  const { requestIdleCallback: idle } = window as {
    requestIdleCallback?: typeof requestIdleCallback
  }
  const timer = setTimeout(() => (idle ? idle(run) : run()), PAUSE_MS)
  return () => clearTimeout(timer)
}
