import { type ComponentProps, useEffect } from 'react'
import type { Refusal } from '../../lib/refusal'
import { RemovedLines } from '../privacy/removed-line'
import type { ThreadPageData } from './open-thread'
import { ThreadHead } from './thread-head'
import { ThreadView } from './thread-view'
import { useThread } from './use-thread'

/** A discussion: what it is about, its posts, the place to answer. */
export function ThreadPage({
  data,
  slug,
  replyTo,
  refusal,
  purges,
}: {
  data: ThreadPageData
  slug: string
  replyTo: number | null
  refusal: Refusal | null
  /** What patient data was removed from, the posts aside. */
  purges: ComponentProps<typeof RemovedLines>['purges']
}) {
  const live = useThread(data, slug)
  useEffect(() => {
    // an address that names a post goes there by itself; else to what is new
    if (!window.location.hash) document.getElementById('new')?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <>
      <ThreadHead data={data} live={live} slug={slug} />
      <div className="max-w-[860px] px-4 pt-3 pb-16 sheet:px-9">
        <RemovedLines purges={purges} />
        <ThreadView data={data} live={live} slug={slug} replyTo={replyTo} refusal={refusal} />
      </div>
    </>
  )
}
