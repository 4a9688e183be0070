import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays } from '../../../shared/holidays'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { dateIn, momentOf } from '../../../shared/wall-clock'
import { type SlotDay, suggestSlots } from '../../../shared/workshop-times'
import { Button } from '../../components/button'
import { createFormat, useReader } from '../../lib/format'
import { useHydrated } from '../../lib/hydrated'
import { workPlaceOf } from '../../lib/sides'
import { dayIn } from './time-range'

/** What a time is looked for where nothing is planned yet, minutes. */
const USUAL_MINUTES = 60

/**
 * Buttons that fill in a time which suits both sides, from the day that is being planned on. They need
 * scripts, and come with them.
 */
export function SlotButtons({
  sides,
  now,
  minutes,
  date,
  chosen,
  onPick,
}: {
  /** The reader's own first. */
  sides: readonly SideView[]
  now: string
  minutes: number
  /** The day that the form has; empty where it has none yet. */
  date: string
  /** The time that the form has, milliseconds since 1970. */
  chosen: number | null
  onPick: (at: number) => void
}) {
  const { t } = useTranslation('workshops')
  const needed = minutes || USUAL_MINUTES
  const { days, earlier, later } = useSlotDays({ sides, now, minutes: needed, date })
  if (!useHydrated()) return null
  return (
    <div className="grid gap-2">
      <div>
        <h3 className="font-medium">{t('form.slots')}</h3>
        <p className="text-[13px] text-ink-2">{t('form.slotsFor', { count: needed })}</p>
      </div>
      <div role="status">
        {days.length === 0 && <p className="text-[13px] text-ink-2">{t('form.noSlots')}</p>}
      </div>
      <ul className="grid gap-2 sheet:grid-cols-2">
        {days
          .flatMap(({ slots }) => slots)
          .map((at) => (
            <li key={at}>
              <button
                type="button"
                aria-pressed={at === chosen}
                onClick={() => onPick(at)}
                className="h-full w-full rounded-lg border border-line-control bg-surface px-3.5 py-2 text-left text-[13px] hover:bg-wash aria-pressed:border-2 aria-pressed:border-accent aria-pressed:bg-accent-wash"
              >
                <Clocks at={at} sides={sides} />
              </button>
            </li>
          ))}
      </ul>
      <p className="flex flex-wrap gap-3">
        {earlier && (
          <Button type="button" look="quiet" onClick={earlier}>
            {t('form.slotsEarlier')}
          </Button>
        )}
        {later && (
          <Button type="button" look="quiet" onClick={later}>
            {t('form.slotsLater')}
          </Button>
        )}
      </p>
    </div>
  )
}

/**
 * The days that are offered: from the form's own on, but not before tomorrow. A day that is among them
 * does not move them: they would go from under the button that chose it.
 */
function useSlotDays({
  sides,
  now,
  minutes,
  date,
}: {
  sides: readonly SideView[]
  now: string
  minutes: number
  date: string
}) {
  const tomorrow = addDays(dateIn(Date.parse(now), sides[0]?.timeZone ?? 'UTC'), 1)
  // first days of the pages gone through, the shown one last
  const [pages, setPages] = useState<readonly string[]>([])
  const [seen, setSeen] = useState('')
  const from = pages.at(-1) ?? tomorrow
  const days = useMemo(
    () => suggestSlots(from, minutes, sides.map(workPlaceOf)),
    [from, minutes, sides],
  )
  if (date !== seen) {
    setSeen(date)
    const isOffered = days.some((day) => day.date === date)
    if (isDay(date) && !isOffered) setPages([date > tomorrow ? date : tomorrow])
  }
  const last: SlotDay | undefined = days.at(-1)
  return {
    days,
    earlier: pages.length > 1 ? () => setPages(pages.slice(0, -1)) : null,
    later: last
      ? () => setPages([...(pages.length > 0 ? pages : [from]), addDays(last.date, 1)])
      : null,
  }
}

/** What is typed is a day only once it is whole. */
function isDay(date: string): boolean {
  return date.startsWith('20') && momentOf(`${date}T12:00`, 'UTC') !== null
}

/** One moment on the clocks of the sides, in words that a button may hold. */
function Clocks({ at, sides }: { at: number; sides: readonly SideView[] }) {
  const { lang } = useReader()
  const iso = new Date(at).toISOString()
  return sides.map(({ id, timeZone, place }, index) => {
    const { text, lang: written } = pickText(place, lang)
    return (
      <span key={id} className="block">
        <span className={index === 0 ? 'font-semibold' : 'text-ink-2'}>
          {dayIn(iso, lang, timeZone)}, {createFormat(lang, timeZone).time(iso)}
        </span>{' '}
        <span lang={written} className="text-ink-2">
          {text}
        </span>
      </span>
    )
  })
}
