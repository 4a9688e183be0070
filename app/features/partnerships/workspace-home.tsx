import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { LocalizedTitle } from '../../components/localized-title'
import { PageBody } from '../../components/page-frame'
import { PhaseTrack } from '../../components/phase-track'
import { PlacesLine } from '../../components/places'
import { dayPartAt } from '../../lib/clock'
import { useReader } from '../../lib/format'
import { addressName } from '../../lib/names'
import { ownSideFirst } from '../../lib/sides'
import { useVisitor } from '../../lib/visitor'
import type { HomeData } from '../../routes/partnerships.$slug._index'
import { AttentionList } from './attention-list'
import { ClockBridge } from './clock-bridge'
import { PeopleCard } from './people-card'

/** Where we are, what time it is on both sides, what there is to do, whom to ask. */
export function WorkspaceHome(home: HomeData) {
  const { t } = useTranslation('partnerships')
  const { partnership, contacts } = home
  const base = `/partnerships/${partnership.slug}`
  return (
    <PageBody>
      <HomeHead home={home} />
      <div className="mt-5 grid gap-5">
        <ClockBridge sides={partnership.sides} mySideId={partnership.mySideId} served={home.now} />
        <div className="grid items-start gap-5 rail:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
          <Card title={t('attention.title')} id="attention-title">
            <Attention home={home} base={base} />
          </Card>
          {contacts && <PeopleCard contacts={contacts} sides={partnership.sides} base={base} />}
        </div>
        <Card title={t('phases.title')} id="phases-title">
          <div className="mt-3">
            <PhaseTrack phases={partnership.phases} />
          </div>
        </Card>
      </div>
    </PageBody>
  )
}

function HomeHead({ home: { partnership, now } }: { home: HomeData }) {
  const { t } = useTranslation('partnerships')
  const { lang, timeZone } = useReader()
  const { person } = useVisitor()
  const name = person ? addressName(person.name, lang).text : ''
  const today = new Intl.DateTimeFormat(lang, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  })
  return (
    <header>
      <p className="text-ink-2 first-letter:uppercase">
        <time dateTime={now}>{today.format(new Date(now))}</time>
      </p>
      <h1 tabIndex={-1}>{t(`home.greeting.${dayPartAt(Date.parse(now), timeZone)}`, { name })}</h1>
      <p className="mt-3 font-semibold">
        <PlacesLine
          places={ownSideFirst(partnership.sides, partnership.mySideId).map((side) => side.place)}
        />
      </p>
      <div className="mt-0.5">
        <LocalizedTitle text={partnership.focus} />
      </div>
    </header>
  )
}

function Attention({ home, base }: { home: HomeData; base: string }) {
  const { t } = useTranslation(['partnerships', 'protocols'])
  const { attention, hasProtocols, mayCreate, partnership } = home
  if (!attention) return <p className="py-2 text-ink-2">{t('attention.closed')}</p>
  if (!hasProtocols) {
    return (
      <div className="grid justify-items-start gap-4 py-2">
        <p className="text-ink-2">
          {partnership.myRole === 'observer'
            ? t('attention.nothingPublished')
            : t('attention.first')}
        </p>
        {mayCreate && (
          <ButtonLink to={`${base}/protocols/new`}>{t('protocols:list.new')}</ButtonLink>
        )}
      </div>
    )
  }
  return (
    <>
      {attention.length > 0 ? (
        <AttentionList protocols={attention} base={base} />
      ) : (
        <p className="py-2 text-ink-2">{t('attention.none')}</p>
      )}
      <p className="mt-2 border-t border-line pt-3.5">
        <Link
          to={`${base}/protocols`}
          prefetch="intent"
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('attention.all')}
        </Link>
      </p>
    </>
  )
}
