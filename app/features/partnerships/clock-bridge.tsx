import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SideView } from '../../../shared/views'
import { InLanguage } from '../../components/localized-title'
import {
  dailyWindows,
  dayAround,
  overlapOf,
  useNow,
  type Window,
  workingWindows,
} from '../../lib/clock'
import { useFormat, useReader } from '../../lib/format'
import { ownSideFirst, workPlaceOf } from '../../lib/sides'
import { ClockSentence } from './clock-sentence'

const WORK = { a: 'bg-side-a opacity-85', b: 'bg-side-b opacity-85' } as const
/** On a day off: where the hours would be. */
const REST = { a: 'bg-side-a-wash', b: 'bg-side-b-wash' } as const

/**
 * Two days one above the other: each side's working hours on the reader's own day, and the present
 * moment across both.
 *
 * @param served the server's time, UTC, ISO-8601
 */
export function ClockBridge({
  sides,
  mySideId,
  served,
  children,
}: {
  sides: readonly SideView[]
  mySideId: string | null
  served: string
  /** Stands under the sentence. */
  children?: ReactNode
}) {
  const { t } = useTranslation('partnerships')
  const { timeZone } = useReader()
  const now = useNow(served)
  const day = dayAround(now, timeZone)
  const shared = sides
    .map((side) => workingWindows(day, workPlaceOf(side)))
    .reduce((one, other) => overlapOf(one, other))
  return (
    <section
      aria-labelledby="clock-title"
      className="rounded-card border border-line bg-surface px-4 py-4 sheet:px-5"
    >
      <h2 id="clock-title" className="sr-only">
        {t('clock.title')}
      </h2>
      <div className="grid gap-2">
        {ownSideFirst(sides, mySideId).map((side) => (
          <SideDay key={side.id} side={side} mine={side.id === mySideId} day={day} now={now} />
        ))}
      </div>
      <p className="mt-3 text-[13px] text-ink-2">
        <ClockSentence sides={sides} mySideId={mySideId} now={now} shared={shared} />{' '}
        <span className="text-ink-3">{t('clock.note')}</span>
      </p>
      {children}
    </section>
  )
}

function SideDay({
  side,
  mine,
  day,
  now,
}: {
  side: SideView
  mine: boolean
  day: Window
  now: number
}) {
  const { t } = useTranslation('partnerships')
  const format = useFormat()
  const iso = new Date(now).toISOString()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3.5 gap-y-1 sheet:grid-cols-[190px_minmax(0,1fr)_56px]">
      <p className="min-w-0">
        <InLanguage text={side.place} className="font-semibold" />
        {mine && <span className="text-xs text-ink-3"> {t('clock.you')}</span>}
      </p>
      <DayBar day={day} now={now} windows={dailyWindows(day, workPlaceOf(side))} tone={side.tone} />
      <time
        dateTime={iso}
        className="col-start-2 row-start-1 text-right font-semibold sheet:col-start-3"
      >
        {format.timeIn(iso, side.timeZone)}
      </time>
    </div>
  )
}

/** Says nothing that the sentence under it does not say in words. */
function DayBar({
  day,
  now,
  windows,
  tone,
}: {
  day: Window
  now: number
  windows: ReturnType<typeof dailyWindows>
  tone: 'a' | 'b'
}) {
  const share = (ms: number) => `${((ms / (day.to - day.from)) * 100).toFixed(3)}%`
  return (
    <div
      aria-hidden="true"
      className="relative col-span-2 h-4 rounded bg-wash sheet:col-span-1 sheet:col-start-2 sheet:row-start-1 forced-colors:border"
    >
      {windows.map(({ from, to, off }) => (
        <span
          key={from}
          className={`absolute inset-y-0 rounded ${off ? REST[tone] : WORK[tone]}`}
          style={{ left: share(from - day.from), width: share(to - from) }}
        />
      ))}
      <span className="absolute -inset-y-1 w-0.5 bg-ink" style={{ left: share(now - day.from) }} />
    </div>
  )
}
