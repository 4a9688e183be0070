import { Form } from '@remix-run/react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuestPersonView } from '../../../shared/guests'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { PersonName } from '../../components/person-name'
import { scriptOfText } from '../../lib/names'
import { AskFirst } from '../workshops/ask-first'
import type { useDone } from '../workshops/use-done'

const INTENTS = ['admit', 'refuse', 'resend', 'remove'] as const
type Intent = (typeof INTENTS)[number]

/** What can be done with somebody, by where they stand; the first is the next step. */
const DOINGS: Record<GuestPersonView['state'], readonly Intent[]> = {
  waiting: ['admit', 'refuse'],
  invited: ['resend'],
  inside: [],
  refused: ['admit'],
}
/** Where taking a guest off the list is offered, after a question. */
const REMOVABLE: readonly GuestPersonView['state'][] = ['invited', 'inside']

/** People who stand at one place of the way in, and what to do with each. */
export function GuestList({
  title,
  people,
  empty,
  doings,
}: {
  title: string
  people: readonly GuestPersonView[]
  /** Said where there is nobody; without it the list is left out. */
  empty?: string
  /** Says what was done: a row goes to another list with it. */
  doings: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation('entering')
  const doneBy = ({ nativeEvent }: FormEvent, person: GuestPersonView) => {
    const { submitter } = nativeEvent as SubmitEvent
    const intent = INTENTS.find((each) => each === submitter?.getAttribute('value')) ?? 'admit'
    return t(`guests.done.${intent}`, { name: nameOf(person) })
  }
  if (people.length === 0 && !empty) return null
  const id = `guests-${people[0]?.state ?? 'waiting'}`
  // whoever has waited longest is the next step of the page
  const next = people.find(({ state }) => state === 'waiting')
  return (
    <Card id={id} title={title} aside={people.length > 0 && <Chip>{people.length}</Chip>}>
      {people.length === 0 && <p className="text-ink-2">{empty}</p>}
      <ul className="divide-y divide-line">
        {people.map((person) => (
          <li
            key={person.attendee.id}
            className="flex flex-wrap items-center justify-between gap-x-5 gap-y-2 py-3 last:pb-0"
          >
            <Who person={person} />
            <div className="flex flex-wrap items-start gap-2">
              {DOINGS[person.state].length > 0 && (
                <Form
                  method="post"
                  onSubmit={(event) => doings.doing(doneBy(event, person))(event)}
                  className="flex flex-wrap gap-2"
                >
                  <input type="hidden" name="participantId" value={person.attendee.id} />
                  {DOINGS[person.state].map((intent) => (
                    <Button
                      key={intent}
                      name="intent"
                      value={intent}
                      look={person === next && intent === 'admit' ? 'primary' : 'quiet'}
                    >
                      <Doing intent={intent} person={person} />
                    </Button>
                  ))}
                </Form>
              )}
              {person.guest && REMOVABLE.includes(person.state) && (
                <AskFirst
                  look="text"
                  label={<Doing intent="remove" person={person} />}
                  question={t('guests.removeAsk')}
                >
                  <Form
                    method="post"
                    onSubmit={(event) => doings.doing(doneBy(event, person))(event)}
                  >
                    <input type="hidden" name="participantId" value={person.attendee.id} />
                    <Button name="intent" value="remove" look="danger">
                      {t('guests.removeYes')}
                    </Button>
                  </Form>
                </AskFirst>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Doing({ intent, person }: { intent: Intent; person: GuestPersonView }) {
  const { t } = useTranslation('entering')
  return (
    <>
      {t(`guests.do.${intent}`)}{' '}
      <span className="sr-only" lang={scriptOfText(nameOf(person))}>
        {nameOf(person)}
      </span>
    </>
  )
}

function Who({ person: { attendee, email, institution, guest } }: { person: GuestPersonView }) {
  const { t } = useTranslation('entering')
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <PersonName name={attendee.name} className="font-medium" />
      <p className="text-[13px] text-ink-2">
        {!guest && t('guests.member')}
        {guest && email}
        {guest && email && institution && ' · '}
        {guest && institution && <span lang={scriptOfText(institution)}>{institution}</span>}
      </p>
    </div>
  )
}

/** A name in one line, as it was written. */
export function nameOf({ attendee: { name } }: GuestPersonView): string {
  return [name.given, name.family].filter(Boolean).join(' ')
}
