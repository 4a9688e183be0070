import { Form, useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuestPage, GuestPersonView } from '../../../shared/guests'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { GuestLinkCard } from './guest-link-card'
import { GuestList } from './guest-list'
import type { MadeLink } from './guests.server'

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
  useLookingAgain()
  const isOpen = page.guests && (page.status === 'announced' || page.status === 'live')
  const those = (state: GuestPersonView['state']) =>
    page.people.filter((person) => person.state === state)
  const isNotice = refusal && refusal.refused.code !== 'invalid_input'
  return (
    <div className="grid max-w-[860px] gap-5">
      <div>
        <h2 className="text-lg">{t('guests.title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('guests.lead')}</p>
      </div>
      <RefusedNotice code={isNotice ? refusal.refused.code : null} />
      {isSent && (
        <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
          {t('guests.sent')}
        </p>
      )}
      <GuestList title={t('guests.waiting')} people={those('waiting')} empty={t('guests.nobody')} />
      {isOpen ? (
        <>
          <GuestLinkCard hasLink={page.hasLink} made={made} />
          <InviteCard refusal={refusal} />
        </>
      ) : (
        <p className="max-w-[64ch] rounded-card border border-dashed border-line-strong px-5 py-4 text-ink-2">
          {t(page.guests ? closedKey(page.status) : 'guests.none')}
        </p>
      )}
      <GuestList title={t('guests.invited')} people={those('invited')} />
      <GuestList title={t('guests.inside')} people={those('inside')} />
      <GuestList title={t('guests.refused')} people={those('refused')} />
    </div>
  )
}

function closedKey(status: GuestPage['status']) {
  return status === 'draft' ? 'guests.draft' : 'guests.over'
}

/** An address that need not wait. */
function InviteCard({ refusal }: { refusal: Refusal | null }) {
  const { t } = useTranslation('entering')
  const { lang } = useReader()
  const mine = refusal?.values.intent === 'invite' ? refusal : null
  const wrong = mine?.refused.code === 'invalid_input' ? mine.refused.detail : {}
  return (
    <Card id="invite-guest" title={t('guests.invite')}>
      <p className="mb-4 text-ink-2">{t('guests.inviteLead')}</p>
      <Form method="post" noValidate className="grid items-start gap-4 sheet:grid-cols-2">
        <Field
          label={t('guests.name')}
          name="name"
          maxLength={120}
          required
          defaultValue={mine?.values.name ?? ''}
          error={'name' in wrong ? t('enter.nameNeeded') : undefined}
        />
        <Field
          label={t('guests.email')}
          name="email"
          type="email"
          required
          defaultValue={mine?.values.email ?? ''}
          error={'email' in wrong ? t('enter.emailNeeded') : undefined}
        />
        <Choice label={t('guests.lang')} name="lang" defaultValue={mine?.values.lang ?? lang}>
          <option value="en" lang="en">
            English
          </option>
          <option value="ru" lang="ru">
            Русский
          </option>
        </Choice>
        <div className="self-end">
          <Button name="intent" value="invite" className="min-h-10">
            {t('guests.inviteSend')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function useLookingAgain(): void {
  const { revalidate } = useRevalidator()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') revalidate()
    }, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [revalidate])
}
