import { Link } from '@remix-run/react'
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../../shared/languages'
import { Button } from '../../../components/button'
import type { Answer } from '../../../lib/ask'
import { useReader } from '../../../lib/format'
import { NewAnchoredThread, ThreadPanel } from '../../discussions/thread-panel'
import { getThread, getWriters } from '../../discussions/wire'
import { type Spot, useAnchored } from './anchored'
import { RowThreadList } from './row-threads'

type Props = { spot: Spot; protocolId: string; slug: string; onClose: () => void }

/** A paragraph's discussions beside the text: one of them, their list, or the form that begins one. */
export default function ThreadDrawer({ spot, protocolId, slug, onClose }: Props) {
  const { t } = useTranslation('editor')
  const { of, mayStart } = useAnchored()
  const threads = of(spot.units)
  const [shown, setShown] = useState<Spot['threadId']>(spot.threadId)
  const [writing, setWriting] = useState(spot.threadId === null && mayStart)
  const titleId = useId()
  const box = useRef<HTMLElement>(null)
  const body = useRef<HTMLDivElement>(null)
  useComposerInView(body)
  useEffect(() => {
    const before = document.activeElement
    box.current?.focus()
    // back to where one came from, unless one is elsewhere already
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus()
    }
  }, [])
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose()
  }
  return (
    <aside ref={box} tabIndex={-1} className="drawer" aria-labelledby={titleId} onKeyDown={onKey}>
      <div className="drawer-head">
        <h2 id={titleId} className="drawer-title">
          {spot.number ? t('talk.drawer', { number: spot.number }) : t('talk.drawerPlain')}
        </h2>
        <span className="head-gap" />
        <button
          type="button"
          className="drawer-close"
          aria-label={t('talk.close')}
          title={t('talk.close')}
          onClick={onClose}
        >
          ×
        </button>
      </div>
      <div ref={body} className="drawer-body">
        <div>
          {(shown !== null || writing) && threads.length > 0 && (
            <button
              type="button"
              className="drawer-back"
              onClick={() => {
                setShown(null)
                setWriting(false)
              }}
            >
              {t('talk.back')}
            </button>
          )}
          <Suspense fallback={<Waiting>{t('talk.loading')}</Waiting>}>
            {writing ? (
              <Beginning
                spot={spot}
                protocolId={protocolId}
                slug={slug}
                onCancel={onClose}
                onOpened={(threadId) => {
                  setWriting(false)
                  setShown(threadId)
                }}
              />
            ) : shown !== null ? (
              <OneThread key={shown} threadId={shown} slug={slug} />
            ) : (
              <div className="popover-talk drawer-list">
                <RowThreadList threads={threads} onChoose={setShown} />
                {mayStart && (
                  <Button type="button" look="quiet" onClick={() => setWriting(true)}>
                    {t(threads.length > 0 ? 'talk.another' : 'talk.start')}
                  </Button>
                )}
              </div>
            )}
          </Suspense>
        </div>
      </div>
    </aside>
  )
}

/** The place where one writes stays whole when posts push it down. */
function useComposerInView(body: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const content = body.current?.firstElementChild
    if (!content) return
    const grown = new ResizeObserver(() => {
      const at = document.activeElement
      if (at instanceof HTMLTextAreaElement && content.contains(at)) {
        at.closest('form')?.scrollIntoView({ block: 'nearest' })
      }
    })
    grown.observe(content)
    return () => grown.disconnect()
  }, [body])
}

function OneThread({ threadId, slug }: { threadId: string; slug: string }) {
  const address = `/partnerships/${slug}/discussions/${threadId}`
  const { answer, again } = useAsked(`${address}/beside`, getThread)
  if (!answer) return <Loading />
  if (answer === 'unreachable' || 'refused' in answer) {
    return <Failed address={address} onAgain={again} />
  }
  return <ThreadPanel data={answer.ok} slug={slug} />
}

function Beginning({
  spot,
  protocolId,
  slug,
  onCancel,
  onOpened,
}: Omit<Props, 'onClose'> & { onCancel: () => void; onOpened: (threadId: string) => void }) {
  const { lang } = useReader()
  const unit = spot.units[0] ?? ''
  const base = `/partnerships/${slug}/discussions`
  const { answer, again } = useAsked(`${base}/beside`, getWriters)
  if (!answer) return <Loading />
  if (answer === 'unreachable' || 'refused' in answer) {
    const page = `${base}/new?protocol=${protocolId}&unit=${unit}`
    return <Failed address={page} onAgain={again} />
  }
  const quote = pickText(spot.quote, lang)
  return (
    <>
      {quote.text && (
        <blockquote lang={quote.lang} className="drawer-quote">
          {quote.text}
        </blockquote>
      )}
      <NewAnchoredThread
        {...answer.ok}
        slug={slug}
        protocolId={protocolId}
        unit={unit}
        onCancel={onCancel}
        onOpened={onOpened}
      />
    </>
  )
}

/**
 * What another page shows, without going there. Not by Remix's fetcher: over a broken line that would
 * put the error page in the place of the text.
 */
function useAsked<T>(address: string, ask: (address: string) => Promise<Answer<T>>) {
  const [answer, setAnswer] = useState<Answer<T>>()
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is a reason of its own
  useEffect(() => {
    let left = false
    setAnswer(undefined)
    ask(address).then((given) => {
      if (!left) setAnswer(given)
    })
    return () => {
      left = true
    }
  }, [address, ask, attempt])
  return { answer, again: () => setAttempt((count) => count + 1) }
}

function Loading() {
  const { t } = useTranslation('editor')
  return <Waiting>{t('talk.loading')}</Waiting>
}

function Waiting({ children }: { children: ReactNode }) {
  const { lang } = useReader()
  return (
    <p lang={lang} role="status" className="drawer-waiting">
      {children}
    </p>
  )
}

function Failed({ address, onAgain }: { address: string; onAgain: () => void }) {
  const { t } = useTranslation('editor')
  return (
    <div className="drawer-waiting" role="alert">
      <p>{t('talk.failed')}</p>
      <p className="popover-actions">
        <Button type="button" look="quiet" onClick={onAgain}>
          {t('talk.retry')}
        </Button>
        <Link to={address}>{t('talk.page')}</Link>
      </p>
    </div>
  )
}
