import { useTranslation } from 'react-i18next'
import type { GuestLinkView } from '../../../shared/guests'
import { ButtonLink } from '../../components/button'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'
import { PageFrame } from '../../components/page-frame'
import type { Refusal } from '../../lib/refusal'
import { useBrowserZone } from './browser-zone'
import { ClockTable } from './clock-table'
import { AskForm, CodeForm } from './enter-forms'
import { Consent } from './home-facts'
import { ReturnForm } from './return-form'

type Props = {
  workshopId: string
  link: GuestLinkView | null
  /** It is over: its guests come back by their address. */
  isReturning: boolean
  isAsked: boolean
  /** They ask for another code. */
  isAgain: boolean
  /** What was typed when a code was asked for. */
  typed: Readonly<Record<string, string>>
  isSignedIn: boolean
  refusal: Refusal | null
}

/** The way into a workshop for those who are not of it yet. */
export function EnterPage(props: Props) {
  const { t } = useTranslation('entering')
  const { link, workshopId, isReturning } = props
  return (
    <PageFrame>
      <div className="grid max-w-[980px] items-start gap-x-14 gap-y-8 rail:grid-cols-2">
        <div>
          <h1 tabIndex={-1}>{t('enter.title')}</h1>
          {link ? (
            <Invited link={link} isShort={isEntering(props)} />
          ) : (
            <p className="mt-2 text-ink-2">{t(isReturning ? 'enter.over' : 'enter.noLink')}</p>
          )}
        </div>
        <div className="max-w-[440px]">
          <Step {...props} />
          {!props.isSignedIn && (
            <MemberWay workshopId={workshopId} isOnly={!link && !isReturning} />
          )}
        </div>
      </div>
    </PageFrame>
  )
}

function Step(props: Props) {
  const { link, isReturning, refusal, workshopId, typed, isAgain } = props
  if (isEntering(props)) {
    return <CodeForm refusal={refusal} workshopId={workshopId} email={typed.email ?? null} />
  }
  if (isReturning) return <ReturnForm refusal={refusal} typed={typed} />
  return link && <AskForm link={link} refusal={refusal} typed={typed} isAgain={isAgain} />
}

/** Is the code what is asked for now? */
function isEntering({ refusal, isAsked }: Props): boolean {
  return refusal ? refusal.values.intent === 'enter' : isAsked
}

function Invited({ link, isShort }: { link: GuestLinkView; isShort: boolean }) {
  const { t } = useTranslation('entering')
  const own = useBrowserZone()
  const hasObjectives = Boolean(link.objectives.en || link.objectives.ru)
  return (
    <div className="mt-4 rounded-card border border-line bg-surface px-4 py-4 sheet:px-5">
      <LocalizedTitle text={link.title} as="h2" />
      <div className={isShort ? 'hidden rail:block' : ''}>
        <ClockTable {...link} own={own} />
      </div>
      {hasObjectives && !isShort && (
        <p className="mt-4 whitespace-pre-line border-t border-line pt-4 [overflow-wrap:anywhere]">
          <InLanguage text={link.objectives} />
        </p>
      )}
      {!isShort && <Consent text={link.recordingConsent} />}
      <p
        className={`mt-4 border-t border-line pt-4 text-[13px] text-ink-2 ${isShort ? 'hidden rail:block' : ''}`}
      >
        {t(waysIn(link))}
      </p>
    </div>
  )
}

function waysIn({ invited, admits }: GuestLinkView) {
  if (admits) return 'enter.atOnce'
  return invited ? 'enter.invited' : 'enter.waits'
}

function MemberWay({ workshopId, isOnly }: { workshopId: string; isOnly: boolean }) {
  const { t } = useTranslation('entering')
  return (
    <section
      aria-labelledby="member-way"
      className={isOnly ? '' : 'mt-8 border-t border-line pt-5'}
    >
      <h2 id="member-way" className="text-base">
        {t('enter.memberTitle')}
      </h2>
      <p className="mt-1 mb-3 text-ink-2">{t('enter.member')}</p>
      <ButtonLink
        to={`/sign-in?redirectTo=/workshops/${workshopId}`}
        reloadDocument
        look={isOnly ? 'primary' : 'quiet'}
      >
        {t('enter.signIn')}
      </ButtonLink>
    </section>
  )
}
