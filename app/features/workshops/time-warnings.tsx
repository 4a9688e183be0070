import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
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
  const say = useWarningWords(sides)
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

function useWarningWords(sides: readonly SideView[]) {
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const placeOf = (at: number) => {
    const side = sides[at]
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
        return t('form.warn.clocks', { place, date: dateOf(warning.date), hours, usually })
      }
      case 'holiday': {
        const name = warning.holiday.name[lang]
        return t('form.warn.holiday', { place, date: dateOf(warning.date), name })
      }
      case 'weekend':
        return t('form.warn.weekend', { place, date: dateOf(warning.date) })
      case 'hours':
        return t('form.warn.hours', { place, from: warning.from, to: warning.to })
    }
  }
}
