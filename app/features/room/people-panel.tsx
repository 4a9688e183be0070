import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendeeView, WaitingView } from '../../../shared/room-views'
import { HiddenName, useGuestWord } from '../../components/attendee-name'
import { Button } from '../../components/button'
import { Face } from '../../components/face'
import { InLanguage } from '../../components/localized-title'
import { PersonName } from '../../components/person-name'
import { useFocusAfter } from '../../lib/focus-after'
import { LinkButton } from '../discussions/link-button'
import { AskFirst } from '../workshops/ask-first'
import { ProblemLine } from './panels/problem-line'
import { useDoing } from './panels/use-doing'
import { useRoomState } from './room-context'

/** Who is here, and for facilitators who waits at the door. */
export function PeoplePanel() {
  const { t } = useTranslation('room')
  const { here, me, saver } = useRoomState()
  const [isOpen, setOpen] = useState(false)
  const isShown = !saver || isOpen
  return (
    <div className="grid gap-4">
      <WaitingPeople />
      <h2 id="people-here" tabIndex={-1}>
        {here ? t('people.here', { count: here.count }) : t('people.coming')}
      </h2>
      {here && !isShown && (
        <Button type="button" look="quiet" className="w-fit" onClick={() => setOpen(true)}>
          {t('people.show')}
        </Button>
      )}
      {here && isShown && (
        <ul className="grid gap-2.5">
          {here.people.map((person) => (
            <Person
              key={person.id}
              person={person}
              note={person.id === me.id ? t('people.you') : ''}
            />
          ))}
          {here.count > here.people.length && (
            <li className="text-[13px] text-ink-2">
              {t('people.more', { count: here.count - here.people.length })}
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

function Person({ person, note }: { person: AttendeeView; note: string }) {
  const { t } = useTranslation('room')
  const guest = useGuestWord()(person)
  return (
    <li className="flex items-center gap-3">
      <Face name={person.name} tone={person.tone} />
      <PersonName name={person.name} note={[note, guest].filter(Boolean).join(' ') || undefined} />
      {person.role !== 'participant' && (
        <span className="ml-auto text-[13px] text-ink-2">{t(`people.role.${person.role}`)}</span>
      )}
    </li>
  )
}

export function WaitingPeople() {
  const { t } = useTranslation('room')
  const { waiting, may, workshop } = useRoomState()
  const guestWord = useGuestWord()
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  const letIn = (participant: string, on: boolean) => {
    focusAfter('waiting-people', 'people-here', 'run-state')
    doing.run({ act: 'let_in', participant, on })
  }
  const letAllIn = () => {
    focusAfter('waiting-people', 'people-here', 'run-state')
    doing.run({ act: 'let_all_in' })
  }
  if (!may.facilitate || waiting.count === 0) return null
  return (
    <section
      id="waiting-people"
      tabIndex={-1}
      aria-label={t('people.waiting')}
      className="grid gap-2 rounded-card bg-wash px-4 py-3"
    >
      <h2>{t('people.waiting')}</h2>
      <ul className="grid gap-2">
        {waiting.people.map((person) => (
          <li key={person.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Face name={person.name} tone={person.tone} />
            <span className="min-w-0">
              <PersonName name={person.name} note={guestWord(person)} />
              <WhoElse person={person} />
            </span>
            <span className="ml-auto flex gap-1">
              <LinkButton tone="accent" onClick={() => letIn(person.id, true)}>
                {t('people.letIn')} <HiddenName of={person} />
              </LinkButton>
              <LinkButton onClick={() => letIn(person.id, false)}>
                {t('people.turnAway')} <HiddenName of={person} />
              </LinkButton>
            </span>
          </li>
        ))}
        {waiting.count > waiting.people.length && (
          <li className="text-[13px] text-ink-2">
            {t('people.more', { count: waiting.count - waiting.people.length })}{' '}
            <a
              href={`/partnerships/${workshop.slug}/workshops/${workshop.id}/guests`}
              target="_blank"
              rel="noreferrer"
              className="font-medium text-accent underline underline-offset-4"
            >
              {t('people.allWaiting')} <span className="sr-only">{t('channels.newTab')}</span>
            </a>
          </li>
        )}
      </ul>
      {waiting.count > 1 && (
        <AskFirst
          label={t('people.letAllIn', { count: waiting.count })}
          question={t('people.letAllInAsk')}
        >
          <Button type="button" aria-disabled={doing.busy || undefined} onClick={letAllIn}>
            {t('people.letAllInYes')}
          </Button>
        </AskFirst>
      )}
      <ProblemLine code={doing.problem} />
    </section>
  )
}

/** What tells two people of one name apart. */
function WhoElse({ person: { email, institution } }: { person: WaitingView }) {
  if (!email && !institution) return null
  return (
    <span className="block text-[13px] [overflow-wrap:anywhere] text-ink-2">
      {email}
      {email && institution && ' · '}
      {institution && <InLanguage text={institution} />}
    </span>
  )
}
