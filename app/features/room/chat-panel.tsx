import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state'
import type { Refusal } from '../../lib/refusal'
import { LinkButton } from '../discussions/link-button'
import { ChatForm } from './chat-form'
import { ChatMessage } from './chat-message'
import { isTalking, type UnsentAct } from './room-acts'
import { useRoomState } from './room-context'
import { UnsentMessage } from './unsent-message'

/** So near to the end is at the end, pixels. */
const NEAR = 60
/** A screen reader hears so late of what was put into the page, milliseconds. */
const HEARD_MS = 1_000

/** What is said in the room, everybody in their own language. */
export function ChatPanel({
  refusal,
  clientKey,
  isShown,
}: {
  refusal: Refusal | null
  clientKey: string
  /** Another part stands in its place on a phone meanwhile. */
  isShown: boolean
}) {
  const { t } = useTranslation('room')
  const { messages, unsent, earlier, showEarlier, status, takeBack } = useRoomState()
  const [problem, setProblem] = useState(false)
  const [again, setAgain] = useState<UnsentAct | null>(null)
  const mine = unsent.filter(({ act }) => act.act === 'say' && !act.group)
  const log = useFollowedLog(messages.at(-1)?.id, messages.length, mine.length, isShown)
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's */}
      <div
        ref={log.box}
        onScroll={log.onScroll}
        role="group"
        aria-label={t('chat.log')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys
        tabIndex={0}
        className="relative min-h-0 flex-1 px-4 py-3 rail:overflow-y-auto"
      >
        {earlier > 0 && (
          <p className="pb-2 text-center">
            <LinkButton onClick={async () => setProblem(!(await log.keeping(showEarlier)))}>
              {t('chat.earlier', { count: earlier })}
            </LinkButton>
            {problem && (
              <span role="alert" className="block text-[13px] text-danger">
                {t('chat.earlierFailed')}
              </span>
            )}
          </p>
        )}
        {messages.length + mine.length === 0 && <EmptyState sentence={t('chat.none')} />}
        {/* what is put before the rest is not new: it is not read out */}
        <div role="log" aria-label={t('chat.log')} aria-live={log.isPrepending ? 'off' : 'polite'}>
          <ol ref={log.list} className="grid gap-3.5">
            {messages.map((message) => (
              <ChatMessage key={message.id} message={message} />
            ))}
            {mine.map((each) => (
              <UnsentMessage
                key={each.key}
                unsent={each}
                onTakeBack={() => setAgain(takeBack(each.key) ?? null)}
              />
            ))}
          </ol>
        </div>
      </div>
      {log.fresh > 0 && (
        <p className="sticky bottom-48 z-10 h-0 text-center rail:bottom-0">
          <button
            type="button"
            onClick={log.toEnd}
            className="min-h-9 -translate-y-12 rounded-full bg-accent px-4 text-[13px] font-semibold text-accent-ink shadow-float"
          >
            {t('chat.fresh', { count: log.fresh })}
          </button>
        </p>
      )}
      <ChatForm
        refusal={refusal}
        clientKey={clientKey}
        again={again}
        isOver={!isTalking(status)}
        onSent={log.toEnd}
      />
    </div>
  )
}

/**
 * Stays at the end while the reader is there, and else leaves them where they read. Beside the slides
 * the list itself scrolls, on a phone the page does.
 */
function useFollowedLog(last: string | undefined, count: number, own: number, isShown: boolean) {
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const atEnd = useRef(true)
  const position = useRef(0)
  const seen = useRef(count)
  const [fresh, setFresh] = useState(0)
  const [isPrepending, setPrepending] = useState(false)
  const scrolls = () => box.current !== null && getComputedStyle(box.current).overflowY === 'auto'
  const toEnd = () => {
    const log = box.current
    // not shown on a phone: the page is another part's
    if (!log || log.offsetParent === null) return
    if (scrolls()) log.scrollTop = log.scrollHeight
    else window.scrollTo({ top: document.documentElement.scrollHeight })
  }
  const look = () => {
    const log = box.current
    if (!log || log.offsetParent === null) return
    const page = document.documentElement
    const now = scrolls() ? log.scrollTop : window.scrollY
    const left = scrolls()
      ? log.scrollHeight - now - log.clientHeight
      : page.scrollHeight - now - window.innerHeight
    // what grows under the reader is not their leaving: only who goes back reads elsewhere
    if (left < NEAR) atEnd.current = true
    else if (now < position.current) atEnd.current = false
    position.current = now
    if (atEnd.current) setFresh(0)
  }
  const latest = useRef({ toEnd, look })
  latest.current = { toEnd, look }
  useEffect(() => {
    latest.current.toEnd()
    const onScroll = () => latest.current.look()
    const onResize = () => atEnd.current && latest.current.toEnd()
    window.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('resize', onResize)
    // messages take their place after they were told, and the list itself may shrink for the form
    const sizes = new ResizeObserver(onResize)
    for (const each of [box.current, list.current]) if (each) sizes.observe(each)
    return () => {
      sizes.disconnect()
      window.removeEventListener('scroll', onScroll)
      window.removeEventListener('resize', onResize)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is something new at the end
  useEffect(() => {
    if (atEnd.current) latest.current.toEnd()
    else setFresh((known) => known + Math.max(0, count - seen.current))
    seen.current = count
  }, [last, own, isShown])
  return {
    box,
    list,
    onScroll: look,
    toEnd,
    fresh,
    isPrepending,
    /** Something is put before what is read, which stays where it is. */
    async keeping(act: () => Promise<boolean>) {
      const log = box.current
      const before = log?.scrollHeight ?? 0
      setPrepending(true)
      const done = await act()
      setTimeout(() => setPrepending(false), HEARD_MS)
      requestAnimationFrame(() => {
        if (!log) return
        const grown = log.scrollHeight - before
        if (scrolls()) log.scrollTop += grown
        else window.scrollBy({ top: grown })
      })
      return done
    },
  }
}
