import { useTranslation } from 'react-i18next'
import type { ReplyView } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useReader } from '../../lib/format'
import { Linked } from './linked'
import { type ShownText, shownText } from './shown-text'
import { useOpenedThread } from './thread-context'

const TEXT = 'max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere]'

/** A post's words: the reader's language first, the other one a click away. */
export function PostText({ post }: { post: ReplyView }) {
  const { t } = useTranslation('discussions')
  const { lang: reader } = useReader()
  const { main, translated, other } = shownText(post, reader)
  const words = (kind: 'original' | 'translation') =>
    kind === 'original' ? (
      <WithMentions text={post.text} mentions={post.mentions} />
    ) : (
      <Linked text={post.translation?.text ?? ''} />
    )
  return (
    <>
      <p lang={main.lang} className={TEXT} data-post-text="">
        {words(translated ? 'translation' : 'original')}
      </p>
      {other && (
        <details className="mt-1 text-[13px]">
          <summary className="flex min-h-6 w-fit list-none flex-wrap items-center gap-x-2 rounded-sm text-ink-2 [&::-webkit-details-marker]:hidden">
            {translated && <Credit {...translated} />}
            <span className="font-medium text-accent underline-offset-4 hover:underline">
              {other.kind === 'original'
                ? t(other.lang === 'en' ? 'translation.originalEn' : 'translation.originalRu')
                : t(other.lang === 'en' ? 'translation.toEn' : 'translation.toRu')}
            </span>
          </summary>
          <div className="mt-1 border-l-2 border-line-strong pl-3">
            <p lang={other.lang} className={`${TEXT} text-[0.9375rem] text-ink-2`}>
              {words(other.kind)}
            </p>
            {other.kind === 'translation' && (
              <p className="mt-1 flex flex-wrap items-center gap-2 text-ink-2">
                <Credit by={other.by} outdated={other.outdated} />
              </p>
            )}
          </div>
        </details>
      )}
    </>
  )
}

/** Whose translation it is, and whether it still says what the original says. */
function Credit({ by, outdated }: NonNullable<ShownText['translated']>) {
  const { t } = useTranslation('discussions')
  return (
    <>
      <span>
        {by ? (
          <Sentence
            say={(part) => t('translation.by', { name: part('name') })}
            parts={{ name: <ShortName name={by.name} /> }}
          />
        ) : (
          t('translation.label')
        )}
      </span>
      {outdated && <Chip>{t('translation.outdated')}</Chip>}
    </>
  )
}

/** Names that are called stand out, the reader's own most. */
function WithMentions({ text, mentions }: Pick<ReplyView, 'text' | 'mentions'>) {
  const { me } = useOpenedThread().data
  let at = 0
  const pieces = [...mentions]
    .sort((one, other) => one.from - other.from)
    .flatMap(({ userId, from, length }) => {
      if (from < at) return []
      const before = text.slice(at, from)
      at = from + length
      return [
        <Linked key={`before ${from}`} text={before} />,
        <span
          key={from}
          data-mention={userId}
          className={
            userId === me.id
              ? 'rounded-sm bg-accent-wash px-0.5 font-semibold text-accent'
              : 'font-semibold text-accent'
          }
        >
          {text.slice(from, from + length)}
        </span>,
      ]
    })
  return (
    <>
      {pieces}
      <Linked text={text.slice(at)} />
    </>
  )
}
