import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import { suggestSlots } from '../../../shared/workshop-times'
import { createFormat, useReader } from '../../lib/format'
import { useHydrated } from '../../lib/hydrated'
import { workPlaceOf } from '../../lib/sides'
import { dayIn } from './time-range'

/** What a time is looked for where nothing is planned yet, minutes. */
const USUAL_MINUTES = 60

/** Buttons that fill in a time which suits both sides. They need scripts, and come with them. */
export function SlotButtons({
  sides,
  now,
  minutes,
  chosen,
  onPick,
}: {
  /** The reader's own first. */
  sides: readonly SideView[]
  now: string
  minutes: number
  /** The time that the form has, milliseconds since 1970. */
  chosen: number | null
  onPick: (at: number) => void
}) {
  const { t } = useTranslation('workshops')
  if (!useHydrated()) return null
  const needed = minutes || USUAL_MINUTES
  const slots = suggestSlots(Date.parse(now), needed, sides.map(workPlaceOf))
  return (
    <div className="grid gap-2">
      <div>
        <h3 className="font-medium">{t('form.slots')}</h3>
        <p className="text-[13px] text-ink-2">{t('form.slotsFor', { count: needed })}</p>
      </div>
      {slots.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t('form.noSlots')}</p>
      ) : (
        <ul className="grid gap-2 sheet:grid-cols-2">
          {slots.map((at) => (
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
      )}
    </div>
  )
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
