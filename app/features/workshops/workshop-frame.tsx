import { Link, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LocalizedTitle } from '../../components/localized-title'
import { PageBody } from '../../components/page-frame'
import { SectionTabs } from '../../components/section-tabs'
import type { WorkshopFrameData } from '../../routes/partnerships.$slug.workshops.$workshopId'
import { BothClocks } from './both-clocks'
import { OtherLanguageOnly } from './other-language-only'
import { StatusChip } from './status-chip'

/** Which workshop it is, how it stands, when it is on both sides, and its pages. */
export function WorkshopFrame({
  slug,
  sides,
  mySideId,
  workshop,
  children,
}: WorkshopFrameData & { children: ReactNode }) {
  const { t } = useTranslation('workshops')
  const list = `/partnerships/${slug}/workshops`
  const base = `${list}/${workshop.id}`
  const { facilitate } = workshop.may
  // on a phone its other pages begin sooner: the other title and the other clock are on the first
  const isFirst = useLocation().pathname.replace(/\/$/, '') === base
  const tabs = [
    { to: base, label: t('tabs.overview'), end: true },
    facilitate && { to: `${base}/people`, label: t('tabs.people') },
    facilitate && { to: `${base}/slides`, label: t('tabs.slides') },
    facilitate && { to: `${base}/learning`, label: t('tabs.learning') },
    facilitate && { to: `${base}/attendance`, label: t('tabs.attendance') },
    { to: `${base}/outcomes`, label: t('tabs.outcomes') },
    facilitate && { to: `${base}/report`, label: t('tabs.report') },
    facilitate && workshop.guests && { to: `${base}/guests`, label: t('tabs.guests') },
  ].filter((tab) => tab !== false)
  return (
    <PageBody>
      <p className="text-[13px] text-ink-2 print:hidden">
        <Link to={list} className="rounded-sm py-1 underline-offset-4 hover:underline">
          {t('list.title')}
        </Link>
      </p>
      <header className="mt-1 mb-4">
        <LocalizedTitle
          text={workshop.title}
          as="h1"
          className="max-sheet:text-[1.375rem]"
          otherClassName={`text-base ${isFirst ? '' : 'max-sheet:hidden'}`}
        />
        <OtherLanguageOnly text={workshop.title} />
        <div
          className={`mt-3 flex flex-wrap items-start gap-x-5 gap-y-2 ${isFirst ? '' : 'max-sheet:[&_li+li]:hidden'}`}
        >
          <StatusChip status={workshop.status} />
          <BothClocks
            startsAt={workshop.startsAt}
            endsAt={workshop.endsAt}
            sides={sides}
            mySideId={mySideId}
          />
        </div>
      </header>
      <SectionTabs label={t('tabs.label')} tabs={tabs} />
      {children}
    </PageBody>
  )
}
