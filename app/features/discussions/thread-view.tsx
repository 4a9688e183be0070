import { Link } from '@remix-run/react'
import { Fragment, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyView } from '../../../shared/views'
import { Button } from '../../components/button'
import { useReader } from '../../lib/format'
import { useHydrated } from '../../lib/hydrated'
import type { Refusal } from '../../lib/refusal'
import { type Answering, Composer } from './composer'
import type { ThreadPageData } from './open-thread'
import { Post } from './post'
import { shownText } from './shown-text'
import { ThreadProvider } from './thread-context'
import type { UnsentPost as Unsent } from './thread-store'
import { TypingLine } from './typing-line'
import { UnsentPost } from './unsent-post'
import { useAway } from './use-line'
import { useFollowing, useReadMarks } from './use-reading'
import type { LiveThread } from './use-thread'

type Props = {
  data: ThreadPageData
  live: LiveThread
  slug: string
  compact?: boolean
  /** Without scripts: the number of the post that is answered. */
  replyTo?: number | null
  refusal?: Refusal | null
}

/** The posts of a thread and the place to write; the same on its page and beside a protocol. */
export function ThreadView({ data, live, slug, compact = false, replyTo, refusal }: Props) {
  const { t } = useTranslation('discussions')
  const { lang: reader } = useReader()
  const scripted = useHydrated()
  const away = useAway(live.connected)
  const list = useRef<HTMLOListElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const { posts, unsent, isPast } = live.state
  const { page, me, may } = data

  const answered = (post: ReplyView): Answering => {
    const { main } = shownText(post, reader)
    const excerpt = { text: main.text.slice(0, 160), lang: main.lang }
    return { id: post.id, seq: post.seq, author: post.author, excerpt }
  }
  const [answering, setAnswering] = useState<Answering | null>(() => {
    const asked = posts.find(({ seq, deletedAt }) => seq === replyTo && !deletedAt)
    return asked ? answered(asked) : null
  })
  const [takenBack, setTakenBack] = useState<Unsent | null>(null)
  useReadMarks(list, live, page.readSeq ?? 0, me.id)
  const following = useFollowing(end, live, me.id)

  const firstNew = posts.find(
    ({ seq, author }) =>
      seq > (page.readSeq ?? 0) && author?.id !== me.id && seq <= page.thread.lastSeq,
  )
  // of a thread that is all new, its beginning says so
  const newFrom = page.readSeq && firstNew ? firstNew.seq : null

  return (
    <ThreadProvider
      value={{
        data,
        live,
        slug,
        scripted,
        away,
        compact,
        answer: (post) => setAnswering(answered(post)),
      }}
    >
      <Earlier live={live} />
      <ol ref={list} aria-label={t('thread.posts')} className="list-none">
        {posts.map((post) => (
          <Fragment key={post.id}>
            {post.seq === newFrom && (
              <li
                className="flex items-center gap-3 text-[13px] font-semibold text-accent [&+li]:border-t-0"
                id="new"
              >
                <span className="h-px flex-1 bg-accent" />
                {t('thread.new')}
                <span className="h-px flex-1 bg-accent" />
              </li>
            )}
            <Post post={post} />
          </Fragment>
        ))}
        {unsent.map((post) => (
          <UnsentPost
            key={post.clientKey}
            post={post}
            onTakeBack={() => {
              const back = live.takeBack(post.clientKey)
              if (!back) return
              setTakenBack(back)
              setAnswering(back.replyTo)
            }}
          />
        ))}
      </ol>
      {following.waiting > 0 && (
        <p className="pointer-events-none sticky bottom-4 z-10 flex justify-center print:hidden">
          <Button
            type="button"
            look="quiet"
            onClick={following.go}
            className="pointer-events-auto rounded-full shadow-float"
          >
            {t('thread.newBelow', { count: following.waiting })}
          </Button>
        </p>
      )}
      <p role="status" className="sr-only">
        {following.waiting > 0 && t('thread.newBelow', { count: following.waiting })}
      </p>
      {isPast ? (
        <p className="border-t border-line pt-4">
          <Link
            to={live.address}
            className="font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('thread.toLatest')}
          </Link>
        </p>
      ) : (
        <>
          <TypingLine people={live.typing} />
          {may.reply && !live.thread.locked && (
            <Composer
              answering={answering}
              onAnswering={setAnswering}
              takenBack={takenBack}
              refusal={refusal ?? null}
            />
          )}
          {live.thread.locked && (
            <p className="rounded-lg bg-wash px-4 py-3 text-ink-2">{t('thread.locked')}</p>
          )}
          {!may.reply && (
            <p className="rounded-lg bg-wash px-4 py-3 text-ink-2">{t('thread.readOnly')}</p>
          )}
        </>
      )}
      <div ref={end} className="h-px" />
    </ThreadProvider>
  )
}

/** The way back in the thread: a link, and with scripts the posts come onto this page. */
function Earlier({ live }: { live: LiveThread }) {
  const { t } = useTranslation('discussions')
  const { earlier, posts } = live.state
  const [busy, setBusy] = useState(false)
  if (earlier === 0) return null
  const first = posts[0]?.seq ?? 1
  return (
    <p className="pb-3 print:hidden">
      <Link
        to={`${live.address}?before=${first}`}
        aria-busy={busy || undefined}
        onClick={async (event) => {
          event.preventDefault()
          if (busy) return
          setBusy(true)
          const height = document.documentElement.scrollHeight
          await live.showEarlier()
          setBusy(false)
          // what was on the screen stays there
          requestAnimationFrame(() =>
            window.scrollBy(0, document.documentElement.scrollHeight - height),
          )
        }}
        className="inline-flex min-h-8 items-center rounded-lg border border-line-control bg-surface px-3 text-[13px] font-semibold hover:bg-wash"
      >
        {t('thread.earlier', { count: earlier })}
      </Link>
    </p>
  )
}
