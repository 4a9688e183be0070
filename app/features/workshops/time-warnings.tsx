import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { dateIn } from '../../../shared/wall-clock'
import { type PlanWarning, warningsOf } from '../../../shared/workshop-times'
import { useReader } from '../../lib/format'
import { workPlaceOf } from '../../lib/sides'

/** What is unusual about a time, in a line each: it can be chosen all the same. */
export function TimeWarnings({
  at,
  minutes,
  sides,
  now,
}: {
  at: number
  minutes: number
  sides: readonly SideView[]
  now: number
}) {
  const say = useWarningWords(sides, at)
  const warnings = warningsOf(at, minutes, sides.map(workPlaceOf), now)
  if (warnings.length === 0) return null
  return (
    <ul className="grid gap-1.5 rounded-lg border-l-[3px] border-drift bg-drift-wash px-3.5 py-2.5 text-[13px]">
      {warnings.map((warning) => (
        <li key={JSON.stringify(warning)}>{say(warning)}</li>
      ))}
    </ul>
  )
}

function useWarningWords(sides: readonly SideView[], at: number) {
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const placeOf = (index: number) => {
    const side = sides[index]
    return side ? pickText(side.place, lang).text : ''
  }
  const dateOf = (date: string) =>
    new Intl.DateTimeFormat(lang, { timeZone: 'UTC', day: 'numeric', month: 'long' }).format(
      new Date(`${date}T00:00:00Z`),
    )
  const hoursOf = (minutes: number) =>
    new Intl.NumberFormat(lang, { maximumFractionDigits: 2 }).format(minutes / 60)
  return (warning: PlanWarning): string => {
    if (warning.kind === 'past') return t('form.warn.past')
    const place = placeOf(warning.side)
    switch (warning.kind) {
      case 'clocks': {
        const hours = hoursOf(warning.minutes)
        const usually = hoursOf(warning.usually)
        const isBefore = dateIn(at, sides[warning.side]?.timeZone ?? 'UTC') < warning.date
        const said = { place, date: dateOf(warning.date), hours, usually }
        return isBefore ? t('form.warn.clocksAfter', said) : t('form.warn.clocksBefore', said)
      }
      case 'holiday': {
        const name = warning.holiday.name[lang]
        return t('form.warn.holiday', { place, date: dateOf(warning.date), name })
      }
      case 'weekend':
        return t('form.warn.weekend', { place, date: dateOf(warning.date) })
      case 'hours':
        // nothing of the agenda is there yet: it begins, and that is all that is known
        if (warning.from === warning.to) return t('form.warn.hour', { place, from: warning.from })
        return t('form.warn.hours', { place, from: warning.from, to: warning.to })
    }
  }
}
