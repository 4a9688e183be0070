import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import type { AgendaRowView } from '../../../shared/workshop-views'
import { Chip } from '../../components/chip'
import { Knot } from '../../components/knot'
import { InLanguage } from '../../components/localized-title'
import { NavigationProgress } from '../../components/navigation-progress'
import { LanguageSwitch, ThemeSwitch } from '../../components/preference-switches'
import { Sentence } from '../../components/sentence'
import { useFormat, useReader } from '../../lib/format'
import { useLater } from '../../lib/later'
import { clocksAt, ownTimeFirst } from '../workshops/own-clock'
import { LineStatus } from './line-status'
import { useRoomState } from './room-context'
import { useRoomNow } from './use-room-now'

const MINUTE_MS = 60_000
const loadTimer = () => import('./timer')

type Place = { place: LocalizedText; timeZone: string }

/** Where one is, what goes on there and until when, what time it is on both sides, and how the line is. */
export function RoomHead({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('room')
  const { workshop, status, saver, setSaver } = useRoomState()
  const row = useRowNow()
  return (
    <header className="border-b border-line bg-surface px-4 py-2 sheet:px-7 print:hidden">
      <NavigationProgress />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="hidden sheet:block">
          <Knot />
        </span>
        <div className="min-w-0 flex-1 basis-60">
          {/* on a phone a long one would take the room that the slides need */}
          <h1
            tabIndex={-1}
            className="line-clamp-2 text-[1.0625rem] leading-snug sheet:line-clamp-none sheet:text-[1.1875rem]"
          >
            <InLanguage text={workshop.title} />
          </h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-[13px] text-ink-2">
            <span className={row ? 'sr-only sheet:not-sr-only' : ''}>
              <Chip tone={status === 'live' ? 'ok' : status === 'cancelled' ? 'danger' : 'plain'}>
                {t(`status.${status}`)}
              </Chip>
            </span>
            <Clocks places={places} />
            <Back className="hidden sheet:inline" />
          </p>
        </div>
        <div className="flex w-full flex-wrap items-center gap-x-1.5 gap-y-1 sheet:w-auto sheet:gap-x-3">
          <LineStatus />
          <Back className="sheet:hidden" />
          <span className="ml-auto flex items-center gap-x-1.5 sheet:gap-x-2">
            <button
              type="button"
              aria-pressed={saver}
              onClick={() => setSaver(!saver)}
              className="min-h-7 rounded-full border border-line-control bg-surface px-2 text-[13px] font-semibold text-ink-2 hover:text-ink aria-pressed:bg-ink aria-pressed:text-paper [@media(scripting:none)]:hidden"
            >
              <span aria-hidden="true" className="sheet:hidden">
                {t('saverShort')}
              </span>
              <span className="sr-only sheet:not-sr-only">{t('saver')}</span>
            </button>
            <LanguageSwitch />
            <span className="hidden sheet:block">
              <ThemeSwitch />
            </span>
          </span>
        </div>
      </div>
      <div className="mt-1 flex flex-wrap items-baseline gap-x-4 text-[13px] empty:hidden">
        {row && <NowLine row={row} />}
        <RunningTimer />
      </div>
    </header>
  )
}

function Back({ className }: { className: string }) {
  const { t } = useTranslation('room')
  const { workshop, may } = useRoomState()
  if (!may.workspace) return null
  return (
    <Link
      to={`/partnerships/${workshop.slug}/workshops/${workshop.id}`}
      className={`rounded-sm py-1 text-[13px] font-medium text-accent underline-offset-4 hover:underline ${className}`}
    >
      {t('back')}
    </Link>
  )
}

/** What the agenda is at; nothing before the workshop begins and after. */
function useRowNow() {
  const { workshop, stage, status } = useRoomState()
  return status === 'live' ? workshop.agenda.find(({ id }) => id === stage?.rowId) : undefined
}

/** What goes on, and until when by the reader's clock. */
function NowLine({ row }: { row: AgendaRowView }) {
  const { t } = useTranslation('room')
  const format = useFormat()
  const ends = new Date(Date.parse(row.startsAt) + row.minutes * MINUTE_MS).toISOString()
  return (
    <p className="min-w-0">
      <Sentence
        say={(part) => t('agenda.until', { row: part('row'), time: part('time') })}
        parts={{
          row: <InLanguage text={row.title} className="font-semibold" />,
          time: <time dateTime={ends}>{format.time(ends)}</time>,
        }}
      />
    </p>
  )
}

/** What the clocks show on both sides, and the reader's where that is another: other times are told by it. */
function Clocks({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('room')
  const format = useFormat()
  const now = useRoomNow(MINUTE_MS)
  const iso = new Date(now).toISOString()
  const { timeZone: own } = useReader()
  return (
    <span className="flex flex-wrap gap-x-3">
      <span className="sr-only">{t('clocks')}</span>
      {clocksAt(iso, ownTimeFirst(iso, places, own), own).map(({ place, timeZone }) => (
        <span key={timeZone} className="whitespace-nowrap">
          {place ? <InLanguage text={place} /> : t('ownClock')}{' '}
          <time dateTime={iso} className="font-semibold text-ink">
            {format.timeIn(iso, timeZone)}
          </time>
        </span>
      ))}
    </span>
  )
}

/** The room's own timer, if one runs; where no script counts down, the moment itself. */
function RunningTimer() {
  const { t } = useTranslation('room')
  const format = useFormat()
  const { stage, status } = useRoomState()
  const timer = status === 'live' ? (stage?.timer ?? null) : null
  const Counting = useLater(loadTimer, timer !== null)?.Timer
  if (!timer) return null
  return (
    <>
      {Counting && <Counting endsAt={timer.endsAt} />}
      <noscript>{t('timer.until', { time: format.time(timer.endsAt) })}</noscript>
    </>
  )
}
