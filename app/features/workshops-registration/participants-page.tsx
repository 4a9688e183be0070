import { Form, Link } from '@remix-run/react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { RegistrablePerson, RegistrationView } from '../../../shared/registration-views'
import type { SideView } from '../../../shared/views'
import type { ParticipantView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { ParticipantCounts } from './participant-counts'
import { ParticipantList } from './participant-list'

type Props = {
  sides: readonly SideView[]
  participants: readonly ParticipantView[]
  registration: RegistrationView
  registrable: readonly RegistrablePerson[]
  /** Null where it is planned without guests. */
  guestsTo: string | null
  refusal: Refusal | null
}

/** Everybody of a workshop, for those who run it: who comes, who waits, and who comes from outside. */
export function ParticipantsPage(props: Props) {
  const { t } = useTranslation('workshop-registration')
  const { sides, participants, registration, registrable, guestsTo, refusal } = props
  const listed = participants.filter(({ registration: state }) => state === 'registered')
  const waiting = participants.filter(({ registration: state }) => state === 'waiting')
  const { capacity, registered, isOpen } = registration
  const doings = useDone(refusal)
  const free = capacity === null ? null : capacity - registered
  return (
    <div className="grid max-w-[72ch] gap-8">
      <div>
        <h2 tabIndex={-1} className="text-lg">
          {t('people.title')}
        </h2>
        <p className="mt-1 text-ink-2" role="status">
          {free === null && t('people.noLimit', { count: registered })}
          {free !== null && free > 0 && t('people.free', { registered, capacity, count: free })}
          {free === 0 && t('people.full', { registered, capacity })}
          {free !== null && free < 0 && t('people.overbooked', { registered, count: -free })}
        </p>
        <RefusedNotice code={noticeOf(refusal)} />
        <DoneLine done={doings.done} />
      </div>
      <section aria-labelledby="registered-people" className="grid gap-3">
        <h3 id="registered-people">{t('people.registered')}</h3>
        {listed.length === 0 ? (
          <EmptyState sentence={t('people.nobody')} />
        ) : (
          <ParticipantList people={listed} sides={sides} canTakeOff={isOpen} doings={doings} />
        )}
      </section>
      {waiting.length > 0 && (
        <section aria-labelledby="waiting-people" className="grid gap-3">
          <h3 id="waiting-people">{t('people.waiting')}</h3>
          <p className="text-[13px] text-ink-2">{t('people.waitingHow')}</p>
          <ParticipantList
            people={waiting}
            sides={sides}
            canTakeOff={isOpen}
            doings={doings}
            isOrdered
          />
        </section>
      )}
      {isOpen && registrable.length > 0 && (
        <RegisterForm
          key={doings.times}
          people={registrable}
          refusal={refusal?.values.intent === 'register' ? refusal : null}
          doings={doings}
        />
      )}
      {listed.length > 0 && <ParticipantCounts people={listed} />}
      {guestsTo && (
        <p>
          <Link to={guestsTo} className="text-accent underline-offset-4 hover:underline">
            {t('people.guests')}
          </Link>
        </p>
      )}
    </div>
  )
}

/** A member who did not register by themselves. */
function RegisterForm({
  people,
  refusal,
  doings,
}: {
  people: readonly RegistrablePerson[]
  refusal: Refusal | null
  doings: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation('workshop-registration')
  const { lang } = useReader()
  const named = people
    .map(({ id, name }) => ({ id, name: fullName(name, lang).main.text }))
    .sort((a, b) => a.name.localeCompare(b.name, lang))
  const form = useFocusRefused(refusal)
  const nameOf = (chosen: string) => named.find(({ id }) => id === chosen)?.name ?? ''
  const say = (event: FormEvent<HTMLFormElement>) => {
    const name = nameOf(String(new FormData(event.currentTarget).get('user')))
    doings.doing(t('people.added', { name }))(event)
  }
  return (
    <section aria-labelledby="register-member" className="grid max-w-[440px] gap-3">
      <h3 id="register-member">{t('people.byHand')}</h3>
      <Form ref={form} method="post" noValidate onSubmit={say} className="grid gap-3">
        <input type="hidden" name="intent" value="register" />
        <Choice
          label={t('people.member')}
          name="user"
          required
          defaultValue=""
          error={wrongIn(refusal).user && t('people.memberNeeded')}
        >
          {/* nobody is written to by a press alone */}
          <option value="">{t('people.choose')}</option>
          {named.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <p className="text-[13px] text-ink-2">{t('people.byHandHow')}</p>
        <Button
          look="quiet"
          aria-disabled={doings.isSending || undefined}
          className="justify-self-start"
        >
          {t('people.add')}
        </Button>
      </Form>
    </section>
  )
}
