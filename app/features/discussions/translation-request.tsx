import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../shared/languages'
import type { ReplyView } from '../../../shared/views'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { LinkButton } from './link-button'
import { useOpenedThread } from './thread-context'

/** Asking for a translation of a post, and the request once it stands. */
export function TranslationRequest({ post, kind }: { post: ReplyView; kind: 'ask' | 'show' }) {
  const { t } = useTranslation(['discussions', 'errors'])
  const { data, live } = useOpenedThread()
  const [problem, setProblem] = useState<string | null>(null)
  const send = (fields: Record<string, string>) => async () => {
    const answer = await live.changeTranslation(fields)
    if (answer === 'unreachable') setProblem(t('composer.unreachable'))
    else setProblem('refused' in answer ? t(`errors:${answer.refused}`) : null)
  }
  const { request } = post
  const to = otherLanguage(post.lang)
  const says = problem && (
    <span role="alert" className="text-[13px] text-danger">
      {problem}
    </span>
  )

  if (kind === 'ask') {
    if (post.translation || request) return null
    return (
      <>
        <LinkButton onClick={send({ intent: 'ask', target: 'reply', targetId: post.id, to })}>
          {t('translation.ask')}
        </LinkButton>
        {says}
      </>
    )
  }
  if (!request || request.doneAt) return null
  const { askedBy, takenBy } = request
  const isMine = askedBy?.id === data.me.id
  const isTakenByMe = takenBy?.id === data.me.id
  return (
    <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md bg-wash px-2.5 py-1 text-[13px] text-ink-2">
      <span>
        {askedBy && (
          <Sentence
            say={(part) => t('translation.askedBy', { name: part('name') })}
            parts={{ name: <ShortName name={askedBy.name} /> }}
          />
        )}{' '}
        {takenBy ? (
          <Sentence
            say={(part) => t('translation.takenBy', { name: part('name') })}
            parts={{ name: <ShortName name={takenBy.name} /> }}
          />
        ) : (
          t('translation.notTaken')
        )}
      </span>
      {!takenBy && data.may.translate && (
        <LinkButton onClick={send({ intent: 'take', requestId: request.id })}>
          {t('translation.take')}
        </LinkButton>
      )}
      {isTakenByMe && (
        <LinkButton onClick={send({ intent: 'giveBack', requestId: request.id })}>
          {t('translation.giveBack')}
        </LinkButton>
      )}
      {isMine && !takenBy && (
        <LinkButton onClick={send({ intent: 'withdraw', requestId: request.id })}>
          {t('translation.withdraw')}
        </LinkButton>
      )}
      {says}
    </p>
  )
}
