import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Face } from '../../components/face'
import { Author } from './author'
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
        {refused && (
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
                <LinkButton onClick={() => live.retry(post.clientKey)}>
                  {t('unsent.retry')}
                </LinkButton>
              )}
              <LinkButton onClick={onTakeBack}>{t('unsent.takeBack')}</LinkButton>
            </p>
          </div>
        )}
      </div>
    </li>
  )
}
