import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import type { WorkshopView } from '../../../shared/workshop-views'
import { isLobbyOpen } from '../../../shared/workshops'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { InLanguage } from '../../components/localized-title'
import { PersonName } from '../../components/person-name'
import { RefusedNotice } from '../../components/refused-notice'
import { useNow } from '../../lib/clock'
import { scriptOfText } from '../../lib/names'
import type { Refusal } from '../../lib/refusal'
import type { OverviewData } from '../../routes/partnerships.$slug.workshops.$workshopId._index'
import { RegistrationPanel } from '../workshops-registration/registration-panel'
import { AgendaTable } from './agenda-table'
import { DocumentsCard } from './documents-card'
import { DoneLine } from './done-line'
import { FactsCard } from './facts-card'
import { MovesCard } from './moves-card'
import { OtherLanguageOnly } from './other-language-only'
import { useDone } from './use-done'
import { useSeriesTold } from './use-series-told'

/** What the workshop is, when, and what one can do about it. */
export function OverviewPage(data: OverviewData & { refusal: Refusal | null }) {
  const { t } = useTranslation('workshops')
  const { workshop, slug, sides, mySideId, later, series, refusal } = data
  const { recordingConsent, objectives, facilitators, materials, may } = workshop
  const library = `/partnerships/${slug}/resources`
  const now = useNow(data.now)
  const moves = useDone(refusal)
  const told = useSeriesTold(refusal ? null : data.told)
  const isOwnStep = workshop.status === 'announced' && !may.facilitate
  return (
    <div className="grid gap-5">
      <RefusedNotice code={refusal?.refused.code ?? null} />
      <DoneLine done={told ?? moves.done} />
      <RoomLine workshop={workshop} now={now} />
      <div className="grid items-start gap-5 rail:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] rail:grid-rows-[auto_1fr]">
        {/* what to do comes before what to read where there is one column */}
        <div className="grid min-w-0 gap-5 rail:col-start-2">
          {may.facilitate && (
            <MovesCard
              workshop={workshop}
              later={later}
              slug={slug}
              refusal={refusal}
              now={now}
              moves={moves}
            />
          )}
          {workshop.status !== 'draft' && (
            <RegistrationPanel
              workshop={workshop}
              series={series}
              isMain={isOwnStep && !isLobbyOpen(workshop.startsAt, now)}
            />
          )}
        </div>
        <div className="grid min-w-0 gap-5 rail:col-start-1 rail:row-span-2 rail:row-start-1">
          {hasText(objectives) && (
            <Card title={t('about.objectives')} id="objectives">
              <LongText text={objectives} />
            </Card>
          )}
          <Card title={t('about.agenda')} id="agenda">
            <AgendaTable
              rows={workshop.agenda}
              sides={sides}
              mySideId={mySideId}
              library={library}
            />
          </Card>
          {facilitators.length > 0 && (
            <Card title={t('about.facilitators')} id="facilitators">
              <ul className="flex flex-wrap gap-x-8 gap-y-2">
                {facilitators.map(({ id, name }) => (
                  <li key={id}>
                    <PersonName name={name} />
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {materials.length > 0 && (
            <Card title={t('about.materials')} id="materials">
              <ul className="grid gap-1.5">
                {materials.map(({ id, title }) => (
                  <li key={id}>
                    <Link to={`${library}/${id}`} className="underline underline-offset-4">
                      <InLanguage text={title} />
                    </Link>
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {hasText(recordingConsent) && (
            <Card title={t('about.consent')} id="consent">
              <LongText text={recordingConsent} />
            </Card>
          )}
        </div>
        <div className="grid min-w-0 gap-5 rail:col-start-2">
          <FactsCard workshop={workshop} />
          <DocumentsCard workshop={workshop} slug={slug} />
        </div>
      </div>
    </div>
  )
}

/** The way into the room, as large as it matters just now. */
function RoomLine({ workshop, now }: { workshop: WorkshopView; now: number }) {
  const { t } = useTranslation('workshops')
  const { status, startsAt, id, mode, slug, cancelReason, may } = workshop
  const room = `/workshops/${id}/room`
  if (status === 'cancelled') {
    return (
      <div
        role="status"
        className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-4 py-3"
      >
        <p className="font-semibold">{t('about.cancelled')}</p>
        {cancelReason && (
          <p className="mt-1 max-w-[70ch] [overflow-wrap:anywhere]">
            {t('about.why')} <span lang={scriptOfText(cancelReason)}>{cancelReason}</span>
          </p>
        )}
      </div>
    )
  }
  if (status === 'draft') return null
  if (status === 'closed') {
    return (
      <p className="flex flex-wrap gap-3">
        {may.facilitate && (
          <ButtonLink to={`/partnerships/${slug}/workshops/${id}/report`} prefetch="intent">
            {t('room.report')}
          </ButtonLink>
        )}
        <ButtonLink to={room} look="quiet">
          {t('room.read')}
        </ButtonLink>
      </p>
    )
  }
  const isOpen = status === 'live' || isLobbyOpen(startsAt, now)
  const isLate = status === 'announced' && Date.parse(startsAt) < now
  if (!isOpen) {
    // people who meet in one place need none
    const hint = mode !== 'on_site' && t('room.hintSoon')
    if (!hint && !may.facilitate) return null
    return (
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {may.facilitate && <ButtonLink to={room}>{t('room.go')}</ButtonLink>}
        {hint && <p className="text-ink-2">{hint}</p>}
      </div>
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-card border border-line bg-accent-wash px-4 py-4 sheet:px-5">
      <ButtonLink to={room} className="min-h-12 px-6 text-base">
        {t('room.go')}
      </ButtonLink>
      <p>
        {isLate ? t('about.untouched') : t(status === 'live' ? 'room.hintLive' : 'room.hintOpen')}
      </p>
    </div>
  )
}

/** Long text in the reader's language, with a word where it is only in the other one. */
function LongText({ text }: { text: LocalizedText }) {
  return (
    <div className="max-w-[70ch]">
      <div className="whitespace-pre-line">
        <InLanguage text={text} />
      </div>
      <OtherLanguageOnly text={text} className="mt-2 block" />
    </div>
  )
}

function hasText(text: LocalizedText): boolean {
  return Boolean(text.en || text.ru)
}
