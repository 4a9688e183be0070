import { useTranslation } from 'react-i18next'
import type { ReplyView } from '../../../shared/views'
import { Face } from '../../components/face'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useFocusAfter } from '../../lib/focus-after'
import { useFormat } from '../../lib/format'
import { RemovedLine } from '../privacy/removed-line'
import { Author } from './author'
import { Moment } from './moment'
import { PostActions } from './post-actions'
import { PostText } from './post-text'
import { useOpenedThread } from './thread-context'

export const ROW =
  'grid scroll-mt-20 grid-cols-[28px_minmax(0,1fr)] gap-x-3 border-t border-line py-4 first:border-t-0 target:-mx-3 target:rounded-lg target:bg-accent-wash target:px-3'

/** One post: who, when, in whose language, what it answers; a deleted one keeps its place. */
export function Post({ post }: { post: ReplyView }) {
  const { t } = useTranslation('discussions')
  const { data, compact } = useOpenedThread()
  const format = useFormat()
  const focusAfter = useFocusAfter()
  if (post.deletedAt) return <Deleted post={post} />
  const { author, seq } = post
  // beside a text there is no room at the right: it follows the time
  const number = (
    <a
      href={`#post-${seq}`}
      className="whitespace-nowrap rounded-sm px-1 text-ink-3 hover:text-ink hover:underline"
    >
      {t('post.number', { seq })}
    </a>
  )
  return (
    <li id={`post-${seq}`} data-seq={seq} className={ROW}>
      {author ? <Face name={author.name} tone={author.tone} /> : <span />}
      <div className="min-w-0">
        <p className="mb-1 flex flex-wrap items-baseline gap-x-2 text-[13px] text-ink-2">
          <strong className="text-[0.9375rem] font-semibold text-ink">
            <Author person={author} />
          </strong>
          <span>
            <Moment iso={post.postedAt} tone={author?.tone ?? null} now={data.now} />
            {compact && <> {number}</>}
          </span>
          {post.editedAt && <span title={format.dateTime(post.editedAt)}>{t('post.edited')}</span>}
          {!compact && <span className="sheet:ml-auto">{number}</span>}
        </p>
        {post.replyTo && <Answered to={post.replyTo} />}
        <PostText post={post} />
        {post.purged && <RemovedLine what="post" {...post.purged} />}
        <PostActions post={post} onDelete={() => focusAfter(`post-${seq}`)} />
        <span data-seen={seq} />
      </div>
    </li>
  )
}

function Answered({ to }: { to: NonNullable<ReplyView['replyTo']> }) {
  const { t } = useTranslation('discussions')
  return (
    <p className="mb-1 text-[13px]">
      <a
        href={`#post-${to.seq}`}
        className="inline-flex min-h-6 items-center rounded-sm text-accent underline-offset-4 hover:underline"
      >
        {to.author ? (
          // one box, so that the space before the name stays
          <span>
            <Sentence
              say={(part) => t('post.answers', { seq: to.seq, name: part('name') })}
              parts={{ name: <ShortName name={to.author.name} /> }}
            />
          </span>
        ) : (
          t('post.answersNumber', { seq: to.seq })
        )}
      </a>
    </p>
  )
}

function Deleted({ post }: { post: ReplyView }) {
  const { t } = useTranslation('discussions')
  const format = useFormat()
  const { author, deletedBy, deletedAt, seq } = post
  const date = format.date(deletedAt ?? post.postedAt)
  const isByAuthor = !deletedBy || deletedBy.id === author?.id
  const who = isByAuthor ? author : deletedBy
  return (
    <li
      id={`post-${seq}`}
      tabIndex={-1}
      data-seq={seq}
      className="scroll-mt-20 border-t border-line py-3 text-[13px] text-ink-3 first:border-t-0"
    >
      {post.purged?.whole ? (
        <RemovedLine what="post" {...post.purged} />
      ) : who ? (
        <Sentence
          say={(part) =>
            isByAuthor
              ? t('post.deletedByAuthor', { seq, name: part('name'), date })
              : t('post.deletedByCoordinator', { seq, name: part('name'), date })
          }
          parts={{ name: <ShortName name={who.name} /> }}
        />
      ) : (
        t('post.deleted', { seq, date })
      )}
      <span data-seen={seq} />
    </li>
  )
}
