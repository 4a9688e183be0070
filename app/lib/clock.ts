import { useEffect, useState } from 'react'

/** Working hours taken for both sides: 9:00–17:00, Monday to Friday, in minutes of the local day. */
const OPENS = 9 * 60
const CLOSES = 17 * 60
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export type DayPart = 'morning' | 'afternoon' | 'evening'
/** Instants in milliseconds since 1970. */
export type Window = { from: number; to: number }

/**
 * The present minute: the server's at first, so that both render the same, then the device's own.
 *
 * @param served UTC, ISO-8601
 */
export function useNow(served: string): number {
  const [now, setNow] = useState(() => Date.parse(served))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      setNow(Date.now())
      timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS))
    }
    tick()
    return () => clearTimeout(timer)
  }, [])
  return now
}

/** What to greet with at this hour of somebody's day. */
export function dayPartAt(now: number, timeZone: string): DayPart {
  const minutes = minuteOfDay(now, timeZone)
  if (minutes >= 5 * 60 && minutes < 12 * 60) return 'morning'
  return minutes >= 12 * 60 && minutes < 18 * 60 ? 'afternoon' : 'evening'
}

/** The reader's day around `now`: from their midnight, 24 hours on. */
export function dayAround(now: number, timeZone: string): Window {
  const from = now - minuteOfDay(now, timeZone) * MINUTE_MS - (now % MINUTE_MS)
  return { from, to: from + DAY_MS }
}

/** A zone's working hours that touch a stretch of time, cut to it. */
export function workingWindows(within: Window, timeZone: string): Window[] {
  return dailyWindows(within, timeZone).filter(({ weekend }) => !weekend)
}

/** The same hours of every day, those of the weekend too. */
export function dailyWindows(within: Window, timeZone: string): (Window & { weekend: boolean })[] {
  const windows: (Window & { weekend: boolean })[] = []
  for (let at = within.from - DAY_MS / 2; at < within.to + DAY_MS; at += DAY_MS) {
    const day = localDay(at, timeZone)
    const from = Math.max(within.from, day.midnight + OPENS * MINUTE_MS)
    const to = Math.min(within.to, day.midnight + CLOSES * MINUTE_MS)
    if (from < to) windows.push({ from, to, weekend: day.weekend })
  }
  return windows
}

/** Stretches that both lists share. */
export function overlapOf(one: readonly Window[], other: readonly Window[]): Window[] {
  return one.flatMap((a) =>
    other.flatMap((b) => {
      const shared = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }
      return shared.from < shared.to ? [shared] : []
    }),
  )
}

export type Standing =
  | { kind: 'open'; until: number }
  | { kind: 'closed'; minutesToOpening: number }
  | { kind: 'weekend' }

/** Is it working time there, and if not, how long until it is? */
export function standingAt(now: number, timeZone: string): Standing {
  const ahead = workingWindows({ from: now, to: now + DAY_MS }, timeZone)
  const next = ahead[0]
  if (next && next.from <= now) return { kind: 'open', until: next.to }
  if (!next || localDay(now, timeZone).weekend) return { kind: 'weekend' }
  return { kind: 'closed', minutesToOpening: Math.ceil((next.from - now) / MINUTE_MS) }
}

function localDay(at: number, timeZone: string): { midnight: number; weekend: boolean } {
  const midnight = at - minuteOfDay(at, timeZone) * MINUTE_MS - (at % MINUTE_MS)
  const weekday = partsOf(at, timeZone).weekday
  return { midnight, weekend: weekday === 'Sat' || weekday === 'Sun' }
}

function minuteOfDay(at: number, timeZone: string): number {
  const { hour, minute } = partsOf(at, timeZone)
  return Number(hour) * 60 + Number(minute)
}

function partsOf(at: number, timeZone: string): Record<'weekday' | 'hour' | 'minute', string> {
  const known = formats.get(timeZone) ?? formatFor(timeZone)
  formats.set(timeZone, known)
  const parts = { weekday: '', hour: '', minute: '' }
  for (const { type, value } of known.formatToParts(at)) {
    if (type === 'weekday' || type === 'hour' || type === 'minute') parts[type] = value
  }
  return parts
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
}
