import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { NextWorkshop as Next } from '../../../server/services/workshop-summaries'
import type { SideView } from '../../../shared/views'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { LocalizedTitle } from '../../components/localized-title'
import { BothClocks } from './both-clocks'

/** On the home page: the workshop under way, or the next one, or one that nobody has closed. */
export function NextWorkshop({
  workshop,
  sides,
  mySideId,
  base,
}: {
  workshop: Next
  sides: readonly SideView[]
  mySideId: string | null
  /** Address of the partnership. */
  base: string
}) {
  const { t } = useTranslation('workshops')
  const { id, title, status, startsAt, endsAt, isForgotten } = workshop
  const list = `${base}/workshops`
  const isLive = status === 'live'
  const words = isForgotten ? t('home.stillOpen') : isLive ? t('home.live') : t('home.next')
  const all = (
    <Link to={list} className="text-[13px] underline underline-offset-4">
      {t('home.all')}
    </Link>
  )
  return (
    <Card title={words} id="workshop" aside={all}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <Link to={`${list}/${id}`} className="underline-offset-4 hover:underline">
            <LocalizedTitle text={title} className="font-semibold" />
          </Link>
          <div className="mt-1 text-[13px]">
            <BothClocks startsAt={startsAt} endsAt={endsAt} sides={sides} mySideId={mySideId} />
          </div>
          {isForgotten && (
            <p className="mt-1 max-w-[64ch] text-[13px] text-ink-2">{t('home.stillOpenWhy')}</p>
          )}
        </div>
        {isLive && (
          <ButtonLink to={`/workshops/${id}/room`} look={isForgotten ? 'quiet' : 'primary'}>
            {t('room.go')}
          </ButtonLink>
        )}
      </div>
    </Card>
  )
}
