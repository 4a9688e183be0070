import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Face } from '../../components/face'
import { useFocusAfter } from '../../lib/focus-after'
import { AskedWords } from '../privacy/asked-words'
import { Author } from './author'
import { composerId } from './composer'
import { LinkButton } from './link-button'
import { Linked } from './linked'
import { ROW } from './post'
import { useOpenedThread } from './thread-context'
import type { UnsentPost as Unsent } from './thread-store'

/** A post of one's own on its way, or refused with its text kept. */
export function UnsentPost({ post, onTakeBack }: { post: Unsent; onTakeBack: () => void }) {
  const { t } = useTranslation(['discussions', 'errors'])
  const { data, live, away } = useOpenedThread()
  const { refused } = post
  const focusAfter = useFocusAfter()
  const goOn = () => focusAfter(composerId(data.page.thread.id))
  const takeBack = <LinkButton onClick={onTakeBack}>{t('unsent.takeBack')}</LinkButton>
  return (
    <li className={ROW} data-unsent={refused ? 'refused' : 'pending'}>
      <Face name={data.me.name} tone={data.me.tone} />
      <div className="min-w-0">
        <p className="mb-1 flex flex-wrap items-baseline gap-x-2 text-[13px] text-ink-2">
          <strong className="text-[0.9375rem] font-semibold text-ink">
            <Author person={data.me} />
          </strong>
          {!refused && (
            <span role="status">{away ? t('unsent.waiting') : t('unsent.sending')}</span>
          )}
        </p>
        <p
          lang={post.lang}
          className={`max-w-[68ch] whitespace-pre-wrap [overflow-wrap:anywhere] ${refused ? '' : 'text-ink-2'}`}
        >
          <Linked text={post.text} />
        </p>
        {refused === 'patient_data' && <Asked post={post} takeBack={takeBack} onSend={goOn} />}
        {refused && refused !== 'patient_data' && (
          <div className="mt-2 rounded-lg border-l-[3px] border-danger bg-danger-wash px-3 py-2">
            <p role="alert" className="text-[13px]">
              <strong className="font-semibold text-danger">{t('unsent.refused')}</strong>{' '}
              {t(`errors:${refused}`)}
            </p>
            <p className="-ml-1.5 mt-1 flex flex-wrap gap-1">
              {refused === 'unauthenticated' ? (
                <Link
                  to={`/sign-in?redirectTo=${encodeURIComponent(live.address)}`}
                  reloadDocument
                  className="min-h-7 rounded-md px-1.5 text-[13px] leading-7 font-medium underline"
                >
                  {t('unsent.signIn')}
                </Link>
              ) : (
                <LinkButton
                  onClick={() => {
                    goOn()
                    live.retry(post.clientKey)
                  }}
                >
                  {t('unsent.retry')}
                </LinkButton>
              )}
              {takeBack}
            </p>
          </div>
        )}
      </div>
    </li>
  )
}

/** The server has asked about it: the question stands where the post waits. */
function Asked({
  post,
  takeBack,
  onSend,
}: {
  post: Unsent
  takeBack: ReactNode
  /** Told before it goes, and the question with it. */
  onSend: () => void
}) {
  const { live } = useOpenedThread()
  const { clientKey, text, lang } = post
  const send = () => {
    onSend()
    live.retry(clientKey)
  }
  return (
    <div className="mt-2 grid gap-1">
      <AskedWords
        suspects={[{ name: 'text', text, lang }]}
        onReplace={(_name, text) => live.amend(clientKey, { text })}
        onKeep={() => {
          live.amend(clientKey, { acknowledged: true })
          send()
        }}
        onSend={send}
      />
      <p className="-ml-1.5">{takeBack}</p>
    </div>
  )
}
