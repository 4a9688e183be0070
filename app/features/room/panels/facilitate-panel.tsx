import { useRouteLoaderData } from '@remix-run/react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../../shared/errors'
import { pickText } from '../../../../shared/languages'
import type { WorkshopVerb } from '../../../../shared/workshops'
import { Button } from '../../../components/button'
import { problemIn } from '../../../lib/ask'
import { useFocusAfter } from '../../../lib/focus-after'
import { useFormat, useReader } from '../../../lib/format'
import type { loader } from '../../../routes/workshops.$workshopId.room'
import { LinkButton } from '../../discussions/link-button'
import { DeckChoice } from '../deck-choice'
import { WaitingPeople } from '../people-panel'
import { useRoomState } from '../room-context'
import { ChoiceForm } from './choice-form'
import { moveWorkshop } from './move-wire'
import { NumberBox } from './number-box'
import { ProblemLine } from './problem-line'
import { PulseGauge } from './pulse-gauge'
import { RoleList } from './role-list'
import { nextRow } from './rows'
import { useDoing } from './use-doing'
import { wholeNumber } from './whole-number'

/** Longest timer, as the schema of a room's acts has it. */
const MINUTES_MAX = 240

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
  const focusAfter = useFocusAfter()
  const move = async (verb: WorkshopVerb) => {
    focusAfter('run-state')
    setSure(false)
    setProblem(problemIn(await moveWorkshop(workshop.id, verb)))
  }
  return (
    <section aria-labelledby="run-state" className="grid gap-2">
      <h3 id="run-state" tabIndex={-1}>
        {t('run.state')}
      </h3>
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
            <LinkButton
              onClick={() => {
                focusAfter('run-state')
                setSure(false)
              }}
            >
              {t('cancel')}
            </LinkButton>
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
    // under the slides themselves it stands apart by a line
    <div className="[&>div]:mt-2 [&>div]:border-t-0 [&>div]:pt-0">
      <h3>{t('run.slides')}</h3>
      <DeckChoice decks={decks} shown={stage?.slide?.deckId ?? null} />
    </div>
  )
}

function AgendaNow() {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const format = useFormat()
  const { stage, workshop, status } = useRoomState()
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  const { agenda } = workshop
  const next = nextRow(agenda, stage?.rowId ?? null)
  const set = (row: string | null) => doing.run({ act: 'set_row', row })
  if (agenda.length === 0 || status !== 'live') return null
  const rows = agenda.map(({ id, title, startsAt }) => {
    const { text, lang: written } = pickText(title, lang)
    return { value: id, text: `${format.time(startsAt)}  ${text}`, lang: written }
  })
  return (
    <section aria-labelledby="run-row" className="grid gap-2">
      <h3 id="run-row" tabIndex={-1}>
        {t('run.row')}
      </h3>
      <ChoiceForm
        label={t('run.row')}
        submit={t('run.showRow')}
        value={stage?.rowId ?? ''}
        choices={[{ value: '', text: t('run.noRow') }, ...rows]}
        onChoose={(row) => set(row || null)}
      />
      {next && (
        <Button
          type="button"
          look="quiet"
          className="w-fit"
          onClick={() => {
            // after the last one there is no next
            focusAfter('run-row')
            set(next.id)
          }}
        >
          {t('run.next', { title: pickText(next.title, lang).text })}
        </Button>
      )}
      <ProblemLine code={doing.problem} />
    </section>
  )
}

function SetTimer() {
  const { t } = useTranslation('room-panels')
  const focusAfter = useFocusAfter()
  const { stage, status } = useRoomState()
  const doing = useDoing()
  const box = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('10')
  const [isTried, setTried] = useState(false)
  if (status !== 'live') return null
  const minutes = wholeNumber(typed, 1, MINUTES_MAX)
  function onSubmit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (minutes === null) return box.current?.focus()
    doing.run({ act: 'set_timer', minutes })
  }
  return (
    <form noValidate onSubmit={onSubmit} className="grid gap-2">
      <h3 id="run-timer" tabIndex={-1}>
        {t('run.timer')}
      </h3>
      <div className="flex flex-wrap items-end gap-2">
        <NumberBox
          ref={box}
          label={t('run.minutes')}
          value={typed}
          onChange={setTyped}
          min={1}
          max={MINUTES_MAX}
          isWrong={isTried && minutes === null}
        />
        <Button look="quiet" className="min-h-10">
          {t('run.setTimer')}
        </Button>
        {stage?.timer && (
          <LinkButton
            onClick={() => {
              focusAfter('run-timer')
              doing.run({ act: 'set_timer', minutes: 0 })
            }}
          >
            {t('run.stopTimer')}
          </LinkButton>
        )}
      </div>
      <ProblemLine code={doing.problem} />
    </form>
  )
}
