import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { WorkshopSummary } from '../../../shared/workshop-views'
import { ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { LocalizedTitle } from '../../components/localized-title'
import { ListHead, PageBody } from '../../components/page-frame'
import type { WorkshopsData } from '../../routes/partnerships.$slug.workshops._index'
import { BothClocks } from './both-clocks'
import { OtherLanguageOnly } from './other-language-only'
import { StatusChip } from './status-chip'

/** The workshops of a partnership: what is under way, what comes, what was. */
export function WorkshopsPage(list: WorkshopsData) {
  const { t } = useTranslation('workshops')
  const { base, live, upcoming, past, mayPlan } = list
  const plan = mayPlan ? (
    <ButtonLink to={`${base}/new`} look={live.length > 0 ? 'quiet' : 'primary'}>
      {t('list.new')}
    </ButtonLink>
  ) : undefined
  const isEmpty = live.length + upcoming.length + past.length === 0
  return (
    <PageBody>
      <ListHead title={t('list.title')} lead={t('list.lead')} action={isEmpty ? undefined : plan} />
      {isEmpty ? (
        <EmptyState sentence={t('list.empty')} action={plan} />
      ) : (
        <div className="grid gap-8">
          {live.length > 0 && <Part name="live" rows={live} list={list} />}
          <Part name="upcoming" rows={upcoming} list={list} />
          {past.length > 0 && <Part name="past" rows={past} list={list} />}
          {past.length > 0 && (
            <p>
              <Link
                to={base.replace(/\/workshops$/, '/providers')}
                className="text-accent underline"
              >
                {t('list.providers')}
              </Link>
            </p>
          )}
        </div>
      )}
    </PageBody>
  )
}

/** For those to whom workshops are closed. */
export function ClosedWorkshops() {
  const { t } = useTranslation('workshops')
  return (
    <PageBody>
      <ListHead title={t('list.title')} />
      <EmptyState sentence={t('list.closed')} />
    </PageBody>
  )
}

type Name = 'live' | 'upcoming' | 'past'

function Part({
  name,
  rows,
  list,
}: {
  name: Name
  rows: readonly WorkshopSummary[]
  list: WorkshopsData
}) {
  const { t } = useTranslation('workshops')
  const titles = { live: t('list.live'), upcoming: t('list.upcoming'), past: t('list.past') }
  return (
    <section aria-labelledby={`workshops-${name}`}>
      <h2 id={`workshops-${name}`} className="mb-3 text-lg">
        {titles[name]}
      </h2>
      {rows.length === 0 ? (
        <p className="text-ink-2">{t('list.noneUpcoming')}</p>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {rows.map((row, at) => (
            <Row key={row.id} row={row} list={list} isFirst={at === 0} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({
  row,
  list,
  isFirst,
}: {
  row: WorkshopSummary
  list: WorkshopsData
  isFirst: boolean
}) {
  const { t } = useTranslation('workshops')
  const { base, sides, mySideId } = list
  const mine = {
    registered: t('list.registered'),
    waiting: t('list.waiting'),
    none: null,
    cancelled: null,
  }[row.mine?.registration ?? 'none']
  const notes = [
    t(`mode.${row.mode}`),
    row.series && t('list.inSeries', row.series),
    row.mine?.facilitates && t('list.facilitates'),
    mine,
  ].filter((note) => typeof note === 'string')
  return (
    <li className="relative flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4 sheet:px-5">
      <div className="min-w-0 flex-1 basis-80">
        <Link
          to={`${base}/${row.id}`}
          prefetch="intent"
          className="underline-offset-4 hover:underline"
        >
          <LocalizedTitle text={row.title} className="font-semibold" />
        </Link>
        <OtherLanguageOnly text={row.title} />
        <div className="mt-1.5 text-[13px]">
          <BothClocks
            startsAt={row.startsAt}
            endsAt={row.endsAt}
            sides={sides}
            mySideId={mySideId}
          />
        </div>
        <p className="mt-1.5 text-[13px] text-ink-2">{notes.join(' · ')}</p>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <StatusChip status={row.status} />
        {row.status === 'live' && (
          <ButtonLink to={`/workshops/${row.id}/room`} look={isFirst ? 'primary' : 'quiet'}>
            {t('list.enter')}
          </ButtonLink>
        )}
      </div>
    </li>
  )
}
