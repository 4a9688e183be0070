import { isRouteErrorResponse, useLocation, useRouteError } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ERRORS, type ErrorCode } from '../../shared/errors'
import { isBrokenLine } from '../lib/broken-line'
import { documentTitle } from '../lib/page-title'
import { usePartnership } from '../lib/partnership'
import { useWait } from '../lib/wait'
import { AppHead } from './app-head'
import { ButtonLink } from './button'
import { SkipLink } from './skip-link'

/** Refusals that pass by themselves, so that trying again makes sense. */
const PASSING: readonly ErrorCode[] = [
  'too_many_requests',
  'unexpected',
  'unavailable',
  'document_unavailable',
  'restarting',
]

type Refused = { code: ErrorCode; requestId?: string | undefined; seconds?: string | undefined }

/** A whole page for whatever a route threw: what happened, what to do, one way on. */
export function ErrorPage({ code }: { code?: ErrorCode }) {
  return (
    <>
      <SkipLink />
      <AppHead />
      <main id="main" tabIndex={-1} className="mx-auto max-w-[720px] sheet:pt-8">
        <ErrorMessage {...(code ? { code } : {})} />
      </main>
    </>
  )
}

/** The same words inside a frame that is already there. */
export function ErrorMessage({ code: given }: { code?: ErrorCode }) {
  const { t } = useTranslation('errors')
  const thrown = refusedBy(useRouteError())
  const { code, requestId, seconds }: Refused = given ? { code: given } : thrown
  const wait = useWait(seconds)
  const { pathname, search } = useLocation()
  const isClosed = useIsClosed(code)
  const title = t(isClosed ? 'page.closed' : code)
  useEffect(() => {
    document.title = documentTitle(title)
  }, [title])
  return (
    <div className="max-w-[680px] px-4 pt-6 pb-16 sheet:px-9 sheet:pt-7">
      {code !== 'unreachable' && (
        <p className="text-[13px] font-semibold text-ink-3">{ERRORS[code].status}</p>
      )}
      <h1 tabIndex={-1} className="mt-1">
        {title}
      </h1>
      <p className="mt-3 text-ink-2">
        {wait ?? t(isClosed ? 'page.closedAdvice' : adviceOf(code, requestId))}
      </p>
      {requestId && (
        <p className="mt-3 font-mono text-[13px] text-ink-2">
          {t('page.requestId', { id: requestId })}
        </p>
      )}
      <p className="mt-6 flex flex-wrap gap-3">
        <WayOn code={code} here={pathname + search} />
      </p>
    </div>
  )
}

/** What belongs to a partnership's members and a programme admin may open, but has not. */
function useIsClosed(code: ErrorCode): boolean {
  const workspace = usePartnership()
  return code === 'forbidden' && workspace?.may.openAsAdmin === true && !workspace.openedUntil
}

/** Without an answer there is no text to speak of on this page, and without a number none to send. */
function adviceOf(code: ErrorCode, requestId: string | undefined) {
  if (code === 'unreachable') return 'page.lineAgain'
  return code === 'unexpected' && requestId ? 'page.numbered' : (`${code}_advice` as const)
}

function WayOn({ code, here }: { code: ErrorCode; here: string }) {
  const { t } = useTranslation('errors')
  const isClosed = useIsClosed(code)
  const workspace = usePartnership()
  const within = workspace?.partnership
  const isPassing = code === 'unreachable' || PASSING.includes(code)
  if (code === 'unauthenticated') {
    return (
      <ButtonLink to={`/sign-in?redirectTo=${encodeURIComponent(here)}`} reloadDocument>
        {t('page.toSignIn')}
      </ButtonLink>
    )
  }
  // to the programme it opens with a reason
  if (isClosed && within) {
    return (
      <ButtonLink to={`/partnerships/${within.slug}/open?redirectTo=${encodeURIComponent(here)}`}>
        {t('page.openAsAdmin')}
      </ButtonLink>
    )
  }
  // an observer may not read this, but what is published
  if (
    code === 'forbidden' &&
    within &&
    workspace?.may.listProtocols &&
    !workspace.may.readThreads
  ) {
    return (
      <ButtonLink to={`/partnerships/${within.slug}/protocols`} look="quiet">
        {t('page.published')}
      </ButtonLink>
    )
  }
  return (
    <>
      {/* not a new document: without a line the browser's own page would take this one's place */}
      {code === 'unreachable' && <ButtonLink to={here}>{t('page.retry')}</ButtonLink>}
      {PASSING.includes(code) && (
        <ButtonLink to={here} reloadDocument>
          {t('page.retry')}
        </ButtonLink>
      )}
      <ButtonLink to="/partnerships" look={isPassing ? 'quiet' : 'primary'}>
        {t('page.toPartnerships')}
      </ButtonLink>
    </>
  )
}

/** The refusal behind what was thrown; what is not ours is a bug. */
function refusedBy(error: unknown): Refused {
  if (isBrokenLine(error)) return { code: 'unreachable' }
  if (!isRouteErrorResponse(error)) return { code: 'unexpected' }
  const answer: unknown = error.data
  if (
    typeof answer === 'object' &&
    answer !== null &&
    'code' in answer &&
    isErrorCode(answer.code)
  ) {
    return {
      code: answer.code,
      requestId: detailIn(answer, 'requestId'),
      seconds: detailIn(answer, 'seconds'),
    }
  }
  if (error.status === 404) return { code: 'not_found' }
  return { code: error.status === 405 ? 'method_not_allowed' : 'unexpected' }
}

function detailIn(answer: object, name: string): string | undefined {
  if (!('detail' in answer) || typeof answer.detail !== 'object' || answer.detail === null)
    return undefined
  const value = Object.entries(answer.detail).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : undefined
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code)
}
