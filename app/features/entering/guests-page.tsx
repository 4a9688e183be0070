import { Form } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuestPage, GuestPersonView } from '../../../shared/guests'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { useLookingAgain } from '../../lib/look-again'
import { noticeOf, type Refusal, wrongIn } from '../../lib/refusal'
import { LanguageChoice } from '../library/fields'
import { AskFirst } from '../workshops/ask-first'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { GuestLinkCard } from './guest-link-card'
import { GuestList, nameOf } from './guest-list'
import type { MadeLink } from './guests.server'
import { useNameFault } from './name-fault'

/** Who waits changes by itself; milliseconds. */
const LOOK_EVERY_MS = 15_000

type Props = {
  page: GuestPage
  isSent: boolean
  made: MadeLink | null
  refusal: Refusal | null
}

/** The facilitators' page of who is let in: the link, invited addresses, who waits, who is in. */
export function GuestsPage({ page, isSent, made, refusal }: Props) {
  const { t } = useTranslation('entering')
  useLookingAgain(LOOK_EVERY_MS)
  const doings = useDone(refusal)
  const isInviting = refusal?.values.intent === 'invite'
  const isOpen = page.guests && (page.status === 'announced' || page.status === 'live')
  const those = (state: GuestPersonView['state']) =>
    page.people.filter((person) => person.state === state)
  const waiting = those('waiting')
  const list = { doings }
  return (
    <div className="grid max-w-[860px] gap-5">
      <div>
        <h2 className="text-lg">{t('guests.title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('guests.lead')}</p>
      </div>
      {!isInviting && <RefusedNotice code={noticeOf(refusal)} />}
      <DoneLine done={doings.done} />
      <Arrivals people={waiting} />
      <GuestList
        {...list}
        title={t('guests.waiting')}
        people={waiting}
        empty={t('guests.nobody')}
      />
      {waiting.length > 1 && <Everybody count={waiting.length} doings={doings} />}
      {isOpen ? (
        <>
          <GuestLinkCard
            page={page}
            doings={doings}
            made={made}
            isMain={waiting.length === 0 && !page.hasLink}
          />
          <InviteCard
            refusal={isInviting ? refusal : null}
            isSent={isSent}
            isMain={waiting.length === 0 && page.hasLink}
          />
        </>
      ) : (
        <p className="max-w-[64ch] rounded-card border border-dashed border-line-strong px-5 py-4 text-ink-2">
          {t(page.guests ? closedKey(page.status) : 'guests.none')}
        </p>
      )}
      <GuestList {...list} title={t('guests.invited')} people={those('invited')} />
      <GuestList {...list} title={t('guests.inside')} people={those('inside')} />
      <GuestList {...list} title={t('guests.refused')} people={those('refused')} />
    </div>
  )
}

function closedKey(status: GuestPage['status']) {
  return status === 'draft' ? 'guests.draft' : 'guests.over'
}

/** Hundreds come in the last minutes: one act for all who wait. */
function Everybody({ count, doings }: { count: number; doings: ReturnType<typeof useDone> }) {
  const { t } = useTranslation('entering')
  return (
    <AskFirst
      key={doings.times}
      label={t('guests.do.all', { count })}
      question={t('guests.allAsk')}
    >
      <Form method="post" onSubmit={doings.doing(t('guests.done.all'))}>
        <Button name="intent" value="admit-all" aria-disabled={doings.isSending || undefined}>
          {t('guests.allYes')}
        </Button>
      </Form>
    </AskFirst>
  )
}

/** An address that need not wait. */
function InviteCard({
  refusal,
  isSent,
  isMain,
}: {
  refusal: Refusal | null
  /** One was sent, and the page loaded afresh. */
  isSent: boolean
  /** Is inviting the one next step of the page? */
  isMain: boolean
}) {
  const { t } = useTranslation('entering')
  const invite = useDone(refusal)
  return (
    <Card id="invite-guest" title={t('guests.invite')}>
      <p className="mb-4 text-ink-2">{t('guests.inviteLead')}</p>
      <div className={refusal || invite.done || isSent ? 'mb-4 grid gap-2' : ''}>
        <RefusedNotice code={noticeOf(refusal)} />
        <DoneLine done={invite.done} />
        {isSent && !invite.done && <p role="status">{t('guests.sent')}</p>}
      </div>
      {/* what was sent is gone from the form: a second press would invite again */}
      <InviteForm key={invite.times} refusal={refusal} invite={invite} isMain={isMain} />
    </Card>
  )
}

function InviteForm({
  refusal,
  invite,
  isMain,
}: {
  refusal: Refusal | null
  invite: ReturnType<typeof useDone>
  isMain: boolean
}) {
  const { t } = useTranslation('entering')
  const { lang } = useReader()
  const form = useFocusRefused(refusal)
  const wrong = wrongIn(refusal)
  const nameFault = useNameFault()
  const say = (event: FormEvent<HTMLFormElement>) => {
    const email = String(new FormData(event.currentTarget).get('email'))
    invite.doing(t('guests.sentTo', { email }))(event)
  }
  return (
    <Form
      ref={form}
      method="post"
      noValidate
      onSubmit={say}
      className="grid items-start gap-4 sheet:grid-cols-2"
    >
      <Field
        label={t('guests.name')}
        name="name"
        maxLength={120}
        required
        defaultValue={refusal?.values.name ?? ''}
        error={nameFault(wrong.name)}
      />
      <Field
        label={t('guests.email')}
        name="email"
        type="email"
        required
        defaultValue={refusal?.values.email ?? ''}
        error={'email' in wrong ? t('enter.emailNeeded') : undefined}
      />
      <LanguageChoice label={t('guests.lang')} chosen={refusal?.values.lang ?? lang} />
      <div className="self-end">
        <Button
          name="intent"
          value="invite"
          look={isMain ? 'primary' : 'quiet'}
          aria-disabled={invite.isSending || undefined}
          className="min-h-10"
        >
          {t('guests.inviteSend')}
        </Button>
      </div>
    </Form>
  )
}

/** Who comes to wait while the page is open is said; those who were there already are not. */
function Arrivals({ people }: { people: readonly GuestPersonView[] }) {
  const { t } = useTranslation('entering')
  const known = useRef<ReadonlySet<string> | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    const before = known.current
    known.current = new Set(people.map(({ attendee }) => attendee.id))
    const fresh = people.filter(({ attendee }) => before && !before.has(attendee.id))
    if (fresh.length > 0) setSaid(t('guests.arrived', { names: fresh.map(nameOf).join(', ') }))
  }, [people, t])
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  )
}
