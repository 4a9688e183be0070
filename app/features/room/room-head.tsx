import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import { Chip } from '../../components/chip'
import { Knot } from '../../components/knot'
import { InLanguage } from '../../components/localized-title'
import { LanguageSwitch, ThemeSwitch } from '../../components/preference-switches'
import { useFormat } from '../../lib/format'
import { LineStatus } from './line-status'
import { useRoomState } from './room-context'
import { useRoomNow } from './use-room-now'

type Place = { place: LocalizedText; timeZone: string }

/** Where one is, how it stands, what time it is on both sides, and how the line is. */
export function RoomHead({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('room')
  const { workshop, status, saver, setSaver, may } = useRoomState()
  return (
    <header className="border-b border-line bg-surface px-4 py-2.5 sheet:px-7 print:hidden">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="hidden sheet:block">
          <Knot />
        </span>
        <div className="min-w-0 flex-1 basis-60">
          <h1 tabIndex={-1} className="text-[1.0625rem] leading-snug sheet:text-[1.1875rem]">
            <InLanguage text={workshop.title} />
          </h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-ink-2">
            <Chip tone={status === 'live' ? 'ok' : status === 'cancelled' ? 'danger' : 'plain'}>
              {t(`status.${status}`)}
            </Chip>
            <Clocks places={places} />
            {may.workspace && (
              <Link
                to={`/partnerships/${workshop.slug}/workshops/${workshop.id}`}
                className="rounded-sm py-0.5 font-medium text-accent underline-offset-4 hover:underline"
              >
                {t('back')}
              </Link>
            )}
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <button
            type="button"
            aria-pressed={saver}
            onClick={() => setSaver(!saver)}
            className="min-h-8 rounded-full border border-line-control bg-surface px-3 text-[13px] font-semibold text-ink-2 hover:text-ink aria-pressed:bg-ink aria-pressed:text-paper [@media(scripting:none)]:hidden"
          >
            {t('saver')}
          </button>
          <LanguageSwitch />
          <span className="hidden sheet:block">
            <ThemeSwitch />
          </span>
        </div>
      </div>
      <LineStatus />
    </header>
  )
}

/** What the clocks show on both sides. */
function Clocks({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('room')
  const format = useFormat()
  const now = useRoomNow(60_000)
  const iso = new Date(now).toISOString()
  return (
    <span className="flex flex-wrap gap-x-3">
      <span className="sr-only">{t('clocks')}</span>
      {places.map(({ place, timeZone }) => (
        <span key={timeZone} className="whitespace-nowrap">
          <InLanguage text={place} />{' '}
          <time dateTime={iso} className="font-semibold text-ink">
            {format.timeIn(iso, timeZone)}
          </time>
        </span>
      ))}
    </span>
  )
}
