import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendeeView } from '../../../shared/room-views'
import { Button } from '../../components/button'
import { Face } from '../../components/face'
import { PersonName } from '../../components/person-name'
import { LinkButton } from '../discussions/link-button'
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
      <h2>{here ? t('people.here', { count: here.count }) : t('people.coming')}</h2>
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
  return (
    <li className="flex items-center gap-3">
      <Face name={person.name} tone={person.tone} />
      <PersonName name={person.name} note={note || undefined} />
      {person.role !== 'participant' && (
        <span className="ml-auto text-[13px] text-ink-2">{t(`people.role.${person.role}`)}</span>
      )}
    </li>
  )
}

export function WaitingPeople() {
  const { t } = useTranslation('room')
  const { waiting, may } = useRoomState()
  const doing = useDoing()
  if (!may.facilitate || waiting.count === 0) return null
  return (
    <section aria-label={t('people.waiting')} className="grid gap-2 rounded-card bg-wash px-4 py-3">
      <h2>{t('people.waiting')}</h2>
      <ul className="grid gap-2">
        {waiting.people.map((person) => (
          <li key={person.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Face name={person.name} tone={person.tone} />
            <PersonName name={person.name} />
            <span className="ml-auto flex gap-1">
              <LinkButton
                className="text-accent"
                onClick={() => void doing.run({ act: 'let_in', participant: person.id, on: true })}
              >
                {t('people.letIn')}
              </LinkButton>
              <LinkButton
                onClick={() => void doing.run({ act: 'let_in', participant: person.id, on: false })}
              >
                {t('people.turnAway')}
              </LinkButton>
            </span>
          </li>
        ))}
        {waiting.count > waiting.people.length && (
          <li className="text-[13px] text-ink-2">
            {t('people.more', { count: waiting.count - waiting.people.length })}
          </li>
        )}
      </ul>
      <ProblemLine code={doing.problem} />
    </section>
  )
}
