import { Link } from '@remix-run/react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LocalizedTitle } from '../../components/localized-title'
import { PeopleHere } from '../../components/people-here'
import { postForm } from '../../lib/ask'
import type { Refusal } from '../../lib/refusal'
import { newClientKey } from './client-key'
import { NewThreadForm } from './new-thread-form'
import type { ThreadPageData, Writers } from './open-thread'
import { ThreadView } from './thread-view'
import { useThread } from './use-thread'
import { readId } from './wire'

/**
 * A thread beside a protocol's text: its title, posts and composer, as live as on its own page. Render
 * it with `key={data.page.thread.id}`.
 *
 * @param data what the loader of the thread's page answers as `data`
 */
export function ThreadPanel({ data, slug }: { data: ThreadPageData; slug: string }) {
  const { t } = useTranslation('discussions')
  const live = useThread(data, slug)
  return (
    <section aria-label={t('thread.panel')} className="grid gap-3">
      <header className="grid gap-1">
        <LocalizedTitle text={live.thread.title} as="h2" />
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Link
            to={live.address}
            className="inline-flex min-h-6 items-center rounded-sm text-[13px] font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('thread.ownPage')}
          </Link>
          <PeopleHere people={live.company} label={t('thread.here')} />
        </div>
      </header>
      <div>
        <ThreadView data={data} live={live} slug={slug} compact />
      </div>
    </section>
  )
}

/** Beginning a discussion about a paragraph, beside its text. */
export function NewAnchoredThread({
  slug,
  protocolId,
  unit,
  people,
  languages,
  onCancel,
  onOpened,
}: Writers & {
  slug: string
  protocolId: string
  unit: string
  onCancel: () => void
  onOpened: (threadId: string) => void
}) {
  const { t } = useTranslation(['discussions', 'errors'])
  const clientKey = useMemo(() => newClientKey(), [])
  const [isSending, setSending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isAway, setAway] = useState(false)
  const base = `/partnerships/${slug}/discussions`
  const go = async (fields: Record<string, string>) => {
    setSending(true)
    setAway(false)
    const answer = await postForm(`${base}/beside`, fields, readId)
    setSending(false)
    if (answer === 'unreachable') return setAway(true)
    if ('ok' in answer) return onOpened(answer.ok)
    setRefusal({ refused: { code: answer.refused, detail: answer.detail ?? {} }, values: fields })
  }
  return (
    <>
      {isAway && (
        <p role="alert" className="rounded-lg border-l-[3px] border-danger px-3.5 py-2 text-[13px]">
          {t('new.away')}
        </p>
      )}
      <NewThreadForm
        base={base}
        people={people}
        languages={languages}
        anchor={{ protocolId, unit }}
        clientKey={clientKey}
        refusal={refusal}
        onCancel={onCancel}
        send={{ go, isSending }}
      />
    </>
  )
}
