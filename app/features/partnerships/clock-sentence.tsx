import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { type Standing, standingAt, type Window } from '../../lib/clock'
import { useFormat, useReader } from '../../lib/format'

/** What the two days mean for the reader: shared hours, and when the other side can answer. */
export function ClockSentence({
  sides,
  mySideId,
  now,
  shared,
}: {
  sides: readonly SideView[]
  mySideId: string | null
  now: number
  shared: readonly Window[]
}) {
  const { t } = useTranslation('partnerships')
  const { lang } = useReader()
  const format = useFormat()
  const clock = (at: number) => format.time(new Date(at).toISOString())
  const ahead = shared.find((window) => window.to > now)
  const hours = ahead
    ? t('clock.shared', { from: clock(ahead.from), to: clock(ahead.to) })
    : t('clock.none')
  const others = sides.filter((side) => mySideId !== null && side.id !== mySideId)
  const standings = others.map((side) =>
    sayStanding(t, standingAt(now, side.timeZone), pickText(side.place, lang).text, clock),
  )
  return [hours, ...standings].join(' ')
}

function sayStanding(
  t: TFunction<'partnerships'>,
  standing: Standing,
  place: string,
  clock: (at: number) => string,
): string {
  switch (standing.kind) {
    case 'weekend':
      return t('clock.weekend', { place })
    case 'open':
      return t('clock.open', { place, to: clock(standing.until) })
    case 'closed':
      return t('clock.opens', { place, wait: sayWait(t, standing.minutesToOpening) })
  }
}

function sayWait(t: TFunction<'partnerships'>, minutes: number): string {
  const hours = Math.floor(minutes / 60)
  if (hours === 0) return t('clock.minutes', { minutes })
  return t('clock.hours', { hours, minutes: minutes % 60 })
}
