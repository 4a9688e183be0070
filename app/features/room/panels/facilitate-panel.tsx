import { useRouteLoaderData } from '@remix-run/react'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../../shared/errors'
import { pickText } from '../../../../shared/languages'
import type { WorkshopVerb } from '../../../../shared/workshops'
import { Button } from '../../../components/button'
import { useFormat, useReader } from '../../../lib/format'
import type { loader } from '../../../routes/workshops.$workshopId.room'
import { LinkButton } from '../../discussions/link-button'
import { DeckChoice } from '../deck-choice'
import { WaitingPeople } from '../people-panel'
import { useRoomState } from '../room-context'
import { moveWorkshop } from './move-wire'
import { ProblemLine } from './problem-line'
import { PulseGauge } from './pulse'
import { RoleList } from './role-list'
import { nextRow } from './rows'
import { useDoing } from './use-doing'

/** What those need who run the room: its state, the row of the agenda, the clock, who waits, who is who. */
export function FacilitatePanel() {
  const { t } = useTranslation('room-panels')
  return (
    <section aria-label={t('run.panel')} className="grid gap-5">
      <WaitingPeople />
      <RunState />
      <AgendaNow />
      <SetTimer />
      <Slides />
      <PulseGauge />
      <RoleList />
    </section>
  )
}

/** Beginning and closing it; the second is asked about. */
function RunState() {
  const { t } = useTranslation('room-panels')
  const { status, workshop } = useRoomState()
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [isSure, setSure] = useState(false)
  const address = `/partnerships/${workshop.slug}/workshops/${workshop.id}`
  const move = async (verb: WorkshopVerb) => {
    setSure(false)
    const answer = await moveWorkshop(workshop.id, verb)
    if (answer === 'unreachable') setProblem('unreachable')
    else setProblem('refused' in answer ? answer.refused : null)
  }
  return (
    <section aria-labelledby="run-state" className="grid gap-2">
      <h3 id="run-state">{t('run.state')}</h3>
      <p role="status" className="text-ink-2">
        {t(`run.is.${status}`)}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {status === 'announced' && (
          <Button type="button" onClick={() => void move('start')}>
            {t('run.start')}
          </Button>
        )}
        {status === 'live' && !isSure && (
          <Button type="button" look="quiet" onClick={() => setSure(true)}>
            {t('run.close')}
          </Button>
        )}
        {status === 'live' && isSure && (
          <>
            <span>{t('run.closeSure')}</span>
            <Button type="button" look="danger" autoFocus onClick={() => void move('close')}>
              {t('run.closeYes')}
            </Button>
            <LinkButton onClick={() => setSure(false)}>{t('cancel')}</LinkButton>
          </>
        )}
        {status === 'closed' && (
          <Button type="button" look="quiet" onClick={() => void move('reopen')}>
            {t('run.reopen')}
          </Button>
        )}
        <a
          href={address}
          className="min-h-7 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('run.plan')}
        </a>
      </div>
      <ProblemLine code={problem} />
    </section>
  )
}

/** Which deck everybody looks at; its pages are turned at the slides themselves. */
function Slides() {
  const { t } = useTranslation('room-panels')
  const { stage, status } = useRoomState()
  const decks = useRouteLoaderData<typeof loader>('routes/workshops.$workshopId.room')?.decks ?? []
  if (status !== 'live') return null
  return (
    <div>
      <h3>{t('run.slides')}</h3>
      <DeckChoice decks={decks} shown={stage?.slide?.deckId ?? null} />
    </div>
  )
}

function AgendaNow() {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const format = useFormat()
  const id = useId()
  const { stage, workshop, status } = useRoomState()
  const doing = useDoing()
  const { agenda } = workshop
  const next = nextRow(agenda, stage?.rowId ?? null)
  const set = (row: string | null) => doing.run({ act: 'set_row', row })
  if (agenda.length === 0 || status !== 'live') return null
  return (
    <section aria-labelledby="run-row" className="grid gap-2">
      <h3 id="run-row">{t('run.row')}</h3>
      <label htmlFor={id} className="sr-only">
        {t('run.row')}
      </label>
      <select
        id={id}
        value={stage?.rowId ?? ''}
        onChange={(event) => set(event.currentTarget.value || null)}
        className="min-h-10 w-full rounded-lg border border-line-control bg-surface px-3"
      >
        <option value="">{t('run.noRow')}</option>
        {agenda.map((row) => {
          const { text, lang: written } = pickText(row.title, lang)
          return (
            <option key={row.id} value={row.id} lang={written}>
              {`${format.time(row.startsAt)}  ${text}`}
            </option>
          )
        })}
      </select>
      {next && (
        <Button type="button" look="quiet" className="w-fit" onClick={() => set(next.id)}>
          {t('run.next', { title: pickText(next.title, lang).text })}
        </Button>
      )}
      <ProblemLine code={doing.problem} />
    </section>
  )
}

function SetTimer() {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const { stage, status } = useRoomState()
  const doing = useDoing()
  const [minutes, setMinutes] = useState(10)
  if (status !== 'live') return null
  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (minutes > 0) doing.run({ act: 'set_timer', minutes })
  }
  return (
    <form onSubmit={onSubmit} className="grid gap-2">
      <h3>{t('run.timer')}</h3>
      <div className="flex flex-wrap items-center gap-2">
        <label htmlFor={id}>{t('run.minutes')}</label>
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={1}
          max={240}
          required
          value={minutes || ''}
          onChange={(event) => setMinutes(event.currentTarget.valueAsNumber || 0)}
          className="min-h-9 w-20 rounded-lg border border-line-control bg-surface px-3 text-base"
        />
        <Button look="quiet">{t('run.setTimer')}</Button>
        {stage?.timer && (
          <LinkButton onClick={() => doing.run({ act: 'set_timer', minutes: 0 })}>
            {t('run.stopTimer')}
          </LinkButton>
        )}
      </div>
      <ProblemLine code={doing.problem} />
    </form>
  )
}
