import { Link } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { useFormat } from '../../../lib/format'

const Kept = z.nullable(z.object({ id: z.string(), at: z.string() }))
type Kept = z.infer<typeof Kept>

/** Most of the text has just gone: says that a copy was kept, if one was, and leads to it. */
export function RemovedNotice({ address, isSaved }: { address: string; isSaved: boolean }) {
  const { t } = useTranslation('editor')
  const format = useFormat()
  /** Null when there is none; not known until an answer came. */
  const [kept, setKept] = useState<Kept>()
  useEffect(() => {
    // the copy is kept with the removal, so there is none before that is committed
    if (!isSaved || kept !== undefined) return
    const asking = new AbortController()
    askForCopy(`${address}/kept`, asking.signal).then(setKept)
    return () => asking.abort()
  }, [address, isSaved, kept])
  return (
    <div role="status">
      {kept && (
        <p className="notice">
          {t('notice.kept', { time: format.time(kept.at) })}
          <Link className="notice-link" to={`${address}/copies?put=${kept.id}`}>
            {t('notice.putBack')}
          </Link>
        </p>
      )}
    </div>
  )
}

/** A plain request: whatever comes of it, it never replaces the page that people write on. */
async function askForCopy(address: string, signal: AbortSignal): Promise<Kept | undefined> {
  try {
    const response = await fetch(address, { headers: { Accept: 'application/json' }, signal })
    return Kept.safeParse(await response.json()).data
  } catch {
    return undefined
  }
}
