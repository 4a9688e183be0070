import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { SideView } from '../../../shared/views'
import type { ParticipantView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { PersonName } from '../../components/person-name'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { CadreName } from '../people/cadre-name'
import { AskFirst } from '../workshops/ask-first'
import type { useDone } from '../workshops/use-done'

type Doings = ReturnType<typeof useDone>

/** People of a workshop with where they are from, and a way to take each off the list. */
export function ParticipantList({
  people,
  sides,
  canTakeOff,
  doings,
  isOrdered = false,
}: {
  people: readonly ParticipantView[]
  sides: readonly SideView[]
  canTakeOff: boolean
  /** Says who was taken off: their row is gone then. */
  doings: Doings
  /** Their order means something: the waiting list. */
  isOrdered?: boolean
}) {
  const List = isOrdered ? 'ol' : 'ul'
  return (
    <List className="divide-y divide-line rounded-card border border-line bg-surface">
      {people.map((person, at) => (
        <Row
          key={person.attendee.id}
          person={person}
          sides={sides}
          canTakeOff={canTakeOff}
          doings={doings}
          number={isOrdered ? at + 1 : null}
        />
      ))}
    </List>
  )
}

function Row({
  person,
  sides,
  canTakeOff,
  doings,
  number,
}: {
  person: ParticipantView
  sides: readonly SideView[]
  canTakeOff: boolean
  doings: Doings
  number: number | null
}) {
  const { t } = useTranslation('workshop-registration')
  const { lang } = useReader()
  const { attendee, cadre, institution, email, guest } = person
  const side = sides.find(({ tone }) => tone === attendee.tone)
  const from = institution ?? side?.place
  const place = from && pickText(from, lang)
  const who = fullName(attendee.name, lang).main
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      {number !== null && <span className="tabular-nums text-ink-2">{number}</span>}
      <div className="min-w-0 grow basis-48">
        <div className="flex flex-wrap items-baseline gap-x-2.5">
          <PersonName name={attendee.name} />
          {guest && <Chip>{t('people.guest')}</Chip>}
        </div>
        <p className="text-[13px] text-ink-2">
          {cadre && <CadreName cadre={cadre} />}
          {cadre && place && ', '}
          {place && <span lang={place.lang}>{place.text}</span>}
        </p>
        {email && <p className="text-[13px] break-all text-ink-2">{email}</p>}
      </div>
      {canTakeOff && (
        <div className="ml-auto text-right">
          <AskFirst
            look="text"
            label={
              <>
                {t('people.takeOff')}{' '}
                <span className="sr-only" lang={who.lang}>
                  {who.text}
                </span>
              </>
            }
            question={t('people.takeOffAsk')}
          >
            <Form method="post" onSubmit={doings.doing(t('people.takenOff', { name: who.text }))}>
              <input type="hidden" name="intent" value="takeOff" />
              <input type="hidden" name="participant" value={attendee.id} />
              <Button look="danger" aria-disabled={doings.isSending || undefined}>
                {t('people.takeOffYes')}
              </Button>
            </Form>
          </AskFirst>
        </div>
      )}
    </li>
  )
}
