import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LaterList } from '../../../server/services/workshop-later'
import type { SideView } from '../../../shared/views'
import { movedLike, type PlannedAt } from '../../../shared/workshop-series'
import type { SeriesScope } from '../../../shared/workshops'
import { ScopeChoice } from './scope-choice'
import { SeriesDates } from './series-dates'
import type { When } from './when-fields'

/** Whether the later workshops of the series change with this one, and when they would begin then. */
export function ScopeFields({
  later,
  planned,
  when,
  minutes,
  sides,
  now,
  sent,
  error,
}: {
  later: LaterList
  /** The beginning of this one as it is stored. */
  planned: PlannedAt
  when: When
  minutes: number
  /** The reader's own first. */
  sides: readonly SideView[]
  now: string
  /** What was chosen when the form was sent. */
  sent: string | undefined
  error: string | undefined
}) {
  const { t } = useTranslation('workshops')
  const [scope, setScope] = useState<SeriesScope>(sent === 'later' ? 'later' : 'one')
  const typed = { wall: `${when.date}T${when.time}`, timeZone: when.zone }
  const dates = later.open.flatMap(({ place, startsAt, timeZone }) => {
    const was = Date.parse(startsAt)
    const moved = movedLike(planned, typed, { at: was, timeZone })
    return moved && moved.at !== was ? { place, at: moved.at } : []
  })
  return (
    <div className="grid gap-4">
      <ScopeChoice
        legend={t('scope.which')}
        hint={t('scope.laterChange', { count: later.open.length })}
        over={later.over}
        others={later.others}
        sent={sent}
        onScope={setScope}
        error={scope === 'later' ? error : undefined}
      />
      {scope === 'later' && dates.length > 0 && (
        <SeriesDates
          title={t('scope.dates')}
          dates={dates}
          sides={sides}
          minutes={minutes}
          now={now}
        />
      )}
    </div>
  )
}
