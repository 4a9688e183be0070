import { useRouteLoaderData } from '@remix-run/react'
import { createContext, useContext, useMemo } from 'react'
import type { Language } from '../../shared/languages'
import type { loader as rootLoader } from '../root'

/** Dates in the reader's language and time zone, the same on server and in browser. */
export function createFormat(lang: Language, timeZone: string) {
  const date = new Intl.DateTimeFormat(lang, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const time = new Intl.DateTimeFormat(lang, {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const dateTime = new Intl.DateTimeFormat(lang, {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return {
    date: (iso: string) => date.format(new Date(iso)),
    time: (iso: string) => time.format(new Date(iso)),
    dateTime: (iso: string) => dateTime.format(new Date(iso)),
    /** Wall clock in another place, e.g. the other side's. */
    timeIn: (iso: string, zone: string) =>
      new Intl.DateTimeFormat(lang, {
        timeZone: zone,
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }).format(new Date(iso)),
  }
}

/** The zone of a page's reader who has no account: a guest's, as they came in with it. */
export const ReaderZone = createContext<string | null>(null)

export function useReader(): { lang: Language; timeZone: string } {
  const root = useRouteLoaderData<typeof rootLoader>('root')
  const timeZone = useContext(ReaderZone)
  return { lang: root?.lang ?? 'en', timeZone: timeZone ?? root?.timeZone ?? 'UTC' }
}

export function useFormat() {
  const { lang, timeZone } = useReader()
  return useMemo(() => createFormat(lang, timeZone), [lang, timeZone])
}
