import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartnershipSummary } from '../../../shared/views'
import { Card } from '../../components/card'
import { InLanguage } from '../../components/localized-title'
import { Sentence } from '../../components/sentence'
import { useFormat, useReader } from '../../lib/format'
import { pastOf, useWhen, WEEK_DAYS } from '../../lib/when'
import { ChangeList } from './change-list'
import type { HomeLines } from './waiting-line'
import { WaitingList } from './waiting-list'

/** What waits for me, what waits for the other side, what has happened since I was here. */
export function HomeColumns({
  lines: { waitingForMe, waitingForOthers, since, changes },
  partnership: { sides, mySideId },
  isOnlooker,
  base,
  now,
}: {
  lines: HomeLines
  partnership: PartnershipSummary
  /** An observer, or the programme. */
  isOnlooker: boolean
  base: string
  now: number
}) {
  const { t } = useTranslation('partnerships')
  const sinceTitle = useSince(since, now)
  const others = sides.filter((side) => side.id !== mySideId)
  const other = others.length === 1 ? others[0] : undefined
  const changed = (
    <Card title={sinceTitle} id="changes-title">
      {changes.length > 0 ? (
        <ChangeList changes={changes} base={base} now={now} />
      ) : (
        <p className="py-2 text-ink-2">{since ? t('changes.none') : t('changes.noneYet')}</p>
      )}
    </Card>
  )
  // nothing waits for those who only look on
  if (isOnlooker) return changed
  return (
    <div className="grid items-start gap-5 rail:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)_minmax(0,1fr)]">
      <Card title={t('waiting.mine')} id="mine-title" aside={<Count count={waitingForMe.length} />}>
        {waitingForMe.length > 0 ? (
          <WaitingList lines={waitingForMe} whose="mine" base={base} now={now} />
        ) : (
          <Nothing base={base}>{t('waiting.nothingMine')}</Nothing>
        )}
      </Card>
      <Card
        title={
          other ? (
            <Sentence
              say={(part) => t('waiting.theirs', { place: part('place') })}
              parts={{ place: <InLanguage text={other.place} /> }}
            />
          ) : (
            t('waiting.theirsAny')
          )
        }
        id="theirs-title"
        aside={<Count count={waitingForOthers.length} />}
      >
        {waitingForOthers.length > 0 ? (
          <WaitingList lines={waitingForOthers} whose="theirs" base={base} now={now} />
        ) : (
          <p className="py-2 text-ink-2">{t('waiting.nothingTheirs')}</p>
        )}
      </Card>
      {changed}
    </div>
  )
}

function Count({ count }: { count: number }) {
  const { t } = useTranslation('partnerships')
  if (count === 0) return null
  return (
    <span className="text-[13px] font-semibold text-accent">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t('waiting.count', { count })}</span>
    </span>
  )
}

function Nothing({ base, children }: { base: string; children: ReactNode }) {
  const { t } = useTranslation('partnerships')
  return (
    <div className="grid justify-items-start gap-2 py-2">
      <p className="text-ink-2">{children}</p>
      <Link
        to={`${base}/protocols`}
        prefetch="intent"
        className="rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
      >
        {t('waiting.toProtocols')}
      </Link>
    </div>
  )
}

/** “Since Thursday, 18:00”. */
function useSince(since: string | null, now: number): string {
  const { t } = useTranslation('partnerships')
  const { timeZone } = useReader()
  const format = useFormat()
  const when = useWhen()
  if (!since) return t('changes.title')
  const { daysAgo, weekday } = pastOf(since, now, timeZone)
  const time = format.time(since)
  if (daysAgo <= 0) return t('changes.since.today', { time })
  if (daysAgo === 1) return t('changes.since.yesterday', { time })
  if (daysAgo <= WEEK_DAYS) return t(`changes.since.${weekday}`, { time })
  return t('changes.since.date', { date: when.dayMonth(since, now), time })
}
