import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type LocalizedText } from '../../../shared/languages'
import { LOBBY_MS } from '../../../shared/workshops'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { InLanguage } from '../../components/localized-title'
import { PersonName } from '../../components/person-name'
import { RefusedNotice } from '../../components/refused-notice'
import { useNow } from '../../lib/clock'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import type { OverviewData } from '../../routes/partnerships.$slug.workshops.$workshopId._index'
import { RegistrationPanel } from '../workshops-registration/registration-panel'
import { AgendaTable } from './agenda-table'
import { DocumentsCard } from './documents-card'
import { FactsCard } from './facts-card'
import { MovesCard } from './moves-card'

/** What the workshop is, when, and what one can do about it. */
export function OverviewPage(data: OverviewData & { refusal: Refusal | null }) {
  const { t } = useTranslation('workshops')
  const { workshop, slug, sides, mySideId, refusal } = data
  const { recordingConsent, objectives, facilitators, materials, may } = workshop
  const library = `/partnerships/${slug}/resources`
  return (
    <div className="grid gap-5">
      <RefusedNotice code={refusal?.refused.code ?? null} />
      <RoomLine data={data} />
      <div className="grid items-start gap-5 rail:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
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
          {hasText(recordingConsent) && (
            <Card title={t('about.consent')} id="consent">
              <LongText text={recordingConsent} />
            </Card>
          )}
        </div>
        <div className="grid min-w-0 gap-5">
          {may.facilitate && <MovesCard workshop={workshop} slug={slug} refusal={refusal} />}
          {workshop.status !== 'draft' && <RegistrationPanel workshop={workshop} />}
          <FactsCard workshop={workshop} />
          {facilitators.length > 0 && (
            <Card title={t('about.facilitators')} id="facilitators">
              <ul className="grid gap-2">
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
          <DocumentsCard workshop={workshop} slug={slug} />
        </div>
      </div>
    </div>
  )
}

/** The way into the room, as large as it matters just now. */
function RoomLine({ data: { workshop, now: served } }: { data: OverviewData }) {
  const { t } = useTranslation('workshops')
  const now = useNow(served)
  const { status, startsAt, id } = workshop
  const room = `/workshops/${id}/room`
  if (status === 'cancelled') {
    return (
      <p role="status" className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-4 py-3">
        {t('about.cancelled')}
      </p>
    )
  }
  if (status === 'draft') return null
  if (status === 'closed') {
    return (
      <p>
        <ButtonLink to={room} look="quiet">
          {t('room.read')}
        </ButtonLink>
      </p>
    )
  }
  const isOpen = status === 'live' || Date.parse(startsAt) - now <= LOBBY_MS
  const isLate = status === 'announced' && Date.parse(startsAt) < now
  const hint = isLate
    ? t('about.untouched')
    : status === 'live'
      ? t('room.hintLive')
      : t(isOpen ? 'room.hintOpen' : 'room.hintSoon')
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3 rounded-card border border-line bg-accent-wash px-4 py-4 sheet:px-5">
      {(isOpen || workshop.may.facilitate) && (
        <ButtonLink to={room} className="min-h-12 px-6 text-base">
          {t('room.go')}
        </ButtonLink>
      )}
      <p>{hint}</p>
    </div>
  )
}

/** Long text in the reader's language, with a word where it is only in the other one. */
function LongText({ text }: { text: LocalizedText }) {
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const only = LANGUAGES.filter((each) => text[each])
  return (
    <div className="max-w-[70ch]">
      <div className="whitespace-pre-line">
        <InLanguage text={text} />
      </div>
      {only.length === 1 && only[0] && only[0] !== lang && (
        <p className="mt-2 text-[13px] text-ink-2">
          {t('about.oneLanguage', { language: t(`language.${only[0]}`) })}
        </p>
      )}
    </div>
  )
}

function hasText(text: LocalizedText): boolean {
  return Boolean(text.en || text.ru)
}
