import { useTranslation } from 'react-i18next'
import type { GuestLinkView } from '../../../shared/guests'
import type { LearningState } from '../../../shared/learning-views'
import { utcOffset } from '../../../shared/wall-clock'
import type { MaterialView, WorkshopView } from '../../../shared/workshop-views'
import { isLobbyOpen, LOBBY_MS } from '../../../shared/workshops'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { LeaveLink } from '../../components/leave-link'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'
import { useNow } from '../../lib/clock'
import { ReaderZone, useFormat, useReader } from '../../lib/format'
import { scriptOfText } from '../../lib/names'
import { MaterialsCard } from '../library/materials-card'
import { ClockTable } from './clock-table'
import { countdownTo } from './countdown'
import { EnteringFrame } from './entering-frame'
import { Consent, HomeFacts } from './home-facts'
import { useDoor } from './use-door'

export type HomeProps = {
  view: WorkshopView
  places: GuestLinkView['places']
  learning: LearningState
  materials: readonly MaterialView[]
  isGuest: boolean
  /** The reader's, IANA. */
  timeZone: string
  /** UTC, ISO-8601. */
  now: string
}

/** A workshop to whoever attends it, before it begins and after it has ended. */
export function HomePage(props: HomeProps) {
  const { view, places, isGuest } = props
  const { t } = useTranslation('entering')
  // it begins under the reader's eyes
  useDoor(view.id, view.status === 'announced')
  return (
    <ReaderZone.Provider value={props.timeZone}>
      <EnteringFrame>
        <LocalizedTitle
          text={view.title}
          as="h1"
          className="max-sheet:text-[1.375rem]"
          otherClassName=""
        />
        <ClockTable
          startsAt={view.startsAt}
          endsAt={view.endsAt}
          places={places}
          own={props.timeZone}
        />
        {view.status !== 'cancelled' && <HomeFacts view={view} />}
        {/* it is told to whoever waits for the beginning here */}
        <div role="status">
          {view.status === 'cancelled' && (
            <p className="mt-5 font-medium">
              {t('home.cancelled')}{' '}
              {view.cancelReason && (
                <span className="font-normal" lang={scriptOfText(view.cancelReason)}>
                  {view.cancelReason}
                </span>
              )}
            </p>
          )}
        </div>
        {view.status === 'announced' && <Before {...props} />}
        {view.status === 'closed' && <After view={view} learning={props.learning} />}
        {props.materials.length > 0 && (
          <div className="mt-6">
            <MaterialsCard materials={props.materials} />
          </div>
        )}
        {view.status !== 'cancelled' && <Consent text={view.recordingConsent} />}
        <Objectives view={view} />
        {view.status !== 'cancelled' && <Agenda view={view} />}
        {isGuest && (
          <p className="mt-8">
            <LeaveLink workshopId={view.id} />
          </p>
        )}
        {!isGuest && (
          <p className="mt-6">
            <ButtonLink look="quiet" to={`/partnerships/${view.slug}/workshops/${view.id}`}>
              {t('home.workspace')}
            </ButtonLink>
          </p>
        )}
      </EnteringFrame>
    </ReaderZone.Provider>
  )
}

function Before({ view, isGuest, learning, now: served }: HomeProps) {
  const { t } = useTranslation('entering')
  const { timeZone } = useReader()
  const now = useNow(served)
  const isOpen = isLobbyOpen(view.startsAt, now)
  const mayEnter = isOpen || view.may.facilitate
  const needsPlace = !isGuest && !view.may.facilitate && view.mine?.registration !== 'registered'
  return (
    <div className="mt-5 grid gap-4">
      {/* it counts in silence: the opening and the beginning alone are announced */}
      <p role="status" className="sr-only">
        {countdownTo(view.startsAt, now, timeZone).unit === 'now'
          ? t('home.begins.now')
          : isOpen && view.mode !== 'on_site' && t('home.open')}
      </p>
      <p className="font-medium">
        {countdown(t, countdownTo(view.startsAt, now, timeZone))}
        {!isOpen && view.mode !== 'on_site' && ` ${t('home.opens', { count: LOBBY_MS / 60_000 })}`}
      </p>
      <p className="flex flex-wrap gap-3">
        {mayEnter && (
          <ButtonLink to={`/workshops/${view.id}/room`} look={isOpen ? 'primary' : 'quiet'}>
            {t('home.enter')}
          </ButtonLink>
        )}
        {needsPlace && (
          <ButtonLink
            to={`/partnerships/${view.slug}/workshops/${view.id}`}
            look={isOpen ? 'quiet' : 'primary'}
          >
            {t('home.register')}
          </ButtonLink>
        )}
        {learning.preOpen && (
          <ButtonLink look="quiet" to={`/workshops/${view.id}/test?phase=pre`}>
            {t('home.test')}
          </ButtonLink>
        )}
        <ButtonLink look="quiet" to={`/workshops/${view.id}/check`}>
          {t('home.check')}
        </ButtonLink>
        <ButtonLink look="quiet" to={`/workshops/${view.id}/event.ics`} reloadDocument>
          {t('home.calendar')}
        </ButtonLink>
      </p>
    </div>
  )
}

type Words = ReturnType<typeof useTranslation<'entering'>>['t']

function countdown(t: Words, left: ReturnType<typeof countdownTo>): string {
  if (left.unit === 'now') return t('home.begins.now')
  return t(`home.begins.${left.unit}`, { count: left.count })
}

/** What is left to do once it is over. */
function After({ view, learning }: Pick<HomeProps, 'view' | 'learning'>) {
  const { t } = useTranslation('entering')
  const all = [
    ['test?phase=post', t('home.after.test'), t('home.after.testWhy')],
    ['evaluation', t('home.after.evaluation'), t('home.after.evaluationWhy')],
    // also when none can be made any more: one that was made is answered there
    ['promise', t('home.after.promise'), t('home.after.promiseWhy')],
    ['notes/read', t('home.after.notes'), t('home.after.notesWhy')],
    ['room', t('home.after.room'), t('home.after.roomWhy')],
    ['certificate.pdf', t('home.after.certificate'), t('home.after.certificateWhy')],
  ] as const
  const isThere: Readonly<Record<string, boolean>> = {
    'test?phase=post': learning.postOpen,
    evaluation: learning.evaluationOpen,
    'certificate.pdf': learning.certificate,
  }
  const steps = all.filter(([path]) => isThere[path] ?? true)
  return (
    <div className="mt-6">
      <Card id="after" title={t('home.after.title')}>
        <ul className="divide-y divide-line">
          {steps.map(([path, label, why]) => (
            <li key={path} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <p className="max-w-[44ch] text-ink-2">{why}</p>
              <ButtonLink
                look={path === 'evaluation' ? 'primary' : 'quiet'}
                to={`/workshops/${view.id}/${path}`}
                reloadDocument={path === 'certificate.pdf'}
              >
                {label}
              </ButtonLink>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

function Objectives({ view }: { view: WorkshopView }) {
  const { t } = useTranslation('entering')
  if (!view.objectives.en && !view.objectives.ru) return null
  return (
    <section aria-labelledby="objectives" className="mt-8">
      <h2 id="objectives">{t('home.objectives')}</h2>
      <p className="mt-2 max-w-[64ch] whitespace-pre-line [overflow-wrap:anywhere]">
        <InLanguage text={view.objectives} />
      </p>
    </section>
  )
}

function Agenda({ view }: { view: WorkshopView }) {
  const { t } = useTranslation('entering')
  const { timeZone } = useReader()
  const format = useFormat()
  if (view.agenda.length === 0) return null
  const zone = utcOffset(Date.parse(view.startsAt), timeZone)
  return (
    <section aria-labelledby="agenda" className="mt-8">
      <h2 id="agenda">{t('home.agenda')}</h2>
      <p className="text-[13px] text-ink-2">{t('home.agendaTime', { zone })}</p>
      <ol className="mt-2 divide-y divide-line border-y border-line">
        {view.agenda.map((row) => (
          <li key={row.id} className="flex gap-5 py-2.5">
            <time dateTime={row.startsAt} className="shrink-0 font-medium tabular-nums">
              {format.time(row.startsAt)}
            </time>
            <div className="min-w-0">
              <LocalizedTitle text={row.title} />
              <p className="text-[13px] text-ink-2">
                {[
                  row.speaker,
                  t(`home.spoken.${row.spoken}`),
                  row.interpretation && t('home.interpreted'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
