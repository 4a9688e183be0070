import { useTranslation } from 'react-i18next'
import { type LocalizedText, pickText } from '../../../shared/languages'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { LocalizedTitle } from '../../components/localized-title'
import { PageBody } from '../../components/page-frame'
import { PhaseTrack } from '../../components/phase-track'
import { dayPartAt, useNow } from '../../lib/clock'
import { useReader } from '../../lib/format'
import { addressName } from '../../lib/names'
import { useVisitor } from '../../lib/visitor'
import type { HomeData } from '../../routes/partnerships.$slug._index'
import { OpeningLines } from '../admin-opening/opening-lines'
import { WelcomeLine } from '../joining/welcome-line'
import { NextWorkshop } from '../workshops/next-workshop'
import { ClockBridge } from './clock-bridge'
import { HereNow } from './here-now'
import { HomeColumns } from './home-columns'
import { HomeNotice } from './home-notice'
import { PeopleCard } from './people-card'
import { shortTitle } from './short-title'
import { useFreshHome } from './use-fresh-home'
import type { HomeLines } from './waiting-line'

/** Where we are, what time it is on both sides, what there is to do, whom to ask. */
export function WorkspaceHome(home: HomeData) {
  const { t } = useTranslation('partnerships')
  const { partnership, contacts, stage } = home
  const base = `/partnerships/${partnership.slug}`
  const now = useNow(home.now)
  useFreshHome(home.mayListen ? partnership.id : undefined)
  return (
    <PageBody>
      <HomeHead home={home} base={base} />
      <WelcomeLine />
      <div className="mt-5 grid gap-5">
        <ClockBridge sides={partnership.sides} mySideId={partnership.mySideId} served={home.now}>
          {home.mayListen && <HereNow />}
        </ClockBridge>
        {home.workshop && (
          <NextWorkshop
            workshop={home.workshop}
            sides={partnership.sides}
            mySideId={partnership.mySideId}
            base={base}
          />
        )}
        <OpeningLines openings={home.openings} />
        {stage !== 'open' && <HomeNotice stage={stage} base={base} />}
        {home.lines && (stage === 'open' || hasAny(home.lines)) && (
          <HomeColumns
            lines={home.lines}
            partnership={partnership}
            isOnlooker={home.isOnlooker}
            base={base}
            now={now}
          />
        )}
        <Card title={t('home.about')} id="about-title">
          <LocalizedTitle text={partnership.focus} />
          <h3 className="mt-4 mb-3 text-[13px] text-ink-2">{t('phases.title')}</h3>
          <PhaseTrack phases={partnership.phases} />
        </Card>
        {contacts && <PeopleCard contacts={contacts} sides={partnership.sides} base={base} />}
      </div>
    </PageBody>
  )
}

function hasAny({ waitingForMe, waitingForOthers, changes }: HomeLines): boolean {
  return waitingForMe.length + waitingForOthers.length + changes.length > 0
}

function HomeHead({ home, base }: { home: HomeData; base: string }) {
  const { t } = useTranslation('partnerships')
  const { lang, timeZone } = useReader()
  const { person } = useVisitor()
  const { now, lines } = home
  const resume = lines?.resume
  const name = person ? addressName(person.name, lang).text : ''
  const today = new Intl.DateTimeFormat(lang, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  })
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-5 gap-y-4">
      <div>
        <p className="text-ink-2 first-letter:uppercase">
          <time dateTime={now}>{today.format(new Date(now))}</time>
        </p>
        <h1 tabIndex={-1}>
          {t(`home.greeting.${dayPartAt(Date.parse(now), timeZone)}`, { name })}
        </h1>
      </div>
      {resume && (
        <div className="grid max-w-full justify-items-start gap-1 sheet:max-w-[24rem] rail:justify-items-end rail:text-right">
          <ButtonLink
            to={`${base}/protocols/${resume.protocolId}`}
            prefetch="intent"
            aria-describedby="resume-title"
          >
            {t('home.resume')}
          </ButtonLink>
          <ResumeTitle title={resume.title} />
        </div>
      )}
    </header>
  )
}

/** Characters of a title that stay on one or two lines on a phone. */
const TITLE_LENGTH = 64

/** Which protocol it is that one goes on with. */
function ResumeTitle({ title }: { title: LocalizedText }) {
  const { lang } = useReader()
  const own = pickText(title, lang)
  return (
    <p
      id="resume-title"
      lang={own.lang}
      title={own.text}
      className="text-xs leading-snug text-balance text-ink-2 [overflow-wrap:anywhere]"
    >
      {shortTitle(own.text, TITLE_LENGTH)}
    </p>
  )
}
