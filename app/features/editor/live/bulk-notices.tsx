import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { LANGUAGES } from '../../../../shared/languages'
import { untilThere } from '../../../lib/later'
import { usePageLive } from '../page-live'
import type { RowView } from '../seam/row-view'

/** Below this much text or this many structs no document is nearly full. */
const LARGE_TEXT = 500_000
const LARGE_STRUCTS = 50_000
/** A change that leaves less than half of this much text has removed most of it. */
const WORTH_A_COPY = 2_000

// either comes when there is reason to, and the page goes on without until it has come
const FullNotice = lazy(() =>
  untilThere(() => import('./full-notice')).then((file) => ({ default: file.FullNotice })),
)
const RemovedNotice = lazy(() =>
  untilThere(() => import('./removed-notice')).then((file) => ({ default: file.RemovedNotice })),
)

/** What is to be said about how much there is: that it comes near the limit, that most of it has gone. */
export function BulkNotices({
  doc,
  rows,
  address,
  mayPutBack,
}: {
  doc: Y.Doc
  rows: readonly RowView[]
  /** Of the protocol. */
  address: string
  mayPutBack: boolean
}) {
  const { sync } = usePageLive()
  const length = useMemo(() => lengthOf(rows), [rows])
  const isRemoved = useRemoved(length)
  return (
    <Suspense fallback={null}>
      {(length > LARGE_TEXT || structsIn(doc) > LARGE_STRUCTS) && <FullNotice doc={doc} />}
      {isRemoved && mayPutBack && (
        <RemovedNotice address={address} isSaved={sync?.key === 'saved'} />
      )}
    </Suspense>
  )
}

/** Has most of the text gone at once, and not come back? */
function useRemoved(length: number): boolean {
  const [most, setMost] = useState(0)
  const before = useRef(length)
  useEffect(() => {
    const was = before.current
    before.current = length
    if (was > WORTH_A_COPY && length < was / 2) setMost(was)
    else setMost((gone) => (length > gone / 2 ? 0 : gone))
  }, [length])
  return most > 0
}

/** UTF-16 code units of text in both languages. */
function lengthOf(rows: readonly RowView[]): number {
  let length = 0
  for (const { blocks } of rows) {
    for (const lang of LANGUAGES) for (const { text } of blocks[lang]) length += text.length
  }
  return length
}

function structsIn(doc: Y.Doc): number {
  let structs = 0
  for (const each of doc.store.clients.values()) structs += each.length
  return structs
}
