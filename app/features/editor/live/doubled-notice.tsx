import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button'
import type { Watched } from '../seam/unit-watch'
import type { Editors } from './live-context'

type Doubled = Watched['doubled'][number]

const keyOf = ({ first, second }: Doubled) => `${first.uid} ${second.uid}`

/** Two neighbouring texts say the same; only a person can know whether that is meant. */
export function DoubledNotice({
  doubled,
  editors,
}: {
  doubled: readonly Doubled[]
  editors: Editors
}) {
  const { t } = useTranslation('editor')
  // what stood twice when the page was opened has been seen by others before
  const [kept, setKept] = useState(() => new Set(doubled.map(keyOf)))
  const found = doubled.find((each) => !kept.has(keyOf(each)))
  if (!found) return null
  const shorter = found.first.text.length < found.second.text.length ? found.first : found.second
  return (
    <div role="alert" className="notice">
      <p>{t('notice.doubled', { text: shorter.text.slice(0, 120) })}</p>
      <span className="popover-actions">
        <Button
          type="button"
          look="quiet"
          onClick={() => setKept((before) => new Set(before).add(keyOf(found)))}
        >
          {t('notice.keepBoth')}
        </Button>
        <Button
          type="button"
          look="quiet"
          onClick={() => removeBlock(editors[found.lang], shorter.uid)}
        >
          {t('notice.removeOne')}
        </Button>
      </span>
    </div>
  )
}

function removeBlock(editor: Editors['en'], uid: string) {
  let range: { from: number; to: number } | undefined
  editor.state.doc.descendants((node, pos) => {
    if (node.isTextblock && node.attrs.uid === uid) range ??= { from: pos, to: pos + node.nodeSize }
    return !node.isTextblock
  })
  if (range) editor.view.dispatch(editor.state.tr.deleteRange(range.from, range.to))
}
